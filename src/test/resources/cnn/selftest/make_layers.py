"""Makes layers.json of src/main/resources/cnn/selftest: small networks of every kind of layer, and what they give.

Needs numpy; run in this folder. Images and weights are made by the formula of ReproducibleNumbers.java; what comes out is
computed by keras_layers.py in double precision, of int8 in whole numbers.
"""

import json
import math

import numpy as np

from keras_layers import FUNCTIONS, compute

OUT = "../../../../main/resources/cnn/selftest/layers.json"
IMAGES = 2
cases = []


def bits(text, count):
    """Murmur3's finalizer over a FNV-1a hash and the place."""
    seed = 0x811C9DC5
    for byte in text.encode():
        seed = (seed ^ byte) * 0x01000193 & 0xFFFFFFFF
    x = (seed + np.arange(count, dtype=np.uint64) * 0x9E3779B9) & 0xFFFFFFFF
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        x = (x ^ (x >> np.uint64(shift))) * np.uint64(factor) & 0xFFFFFFFF
    return (x ^ (x >> np.uint64(16))) >> np.uint64(12)  # 20 bits


def unit(text, shape):
    return bits(text, math.prod(shape)).reshape(shape) / 2.0**20


def floats(name):
    def weight(layer, spec, shape):
        values = unit(f"{name}/{layer}/{spec}", shape)
        return values + 0.5 if spec == "gamma" or spec.endswith("variance") else values - 0.5

    return lambda image, shape: 4 * unit(f"{name}/image {image}", shape) - 2, weight


def whole(name, ranges):
    """Whole numbers whose farthest in each channel is 127, and images that fill their range."""

    def weight(layer, spec, shape):
        values = (bits(f"{name}/{layer}/{spec}", math.prod(shape)) % np.uint64(255)).astype(np.float64) - 127
        if spec != "bias":
            values[: shape[3] * shape[2] if spec == "depthwise_kernel" else shape[-1]] = 127
        return values.reshape(shape)

    def image(number, shape):
        values = (bits(f"{name}/image {number}", math.prod(shape)) % np.uint64(255)).astype(np.float64)
        return (values + (-127 if ranges["input"][0] < 0 else 0)).reshape(shape)

    return image, weight


def add(check, shape, *layers, ranges=None):
    """A layer is a name, its inputs, a class and its arguments; in int8 each result with a range is rounded onto it."""
    name = f"{check} {sum(case['check'] == check for case in cases)}"
    image, weight = whole(name, ranges) if ranges else floats(name)
    values = []
    digits = "%.10g" if ranges else "%.8g"
    for number in range(IMAGES):
        known = {"input": image(number, shape)}
        for layer, inputs, kind, args in layers:
            known[layer] = compute(
                kind, args, [known[x] for x in inputs], lambda spec, size, at=layer: weight(at, spec, size)
            )
            if ranges and layer in ranges:
                low, high = ranges[layer]
                step = max(-low, high) / (127 if low < 0 else 255)
                known[layer] = step * np.clip(np.rint(known[layer] / step), -127 if low < 0 else 0, 127 if low < 0 else 255)
        values += [float(digits % value) for value in known[layers[-1][0]].reshape(-1)]
    described = [dict(name=n, inputs=i, kind=k, arguments=a) for n, i, k, a in layers]
    case = dict(check=check, name=name, input=list(shape), images=IMAGES, layers=described)
    cases.append({**case, **(dict(ranges=ranges) if ranges else {}), "expected": values})


def one(kind, shape, **args):
    add(kind, shape, ("layer", ["input"], kind, args))


