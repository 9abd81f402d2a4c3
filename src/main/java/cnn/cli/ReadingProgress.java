package cnn.cli;

/** Shows how many images of a part of the data have been read, one part after the other. */
final class ReadingProgress {
    private final Talk talk;
    private String reading = "";
    private Rate rate = new Rate();

    ReadingProgress(Talk talk) {
        this.talk = talk;
    }

    void show(String part, long done, long all) {
        if (!part.equals(reading)) {
            reading = part;
            rate = new Rate();
        }
        talk.show(ProgressLine.counted(part, "image", done, all, rate.of(done), ""));
        if (done == all) {
            talk.clear();
        }
    }
}
