package cnn.cache;

import cnn.files.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the system says of a file without reading it. Where there are inodes, the time of their last change belongs to it:
 * programs can set a file's time of modification back, but not that one.
 *
 * @param modifiedNanos time of modification, nanoseconds since 1970
 * @param changedNanos time of the inode's change, nanoseconds since 1970; 0 where there is none
 * @param device of the file system; 0 where there is none
 * @param inode 0 where there is none
 */
public record FileStamp(long sizeBytes, long modifiedNanos, long changedNanos, long device, long inode) {
    /** The coarsest clock of a file system (FAT) ticks every two seconds. */
    private static final Duration COARSEST_TICK = Duration.ofSeconds(2);

    /** The stamp of a file; of the file that it links to, if it is a link. */
    public static FileStamp of(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            BasicFileAttributes basic = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileStamp(basic.size(), nanos(basic.lastModifiedTime()), 0, 0, 0);
        }
        Map<String, Object> unix = Files.readAttributes(file, "unix:size,lastModifiedTime,ctime,dev,ino");
        return new FileStamp(
                (Long) unix.get("size"),
                nanos((FileTime) unix.get("lastModifiedTime")),
                nanos((FileTime) unix.get("ctime")),
                (Long) unix.get("dev"),
                (Long) unix.get("ino"));
    }

    /** Whether the last change is so long ago that another one would have another time. */
    boolean isSettled(Instant now) {
        Instant lastChange = Instant.EPOCH.plusNanos(Math.max(modifiedNanos, changedNanos));
        return !lastChange.plus(COARSEST_TICK).isAfter(now);
    }

    /** One name for a file at that place with this stamp. */
    Sha256 key(Path file) {
        String place = file.toAbsolutePath().normalize().toString();
        String text = place + '\0' + sizeBytes + ' ' + modifiedNanos + ' ' + changedNanos + ' ' + device + ' ' + inode;
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static long nanos(FileTime time) {
        return time.to(TimeUnit.NANOSECONDS);
    }
}