MAP, VECTOR = (7, 6, 5), (11,)
one("Conv2D", MAP, filters=4, kernel_size=[3, 3])
one("Conv2D", MAP, filters=4, kernel_size=[3, 3], strides=[2, 2], padding="same", use_bias=False)
one("Conv2D", (8, 8, 3), filters=16, kernel_size=[3, 3], strides=[2, 2], padding="same", activation="relu")
one("Conv2D", (5, 5, 16), filters=16, kernel_size=[1, 1])
one("Conv2D", MAP, filters=3, kernel_size=[2, 3], dilation_rate=[2, 2], activation="tanh")
one("Conv2D", (6, 6, 8), filters=4, kernel_size=[3, 3], groups=2, padding="same")
one("DepthwiseConv2D", MAP, kernel_size=[3, 3], padding="same")
one("DepthwiseConv2D", (8, 8, 16), kernel_size=[3, 3], strides=[2, 2], padding="same", activation="relu6")
one("DepthwiseConv2D", MAP, kernel_size=[3, 2], depth_multiplier=2)
one("SeparableConv2D", MAP, filters=6, kernel_size=[3, 3], padding="same", activation="silu")
one("Conv2DTranspose", (4, 3, 5), filters=4, kernel_size=[4, 4], strides=[2, 2], padding="same")
one("Conv2DTranspose", (4, 3, 5), filters=3, kernel_size=[3, 3], strides=[2, 2], activation="relu")
one("Dense", (37,), units=10)
one("Dense", (37,), units=5, use_bias=False, activation="softmax")
one("Dense", (3, 4, 5), units=6, activation="sigmoid")
one("BatchNormalization", MAP)
one("BatchNormalization", VECTOR, epsilon=0.01, scale=False)
one("BatchNormalization", MAP, center=False)
one("LayerNormalization", MAP, epsilon=1e-6)
one("LayerNormalization", VECTOR)
one("GroupNormalization", (4, 4, 6), groups=3)
one("GroupNormalization", (4, 4, 6), groups=-1, scale=False)
one("Normalization", (4, 3, 3), axis=-1)
one("Normalization", (4, 3, 3), axis=-1, mean=[0.5, -0.25, 1.0], variance=[0.25, 2.0, 1.5], invert=True)
one("Rescaling", (4, 3, 3), scale=0.5, offset=-1.0)
one("Rescaling", (4, 3, 3), scale=[0.5, 2.0, 0.25], offset=[1.0, 0.0, -1.0])
for function in FUNCTIONS:
    one("Activation", (3, 3, 7), activation=function)
one("ReLU", (3, 3, 7))
one("ReLU", (3, 3, 7), max_value=1.25, negative_slope=0.125, threshold=0.25)
one("LeakyReLU", (3, 3, 7), negative_slope=0.3)
one("ELU", (3, 3, 7), alpha=0.75)
one("PReLU", (3, 3, 7))
one("PReLU", (3, 3, 7), shared_axes=[1, 2])
one("Softmax", VECTOR, axis=-1)
one("Softmax", (3, 4, 5), axis=1)
one("ZeroPadding2D", (3, 4, 5), padding=[[1, 2], [0, 3]])
one("Cropping2D", MAP, cropping=[[1, 2], [0, 3]])
one("UpSampling2D", (3, 2, 5), size=[2, 3])
one("UpSampling2D", (3, 2, 5), size=[2, 3], interpolation="bilinear")
one("MaxPooling2D", MAP, pool_size=[2, 2])
one("MaxPooling2D", MAP, pool_size=[3, 3], strides=[2, 2], padding="same")
one("AveragePooling2D", MAP, pool_size=[2, 2])
one("AveragePooling2D", MAP, pool_size=[3, 3], strides=[2, 2], padding="same")
one("GlobalMaxPooling2D", MAP)
one("GlobalAveragePooling2D", MAP)
one("GlobalAveragePooling2D", MAP, keepdims=True)
one("GetItem", (3, 3, 7), start=5, stop=0, step=-2)
one("Flatten", (3, 4, 5))
one("Reshape", (3, 4, 5), target_shape=[5, 2, 6])
one("Permute", (3, 4, 5), dims=[3, 1, 2])
one("LayerScale", (3, 3, 7), init_values=1e-6, projection_dim=7)
one("Dropout", VECTOR, rate=0.5)
one("SpatialDropout2D", MAP, rate=0.5)
one("GaussianNoise", VECTOR, stddev=0.5)
one("GaussianDropout", VECTOR, rate=0.5)
one("AlphaDropout", VECTOR, rate=0.5)
HALF = ("half", ["input"], "Conv2D", dict(filters=5, kernel_size=[1, 1]))
GATE = ("gate", ["input"], "GlobalAveragePooling2D", dict())
for merge in ("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"):
    add(merge, MAP, HALF, ("layer", ["input", "half"], merge, {}))
add("Add", MAP, HALF, ("more", ["half"], "ReLU", {}), ("layer", ["input", "half", "more"], "Add", {}))
add("Multiply", MAP, GATE, ("layer", ["input", "gate"], "Multiply", {}))
add("TrueDivide", MAP, ("above", ["input"], "Activation", dict(activation="exponential")),
    ("layer", ["input", "above"], "TrueDivide", {}))
add("CustomScaleLayer", MAP, HALF, ("layer", ["input", "half"], "CustomScaleLayer", dict(scale=0.25)))
add("Concatenate", MAP, HALF, ("layer", ["half", "input"], "Concatenate", dict(axis=-1)))
add("Concatenate", MAP, HALF, ("layer", ["half", "input"], "Concatenate", dict(axis=1)))
for normalize in (False, True):
    add("Dot", VECTOR, ("other", ["input"], "Dense", dict(units=11)),
        ("layer", ["input", "other"], "Dot", dict(axes=1, normalize=normalize)))
FIRST = (5, 7, 6)
add("channels first", FIRST,
    ("layer", ["input"], "Conv2D", dict(filters=4, kernel_size=[3, 3], padding="same", data_format="channels_first")))
