/**
 * The engine beside ONNX Runtime, PyTorch and Deeplearning4j, in one process, on the same weights.
 *
 * <pre>
 * mvn -Pbench -q test-compile exec:exec
 * mvn -Pbench -q test-compile exec:exec -Dbench.args="mobilenet,resnet50 1,16 fp32,onnxruntime,bf16,dl4j 20"
 * mvn -Pbench -q test-compile exec:exec -Dbench.args="resnet101,densenet121,mobilenetv2-1.0,efficientnet-b0,xception 1,16 fp32,onnxruntime 9"
 * mvn -Pbench -q test-compile exec:exec -Dbench.args="mobilenet,resnet50,inception-v3,vgg16 1,16 fp32,onnxruntime,int8,onnxruntime-int8 7"
 * </pre>
 *
 * Arguments: networks, images per run, engines (before anything is timed the first two are compared number by number, and those
 * in int8 with the first by the correlation of their logits) and rounds. Threads: {@code -Dbench.threads=2}. The machine should
 * have nothing else to do. {@link cnn.bench.ForwardBenchmark}
 * is the same for JMH: {@code -Dbench.main=org.openjdk.jmh.Main -Dbench.args=Forward}.
 *
 * <p>Steps of training, forward, backward and update by Adam:
 *
 * <pre>
 * mvn -Pbench -q test-compile exec:exec -Dbench.main=cnn.bench.TrainingComparison -Dbench.args="convnet-cifar fp32,pytorch,dl4j 9"
 * mvn -Pbench -q test-compile exec:exec -Dbench.main=cnn.bench.TrainingComparison -Dbench.args="vgg16-tail,vgg16 fp32,pytorch 9"
 * </pre>
 *
 * Arguments: what is trained ({@link cnn.bench.TrainingTask#named}), engines ({@code fp32} and {@code bf16} are ours, and
 * name the arithmetic of the frozen layers), rounds. Before anything is timed all must train as many parameters, have the
 * same loss, and where there is no dropout still have it after three steps. PyTorch is spoilt a little: its memory is kept
 * by the process ({@code MALLOC_} settings in pom.xml), which a Python program has to ask for.
 */
package cnn.bench;
