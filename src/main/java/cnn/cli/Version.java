package cnn.cli;

import cnn.Versions;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        Versions versions = Versions.ofThisBuild();
        return new String[] {
            "cnn %s (Deeplearning4j %s, oneDNN %s)".formatted(versions.cnn(), versions.dl4j(), versions.oneDnn())
        };
    }
}
