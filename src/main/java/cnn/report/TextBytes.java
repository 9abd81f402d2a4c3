package cnn.report;

import cnn.classify.Classification;
import java.nio.charset.StandardCharsets;

/** The bytes of a format that is text. */
record TextBytes(ClassificationWriter text) implements AnswerBytes {

    @Override
    public byte[] begin() {
        return text.begin().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] row(Classification answer, boolean first) {
        return text.row(answer, first).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] end() {
        return text.end().getBytes(StandardCharsets.UTF_8);
    }
}
