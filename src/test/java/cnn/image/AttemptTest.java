package cnn.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cnn.image.ImageException.Code;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.IIOException;
import org.junit.jupiter.api.Test;

class AttemptTest {
    private final DecodingMemory memory = new DecodingMemory(100 * 1024);

    @Test
    void triesAgainAloneWhenMemoryDidNotSuffice() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        Semaphore otherHolds = new Semaphore(0);
        try (DecodingMemory.Share share = memory.share();
                DecodingMemory.Share other = memory.share()) {
            other.take(10 * 1024);
            Thread waits = new Thread(() -> {
                otherHolds.acquireUninterruptibly();
                other.close();
            });
            waits.start();
            share.take(10 * 1024);
            String answer = new Attempt<>("PNG", () -> {
                        if (attempts.incrementAndGet() == 1) {
                            otherHolds.release();
                            throw new IIOException("Unable to allocate", new OutOfMemoryError("Java heap space"));
                        }
                        assertThat(otherHolds.availablePermits()).isZero();
                        share.take(Long.MAX_VALUE);
                        return "decoded";
                    })
                    .run(share);
            assertThat(answer).isEqualTo("decoded");
            assertThat(attempts).hasValue(2);
        }
    }

    @Test
    void saysThatMemoryDoesNotSufficeAndNotThatTheImageIsDamaged() {
        assertFails(
                () -> {
                    throw new OutOfMemoryError("Java heap space");
                },
                Code.OUT_OF_MEMORY,
                "the PNG image does not fit in memory: Java may take ");
        assertFails(
                () -> {
                    throw new IIOException("Insufficient memory (case 4)");
                },
                Code.OUT_OF_MEMORY,
                "the PNG image does not fit in memory: Java may take ");
    }

    @Test
    void namesWhateverElseIsThrown() {
        assertFails(
                () -> {
                    throw new ArithmeticException("integer overflow");
                },
                Code.UNREADABLE_IMAGE,
                "damaged PNG image: ArithmeticException: integer overflow");
        assertFails(
                () -> {
                    throw new StackOverflowError();
                },
                Code.UNREADABLE_IMAGE,
                "damaged PNG image: nested too deeply");
        assertFails(
                () -> {
                    throw new IOException("two\nlines");
                },
                Code.UNREADABLE_IMAGE,
                "damaged PNG image: two lines");
    }

    private void assertFails(Attempt.Work<String> work, Code code, String message) {
        try (DecodingMemory.Share share = memory.share()) {
            assertThatThrownBy(() -> new Attempt<>("PNG", work).run(share))
                    .isInstanceOfSatisfying(
                            ImageException.class, e -> assertThat(e.code()).isEqualTo(code))
                    .hasMessageStartingWith(message);
        }
    }
}
