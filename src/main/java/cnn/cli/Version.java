package cnn.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The versions of the tool and of what computes for it, as the build knows them. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() throws IOException {
        Properties versions = new Properties();
        try (InputStream resource = Version.class.getResourceAsStream("versions.properties")) {
            versions.load(resource);
        }
        return new String[] {
            "cnn %s (Deeplearning4j %s, oneDNN %s)"
                    .formatted(
                            versions.getProperty("cnn"),
                            versions.getProperty("dl4j"),
                            versions.getProperty("dnnl").replaceFirst("-.*", ""))
        };
    }
}
