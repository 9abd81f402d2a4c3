package cnn.cli;

import java.nio.file.Path;
import java.util.List;

/** Options that name files to write. Every command that writes files has such options, or is one itself. */
interface Writing {

    /** The files, also those that are written beside the one that the user named; none where there is no such option. */
    List<Path> outputs();
}
