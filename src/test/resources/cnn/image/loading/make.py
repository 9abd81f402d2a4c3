"""Makes expected.tsv: pictures made by a formula, loaded as Keras's definitions say, with Pillow for the filters.

Needs Pillow 9.4 and numpy; run in this folder. Columns: width and height of the picture, height and width of the input,
aspect, sha256 of the RGB bytes with each of FILTERS, one after the other.
"""

import hashlib

import numpy as np
from PIL import Image

FILTERS = (Image.NEAREST, Image.BILINEAR, Image.BOX, Image.HAMMING, Image.BICUBIC, Image.LANCZOS)
SIZES = ((61, 23), (23, 61), (40, 40), (30, 20), (500, 375), (1, 50), (50, 1), (7, 3))
INPUTS = ((16, 16), (12, 20), (20, 12), (51, 31), (224, 224))


def picture(w, h):
    y, x, c = np.mgrid[0:h, 0:w, 0:3]
    return Image.fromarray(((x * 7 + y * 13 + c * 29 + x * y * (c + 1)) % 256).astype(np.uint8))


def stretch(image, h, w, kind):
    return image.resize((w, h), kind)


def keep(image, h, w, kind):
    """load_img(keep_aspect_ratio=True), keras/src/utils/image_utils.py."""
    width, height = image.size
    crop_height = max(1, min(height, (width * h) // w))
    crop_width = max(1, min(width, (height * w) // h))
    top = (height - crop_height) // 2
    left = (width - crop_width) // 2
    return image.resize((w, h), kind, box=[left, top, left + crop_width, top + crop_height])


def cut(image, crop_height, crop_width, h, w, kind):
    width, height = image.size
    crop_height = max(min(height, crop_height), 1)
    crop_width = max(min(width, crop_width), 1)
    top = int(float(height - crop_height) / 2)
    left = int(float(width - crop_width) / 2)
    return image.crop((left, top, left + crop_width, top + crop_height)).resize((w, h), kind)


def crop(image, h, w, kind):
    """smart_resize of tensors within image_dataset_from_directory."""
    width, height = image.size
    f = np.float32
    return cut(image, int(f(width * h) / f(w)), int(f(height * w) / f(h)), h, w, kind)


def smart(image, h, w, kind):
    """smart_resize of arrays."""
    width, height = image.size
    return cut(image, int(float(width * h) / w), int(float(height * w) / h), h, w, kind)


def pad(image, h, w, kind):
    """tf.image.resize_with_pad."""
    f = np.float32
    width, height = map(f, image.size)
    ratio = max(width / f(w), height / f(h))
    resized_height, resized_width = height / ratio, width / ratio
    top = max(0, int(np.floor((f(h) - resized_height) / f(2))))
    left = max(0, int(np.floor((f(w) - resized_width) / f(2))))
    inner = image.resize((max(1, int(resized_width)), max(1, int(resized_height))), kind)
    padded = Image.new("RGB", (w, h))
    padded.paste(inner, (left, top))
    return padded


with open("expected.tsv", "w") as out:
    for w, h in SIZES:
        image = picture(w, h)
        for rows, columns in INPUTS:
            for way in (stretch, crop, pad, keep, smart):
                digest = hashlib.sha256()
                for kind in FILTERS:
                    digest.update(way(image, rows, columns, kind).tobytes())
                print(w, h, rows, columns, way.__name__, digest.hexdigest(), sep="\t", file=out)