add("channels first", FIRST,
    ("layer", ["input"], "MaxPooling2D", dict(pool_size=[2, 2], data_format="channels_first")))
PASSING = """Identity ActivityRegularization StochasticDepth RandomFlip RandomRotation RandomZoom RandomTranslation RandomContrast
RandomBrightness RandomShear RandomHue RandomSaturation RandomGrayscale RandomColorJitter RandomColorDegeneration
RandomSharpness RandomPosterization RandomPerspective RandomErasing RandomInvert RandomGaussianBlur RandomElasticTransform
RandomHeight RandomWidth""".split()
add("layers for training only", (4, 4, 3),
    *[(f"layer{i}", [f"layer{i - 1}" if i else "input"], kind, {}) for i, kind in enumerate(PASSING)])

# What is computed in one go where it stands together.
CONV = dict(filters=8, kernel_size=[3, 3], padding="same", use_bias=False)
add("layers together", (8, 8, 8), ("conv", ["input"], "Conv2D", CONV), ("norm", ["conv"], "BatchNormalization", {}),
    ("relu", ["norm"], "ReLU", {}), ("conv2", ["relu"], "Conv2D", CONV), ("norm2", ["conv2"], "BatchNormalization", {}),
    ("sum", ["norm2", "input"], "Add", {}), ("relu2", ["sum"], "ReLU", {}))
add("layers together", (9, 9, 3), ("pad", ["input"], "ZeroPadding2D", dict(padding=[[0, 1], [0, 1]])),
    ("deep", ["pad"], "DepthwiseConv2D", dict(kernel_size=[3, 3], strides=[2, 2], use_bias=False)),
    ("norm", ["deep"], "BatchNormalization", {}), ("relu6", ["norm"], "ReLU", dict(max_value=6.0)),
    ("point", ["relu6"], "Conv2D", dict(filters=7, kernel_size=[1, 1], use_bias=False)),
    ("norm2", ["point"], "BatchNormalization", {}), ("end", ["norm2"], "Activation", dict(activation="hard_silu")))
add("layers together", (6, 6, 16), ("conv", ["input"], "Conv2D", dict(filters=16, kernel_size=[3, 3], activation="silu")),
    ("mean", ["conv"], "GlobalAveragePooling2D", dict(keepdims=True)),
    ("less", ["mean"], "Conv2D", dict(filters=4, kernel_size=[1, 1], activation="relu")),
    ("gate", ["less"], "Conv2D", dict(filters=16, kernel_size=[1, 1], activation="sigmoid")),
    ("gated", ["conv", "gate"], "Multiply", {}), ("vector", ["gated"], "GlobalAveragePooling2D", {}),
    ("classes", ["vector"], "Dense", dict(units=5, activation="softmax")))

# int8: sources, kernels and sums are whole numbers, the steps of the grids powers of two.
UNSIGNED, SIGNED = [0, 255], [-127, 127]


def grid(kind, step):
    return [step * end for end in kind]


add("int8 convolution", (6, 5, 16), ("layer", ["input"], "Conv2D", dict(filters=8, kernel_size=[3, 3], padding="same")),
    ranges=dict(input=SIGNED))
add("int8 convolution", (7, 7, 3), ("first", ["input"], "Conv2D", dict(filters=16, kernel_size=[3, 3], strides=[2, 2],
    padding="same", activation="relu")), ("layer", ["first"], "Conv2D", dict(filters=20, kernel_size=[1, 1], use_bias=False)),
    ranges=dict(input=UNSIGNED, first=grid(UNSIGNED, 2048)))
add("int8 depthwise convolution", (6, 6, 16), ("layer", ["input"], "DepthwiseConv2D", dict(kernel_size=[3, 3],
    padding="same")), ranges=dict(input=UNSIGNED))
add("int8 depthwise convolution", (6, 6, 16), ("deep", ["input"], "DepthwiseConv2D", dict(kernel_size=[3, 3],
    strides=[2, 2], padding="same")), ("layer", ["deep"], "Conv2D", dict(filters=8, kernel_size=[1, 1], use_bias=False)),
    ranges=dict(input=SIGNED, deep=grid(SIGNED, 1024)))
add("int8 sum", (5, 5, 16), ("left", ["input"], "Conv2D", dict(filters=16, kernel_size=[1, 1])),
    ("sum", ["left", "input"], "Add", {}), ("layer", ["sum"], "Conv2D", dict(filters=8, kernel_size=[1, 1], use_bias=False)),
    ranges=dict(input=SIGNED, sum=grid(SIGNED, 1024)))
add("int8 dense layer", (50,), ("first", ["input"], "Dense", dict(units=33, activation="relu")),
    ("layer", ["first"], "Dense", dict(units=10, use_bias=False)), ranges=dict(input=SIGNED, first=grid(UNSIGNED, 512)))

with open(OUT, "w") as out:
    out.write("[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "\n]\n")
