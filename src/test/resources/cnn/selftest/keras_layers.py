"""What Keras's layers compute, in double precision: plain numpy, written from Keras's documentation and sources.

Maps are (height, width, channels), one image at a time. Each function takes a layer's arguments, its inputs and a function
that gives its weights by name and shape.
"""

import math

import numpy as np

erf = np.vectorize(math.erf)
SELU_ALPHA, SELU_SCALE = 1.6732632423543772, 1.0507009873554805


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def softplus(x):
    return np.log1p(np.exp(-np.abs(x))) + np.maximum(x, 0)


def elu(x, alpha=1.0):
    return np.where(x > 0, x, alpha * (np.exp(np.minimum(x, 0)) - 1))


def softmax(x, axis=-1):
    e = np.exp(x - x.max(axis, keepdims=True))
    return e / e.sum(axis, keepdims=True)


def sparse_plus(x):
    return np.where(x <= -1, 0, np.where(x < 1, (x + 1) ** 2 / 4, x))


FUNCTIONS = {
    "linear": lambda x: x,
    "relu": lambda x: np.maximum(x, 0),
    "relu6": lambda x: np.clip(x, 0, 6),
    "tanh": np.tanh,
    "sigmoid": sigmoid,
    "softmax": softmax,
    "log_softmax": lambda x: x - x.max(-1, keepdims=True)
    - np.log(np.exp(x - x.max(-1, keepdims=True)).sum(-1, keepdims=True)),
    "silu": lambda x: x * sigmoid(x),
    "hard_silu": lambda x: x * np.clip(x + 3, 0, 6) / 6,
    "hard_sigmoid": lambda x: np.clip(x + 3, 0, 6) / 6,
    "gelu": lambda x: 0.5 * x * (1 + erf(x / math.sqrt(2))),
    "gelu_approximate": lambda x: 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))),
    "leaky_relu": lambda x: np.where(x >= 0, x, 0.2 * x),
    "elu": elu,
    "selu": lambda x: SELU_SCALE * elu(x, SELU_ALPHA),
    "celu": elu,
    "mish": lambda x: x * np.tanh(softplus(x)),
    "softplus": softplus,
    "softsign": lambda x: x / (1 + np.abs(x)),
    "exponential": np.exp,
    "log_sigmoid": lambda x: -softplus(-x),
    "hard_tanh": lambda x: np.clip(x, -1, 1),
    "hard_shrink": lambda x: np.where(np.abs(x) > 0.5, x, 0),
    "soft_shrink": lambda x: np.where(x > 0.5, x - 0.5, np.where(x < -0.5, x + 0.5, 0)),
    "tanh_shrink": lambda x: x - np.tanh(x),
    "sparse_plus": sparse_plus,
    "sparse_sigmoid": lambda x: np.clip((x + 1) / 2, 0, 1),
    "squareplus": lambda x: (x + np.sqrt(x * x + 4)) / 2,
}


def pair(value):
    return tuple(value) if isinstance(value, (list, tuple)) else (value, value)


def act(args, x):
    return FUNCTIONS[args.get("activation", "linear")](x)


