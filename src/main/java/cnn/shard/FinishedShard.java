package cnn.shard;

import cnn.UserError;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of a shard that is finished, and what was noted beside them.
 *
 * @param files the rows first
 */
record FinishedShard(List<Path> files, ShardNote note) {

    /** @throws UserError if it is none, or its files are not as they were */
    static FinishedShard open(Path file, List<Path> files) {
        ShardNote note = ShardNote.read(file);
        if (note.hashes().size() != files.size()) {
            throw UserError.data("%s: %s is of another kind of file".formatted(file, ShardNote.beside(file)));
        }
        note.check(files);
        return new FinishedShard(files, note);
    }

    /** The file that was named. */
    Path file() {
        return files.get(0);
    }

    boolean isEmpty() {
        return note.rows() == 0;
    }
}
