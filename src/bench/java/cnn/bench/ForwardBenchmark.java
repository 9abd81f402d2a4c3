package cnn.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The time of one forward pass. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
public class ForwardBenchmark {
    @Param({"mobilenet", "resnet50", "inception-v3", "vgg16"})
    public String model;

    @Param({"1", "16"})
    public int images;

    @Param({"fp32", "onnxruntime", "bf16"})
    public String engine;

    private Contestant contestant;

    @Setup
    public void open() throws IOException {
        contestant = Contestant.of(engine, model, images, Integer.getInteger("bench.threads", 2));
    }

    @Benchmark
    public float[] forward() {
        return contestant.run();
    }

    @TearDown
    public void close() {
        contestant.close();
    }
}
