/**
 * The engine beside ONNX Runtime and Deeplearning4j, in one process, on the same weights.
 *
 * <pre>
 * mvn -Pbench -q test-compile exec:exec
 * mvn -Pbench -q test-compile exec:exec -Dbench.args="mobilenet,resnet50 1,16 fp32,onnxruntime,bf16,dl4j 20"
 * </pre>
 *
 * Arguments: networks, images per run, engines (the first two are compared number by number before anything is timed) and
 * rounds. Threads: {@code -Dbench.threads=2}. The machine should have nothing else to do. {@link cnn.bench.ForwardBenchmark}
 * is the same for JMH: {@code -Dbench.main=org.openjdk.jmh.Main -Dbench.args=Forward}.
 */
package cnn.bench;