def same(size, kernel, stride):
    """TensorFlow's padding: as little as gives ceil(size / stride) positions, the odd cell behind."""
    total = max(0, (-(-size // stride) - 1) * stride + kernel - size)
    return total // 2, total - total // 2


def windows(args, x, kernel, fill):
    """All windows of a map: (rows, columns, kernel height, kernel width, channels)."""
    stride, dilation = pair(args.get("strides", 1)), pair(args.get("dilation_rate", 1))
    reach = [(k - 1) * d + 1 for k, d in zip(kernel, dilation)]
    if args.get("padding", "valid") == "same":
        around = [same(n, r, s) for n, r, s in zip(x.shape, reach, stride)]
        x = np.pad(x, (*around, (0, 0)), constant_values=fill)
    rows, columns = [(n - r) // s + 1 for n, r, s in zip(x.shape, reach, stride)]
    out = np.empty((rows, columns, *kernel, x.shape[2]), x.dtype)
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride[0], j * stride[1]
            out[i, j] = x[top : top + reach[0] : dilation[0], left : left + reach[1] : dilation[1]]
    return out


def bias(args, w, size):
    return w("bias", (size,)) if args.get("use_bias", True) else 0


def conv2d(args, xs, w):
    x, kernel, groups = xs[0], pair(args["kernel_size"]), args.get("groups", 1)
    filters, each = args["filters"], xs[0].shape[2] // args.get("groups", 1)
    k = w("kernel", (*kernel, each, filters))
    seen = windows(args, x, kernel, 0)
    parts = [
        np.einsum("ijabc,abcf->ijf", seen[..., g * each : (g + 1) * each], part)
        for g, part in enumerate(np.split(k, groups, axis=3))
    ]
    return act(args, np.concatenate(parts, axis=2) + bias(args, w, filters))


def depthwise(args, x, w):
    kernel, times = pair(args["kernel_size"]), args.get("depth_multiplier", 1)
    k = w("depthwise_kernel", (*kernel, x.shape[2], times))
    out = np.einsum("ijabc,abcm->ijcm", windows(args, x, kernel, 0), k)
    return out.reshape(*out.shape[:2], -1)


def depthwise_conv2d(args, xs, w):
    out = depthwise(args, xs[0], w)
    return act(args, out + bias(args, w, out.shape[2]))


def separable_conv2d(args, xs, w):
    middle = depthwise(args, xs[0], w)
    k = w("pointwise_kernel", (1, 1, middle.shape[2], args["filters"]))
    return act(args, middle @ k[0, 0] + bias(args, w, args["filters"]))


def conv2d_transpose(args, xs, w):
    """Each cell lays the kernel, times itself, over the result; with padding same the borders are cut off."""
    x, kernel, stride = xs[0], pair(args["kernel_size"]), pair(args.get("strides", 1))
    k = w("kernel", (*kernel, args["filters"], x.shape[2]))
    whole = np.zeros([(n - 1) * s + a for n, s, a in zip(x.shape, stride, kernel)] + [args["filters"]])
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            top, left = i * stride[0], j * stride[1]
            whole[top : top + kernel[0], left : left + kernel[1]] += k @ x[i, j]
    if args.get("padding", "valid") == "same":
        cut = [(a - s) // 2 for a, s in zip(kernel, stride)]
        whole = whole[cut[0] : cut[0] + x.shape[0] * stride[0], cut[1] : cut[1] + x.shape[1] * stride[1]]
    return act(args, whole + bias(args, w, args["filters"]))


def dense(args, xs, w):
    units = args["units"]
    return act(args, xs[0] @ w("kernel", (xs[0].shape[-1], units)) + bias(args, w, units))


def scaled(args, x, w, size):
    x = x * w("gamma", (size,)) if args.get("scale", True) else x
    return x + w("beta", (size,)) if args.get("center", True) else x


def batch_normalization(args, xs, w):
    n = xs[0].shape[-1]
    mean, variance = w("moving_mean", (n,)), w("moving_variance", (n,))
    return scaled(args, (xs[0] - mean) / np.sqrt(variance + args.get("epsilon", 1e-3)), w, n)


def layer_normalization(args, xs, w):
    x = xs[0]
    mean, variance = x.mean(-1, keepdims=True), x.var(-1, keepdims=True)
    return scaled(args, (x - mean) / np.sqrt(variance + args.get("epsilon", 1e-3)), w, x.shape[-1])


def group_normalization(args, xs, w):
    n = xs[0].shape[-1]
    groups = n if args["groups"] == -1 else args["groups"]
    x = xs[0].reshape(*xs[0].shape[:-1], groups, n // groups)
    axes = (0, 1, 3)
    x = (x - x.mean(axes, keepdims=True)) / np.sqrt(x.var(axes, keepdims=True) + args.get("epsilon", 1e-3))
    return scaled(args, x.reshape(xs[0].shape), w, n)


def normalization(args, xs, w):
    n = xs[0].shape[-1]
    mean = args["mean"] if "mean" in args else w("mean", (n,))
    variance = args["variance"] if "variance" in args else w("variance", (n,))
    deviation = np.maximum(np.sqrt(variance), 1e-7)
    return xs[0] * deviation + mean if args.get("invert") else (xs[0] - mean) / deviation


def relu(args, xs, w):
    x, threshold = xs[0], args.get("threshold", 0)
    out = np.where(x >= threshold, x, args.get("negative_slope", 0) * (x - threshold))
    return np.minimum(out, args["max_value"]) if "max_value" in args else out


def prelu(args, xs, w):
    shape = [1 if i + 1 in args.get("shared_axes", []) else n for i, n in enumerate(xs[0].shape)]
    return np.where(xs[0] >= 0, xs[0], xs[0] * w("alpha", shape))


def zero_padding(args, xs, w):
    return np.pad(xs[0], (*args["padding"], (0, 0)))


def cropping(args, xs, w):
    (top, bottom), (left, right) = args["cropping"]
    height, width = xs[0].shape[:2]
    return xs[0][top : height - bottom, left : width - right]


def up_sampling(args, xs, w):
    x, size = xs[0], pair(args["size"])
    if args.get("interpolation", "nearest") == "nearest":
        return x.repeat(size[0], 0).repeat(size[1], 1)
    for axis, times in enumerate(size):
        at = np.clip((np.arange(x.shape[axis] * times) + 0.5) / times - 0.5, 0, x.shape[axis] - 1)
        low = np.floor(at).astype(int)
        share = (at - low).reshape([-1 if i == axis else 1 for i in range(3)])
        high = np.minimum(low + 1, x.shape[axis] - 1)
        x = x.take(low, axis) * (1 - share) + x.take(high, axis) * share
    return x


def max_pooling(args, xs, w):
    size = pair(args["pool_size"])
    return windows(dict(args, strides=args.get("strides", size)), xs[0], size, -np.inf).max((2, 3))


def average_pooling(args, xs, w):
    size = pair(args["pool_size"])
    args = dict(args, strides=args.get("strides", size))
    counts = windows(args, np.ones_like(xs[0]), size, 0).sum((2, 3))
    return windows(args, xs[0], size, 0).sum((2, 3)) / counts


def pooled(reduce):
    return lambda args, xs, w: reduce(xs[0], axis=(0, 1), keepdims=args.get("keepdims", False))


def broadcast(xs):
    """Keras's merging layers put missing axes in front."""
    rank = max(x.ndim for x in xs)
    return [x.reshape((1,) * (rank - x.ndim) + x.shape) for x in xs]


def merged(reduce):
    return lambda args, xs, w: reduce(broadcast(xs))


def dot(args, xs, w):
    a, b = [x / math.sqrt((x * x).sum()) for x in xs] if args.get("normalize") else xs
    return np.array([(a * b).sum()])


def get_item(args, xs, w):
    return xs[0][..., slice(args.get("start"), args.get("stop"), args.get("step"))]


def unchanged(args, xs, w):
    return xs[0]


LAYERS = {
    "Conv2D": conv2d,
    "DepthwiseConv2D": depthwise_conv2d,
    "SeparableConv2D": separable_conv2d,
    "Conv2DTranspose": conv2d_transpose,
    "Dense": dense,
    "BatchNormalization": batch_normalization,
    "LayerNormalization": layer_normalization,
    "GroupNormalization": group_normalization,
    "Normalization": normalization,
    "Rescaling": lambda args, xs, w: xs[0] * np.array(args["scale"]) + np.array(args.get("offset", 0)),
    "Activation": lambda args, xs, w: act(args, xs[0]),
    "ReLU": relu,
    "LeakyReLU": lambda args, xs, w: np.where(xs[0] >= 0, xs[0], args["negative_slope"] * xs[0]),
    "ELU": lambda args, xs, w: elu(xs[0], args["alpha"]),
    "PReLU": prelu,
    "Softmax": lambda args, xs, w: softmax(xs[0], args["axis"] - 1 if args["axis"] > 0 else args["axis"]),
    "ZeroPadding2D": zero_padding,
    "Cropping2D": cropping,
    "UpSampling2D": up_sampling,
    "MaxPooling2D": max_pooling,
    "AveragePooling2D": average_pooling,
    "GlobalMaxPooling2D": pooled(np.max),
    "GlobalAveragePooling2D": pooled(np.mean),
    "Add": merged(sum),
    "Subtract": merged(lambda xs: xs[0] - xs[1]),
    "Multiply": merged(lambda xs: math.prod(xs[1:], start=xs[0])),
    "TrueDivide": merged(lambda xs: xs[0] / xs[1]),
    "Average": merged(lambda xs: sum(xs) / len(xs)),
    "Maximum": merged(lambda xs: np.maximum.reduce(np.broadcast_arrays(*xs))),
    "Minimum": merged(lambda xs: np.minimum.reduce(np.broadcast_arrays(*xs))),
    "Dot": dot,
    "GetItem": get_item,
    "Concatenate": lambda args, xs, w: np.concatenate(xs, args["axis"] - 1 if args["axis"] > 0 else args["axis"]),
    "Flatten": lambda args, xs, w: xs[0].reshape(-1),
    "Reshape": lambda args, xs, w: xs[0].reshape(args["target_shape"]),
    "Permute": lambda args, xs, w: xs[0].transpose([d - 1 for d in args["dims"]]),
    "LayerScale": lambda args, xs, w: xs[0] * w("gamma", (xs[0].shape[-1],)),
    "CustomScaleLayer": lambda args, xs, w: xs[0] + xs[1] * args["scale"],
}


def compute(layer, args, xs, w):
    if args.get("data_format") == "channels_first":
        args = {name: value for name, value in args.items() if name != "data_format"}
        out = compute(layer, args, [x.transpose(1, 2, 0) if x.ndim == 3 else x for x in xs], w)
        return out.transpose(2, 0, 1) if out.ndim == 3 else out
    return LAYERS.get(layer, unchanged)(args, xs, w)
