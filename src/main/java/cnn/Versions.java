package cnn;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The versions of the tool and of what computes for it. */
public record Versions(String cnn, String dl4j, String oneDnn) {

    /** As the build knows them. */
    public static Versions ofThisBuild() {
        Properties versions = new Properties();
        try (InputStream resource = Versions.class.getResourceAsStream("versions.properties")) {
            versions.load(resource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Versions(
                versions.getProperty("cnn"),
                versions.getProperty("dl4j"),
                versions.getProperty("dnnl").replaceFirst("-.*", ""));
    }
}
