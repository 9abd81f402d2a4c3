"""half.keras: a model of Keras 3 whose weights are stored in 16 bits, as h5py 3.7 and Keras 3 write them.

The kernel is bfloat16, which h5py has no type for: two bytes of no known meaning, and an attribute that says what they are;
the bias is float16. The member with the weights is packed, all others are stored.
"""
import io, json, zipfile
import h5py, numpy as np

kernel = np.array([[1.0, -2.5], [0.15625, 3.0e38], [0.0, 1.0e-38]], np.float32)
halves = (kernel.view(np.uint32) >> 16).astype(np.uint16)
buffer = io.BytesIO()
with h5py.File(buffer, "w") as f:
    f.create_group("vars").attrs["name"] = "half"
    v = f.create_group("layers/dense/vars")
    v.attrs["name"] = "d"
    v.create_dataset("0", data=halves.view("V2")).attrs["dtype"] = "bfloat16"
    v.create_dataset("1", data=np.array([0.5, -0.25], np.float16))

def layer(kind, name, before, **config):
    tensor = {"class_name": "__keras_tensor__", "config": {"shape": [None, 3], "keras_history": [before, 0, 0]}}
    return {"module": "keras.layers", "class_name": kind, "config": dict(config, name=name), "registered_name": None,
            "name": name, "inbound_nodes": [{"args": [tensor], "kwargs": {}}] if before else []}

config = {"module": "keras.src.models.functional", "class_name": "Functional", "registered_name": "Functional", "config": {
    "name": "half", "layers": [layer("InputLayer", "i", None, batch_shape=[None, 3]),
                               layer("Dense", "d", "i", units=2, activation="softmax", use_bias=True)],
    "input_layers": [["i", 0, 0]], "output_layers": [["d", 0, 0]]},
    "compile_config": {"loss": {"module": "keras.losses", "class_name": "CategoricalCrossentropy",
                                "config": {"from_logits": True}}}}
with zipfile.ZipFile("half.keras", "w") as z:
    z.writestr(zipfile.ZipInfo("model.weights.h5"), buffer.getvalue(), zipfile.ZIP_DEFLATED)
    z.writestr(zipfile.ZipInfo("config.json"), json.dumps(config))
    z.writestr(zipfile.ZipInfo("metadata.json"), json.dumps({"keras_version": "3.8.0", "cnn_scaling": "0..1", "cnn_classes": ["a", "b"]}))
