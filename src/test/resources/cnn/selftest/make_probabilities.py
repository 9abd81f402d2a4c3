"""Makes probabilities.json of src/main/resources/cnn/selftest: what the bundled network says of the sample pictures there.

Needs Pillow, h5py and numpy; run in this folder, behind `cnn export -m cifar10 -o cifar10.h5`, with that file's name.
Pictures are resized as the network was trained; it is computed in double precision.
"""

import json
import sys

import h5py
import numpy as np
from PIL import Image

from keras_layers import compute

OUT = "../../../../main/resources/cnn/selftest/"
PICTURES = ("airliner.png", "container-ship.png", "trailer-truck.png", "420.jpg", "interlaced.gif")
weights = {}


def collect(name, item):
    if isinstance(item, h5py.Dataset):
        layer, weight = name.split("/")[-2:]
        weights[layer, weight.removesuffix(":0")] = item[()].astype(np.float64)


with h5py.File(sys.argv[1]) as file:
    file["model_weights"].visititems(collect)
    config = json.loads(file.attrs["model_config"])["config"]["layers"]
rows = []
for picture in PICTURES:
    image = Image.open(OUT + picture).convert("RGB").resize((32, 32), Image.BILINEAR)
    known = {}
    for layer in config:
        name, kind, args = layer["name"], layer["class_name"], layer["config"]
        if kind == "InputLayer":
            known[name] = np.asarray(image) / 255.0
            continue
        inputs = [known[tensor[0]] for tensor in layer["inbound_nodes"][0]]
        args = {key: value for key, value in args.items() if value is not None and key != "data_format"}
        known[name] = compute(kind, args, inputs, lambda weight, shape, at=name: weights[at, weight].reshape(shape))
    values = [float("%.9g" % value) for value in known[config[-1]["name"]].reshape(-1)]
    rows.append(dict(file=picture, probabilities=values))
with open(OUT + "probabilities.json", "w") as out:
    out.write("[\n" + ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows) + "\n]\n")
