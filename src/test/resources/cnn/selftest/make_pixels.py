"""Makes the pictures and pixels.json of src/main/resources/cnn/selftest: what Pillow makes of small pictures.

Needs Pillow 9.4 and numpy; run in this folder. TensorFlow's bilinear is computed here, in double precision. Of lossy WebP
decoders make pixels that differ by some levels, as they raise the colours' half resolution in different ways.
"""

import json

import numpy as np
from PIL import Image

OUT = "../../../../main/resources/cnn/selftest/"
SAMPLES = "../../../../../sample-images/"
W, H = 29, 23
y, x = np.mgrid[0:H, 0:W]
picture = Image.fromarray(
    np.stack([x * 255 // W, y * 255 // H, (x * y * 3 + (x > y) * 90) % 256], axis=2).astype(np.uint8)
)
indexed = picture.quantize(40)
v, u = np.mgrid[0:30, 0:40]
slope = np.stack([90 + u * 2, 180 - v, 100 + u + v], axis=2)
files = {
    "420.jpg": (picture, dict(format="JPEG", quality=85, subsampling=2)),
    "progressive.jpg": (picture, dict(format="JPEG", quality=90, subsampling=0, progressive=True)),
    "grey.jpg": (picture.convert("L"), dict(format="JPEG", quality=85)),
    "colours.png": (picture, dict(format="PNG")),
    "alpha.png": (Image.merge("RGBA", (*picture.split(), picture.convert("L"))), dict(format="PNG")),
    "palette.png": (indexed, dict(format="PNG")),
    "interlaced.gif": (indexed, dict(format="GIF", interlace=1)),
    "colours.bmp": (picture, dict(format="BMP")),
    "lzw.tif": (picture, dict(format="TIFF", compression="tiff_lzw")),
    "lossless.webp": (picture, dict(format="WEBP", lossless=True)),
    "lossy.webp": (Image.fromarray(slope.astype(np.uint8)), dict(format="WEBP", quality=50, method=1)),
}
KINDS = {"jpg": "JPEG", "png": "PNG", "gif": "GIF", "bmp": "BMP", "tif": "TIFF", "webp": "WebP"}
FILTERS = {
    "nearest": Image.NEAREST,
    "pil-bilinear": Image.BILINEAR,
    "box": Image.BOX,
    "hamming": Image.HAMMING,
    "bicubic": Image.BICUBIC,
    "lanczos": Image.LANCZOS,
}
cases = []


def add(check, file, pixels, tolerance=0, **how):
    pixels = np.asarray(pixels)
    rows, columns = pixels.shape[:2]
    levels = [int(v) if v == int(v) else round(float(v), 5) for v in pixels.reshape(-1)]
    cases.append(dict(check=check, file=file, **how, height=rows, width=columns, tolerance=tolerance, levels=levels))


for name, (image, options) in files.items():
    image.save(OUT + name, **options)
    lossy = name == "lossy.webp"
    kind = "lossy WebP" if lossy else KINDS[name.split(".")[1]]
    add(f"decode {kind}", name, Image.open(OUT + name).convert("RGB"), 12 if lossy else 0)
for name in ("airliner.jpg", "container-ship.jpg", "trailer-truck.jpg"):
    small = Image.open(SAMPLES + name).convert("RGB").resize((40, 30), Image.LANCZOS)
    small.save(OUT + name.replace(".jpg", ".png"), format="PNG", optimize=True)
    add("decode PNG", name.replace(".jpg", ".png"), small)

ship = Image.open(OUT + "container-ship.png").convert("RGB")
for mode, kind in FILTERS.items():
    for rows, columns in ((12, 13), (33, 17)):
        add(f"resize {mode}", "container-ship.png", ship.resize((columns, rows), kind), resize=mode)


def centre(image, size):
    """Short side to 256/224 of the size, bicubic, then the middle: torchvision's Resize and CenterCrop."""
    short = size * 256 // 224
    width, height = image.size
    scale = (short, int(short * height / width)) if width < height else (int(short * width / height), short)
    left, top = int(round((scale[0] - size) / 2)), int(round((scale[1] - size) / 2))
    return image.resize(scale, Image.BICUBIC).crop((left, top, left + size, top + size))


add("resize center-crop", "container-ship.png", centre(ship, 14), resize="center-crop")


def tensorflow(image, rows, columns):
    """tf.image.resize(method='bilinear'): half-pixel centres, no antialiasing."""
    pixels = np.asarray(image).astype(np.float64)
    height, width = pixels.shape[:2]

    def places(size, source):
        at = np.clip((np.arange(size) + 0.5) * source / size - 0.5, 0, source - 1)
        low = np.floor(at).astype(int)
        return low, np.minimum(low + 1, source - 1), at - low

    top, bottom, down = places(rows, height)
    left, right, across = places(columns, width)
    across, down = across[None, :, None], down[:, None, None]
    above = pixels[top][:, left] * (1 - across) + pixels[top][:, right] * across
    below = pixels[bottom][:, left] * (1 - across) + pixels[bottom][:, right] * across
    return above * (1 - down) + below * down


for rows, columns in ((12, 13), (33, 17)):
    add("resize bilinear", "container-ship.png", tensorflow(ship, rows, columns), 1e-3, resize="bilinear")

width, height = ship.size
left = (width - height) // 2
square = ship.crop((left, 0, left + height, height)).resize((16, 16), Image.BICUBIC)
add("proportions crop", "container-ship.png", square, resize="bicubic", aspect="crop")
add("proportions smart", "container-ship.png", square, resize="bicubic", aspect="smart")
kept = ship.resize((16, 16), Image.BICUBIC, box=[left, 0, left + height, height])
add("proportions keep", "container-ship.png", kept, resize="bicubic", aspect="keep")
padded = Image.new("RGB", (16, 16))
padded.paste(ship.resize((16, 12), Image.BICUBIC), (0, 2))
add("proportions pad", "container-ship.png", padded, resize="bicubic", aspect="pad")
grey = ship.convert("L").resize((12, 12), Image.BICUBIC).convert("RGB")
add("grey", "container-ship.png", grey, resize="bicubic", color="grayscale")

with open(OUT + "pixels.json", "w") as out:
    out.write("[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "\n]\n")
