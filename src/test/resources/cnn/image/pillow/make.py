"""Makes the images of this folder and expected.tsv: what Pillow's open(f).convert('RGB') gives for each.

Needs Pillow 9.4 and numpy; run in this folder. The tests read only the files it left.
"""

import hashlib
import io
import struct
import zlib

import numpy as np
from PIL import Image

W, H = 37, 29
random = np.random.RandomState(7)
y, x = np.mgrid[0:H, 0:W]
smooth = np.stack([x * 255 // W, y * 255 // H, (x * y * 3) % 256], axis=2).astype(np.uint8)
picture = Image.fromarray(smooth)
square = Image.fromarray(np.ascontiguousarray(np.resize(smooth, (32, 32, 3))))
files = {}


def encode(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def adobe(transform):
    return b"\xff\xee\x00\x0eAdobe\x00\x64\0\0\0\0" + bytes([transform])


# JPEG: sampling, markers that decide about colours, broken profiles.
for s, name in enumerate(("444", "422", "420")):
    files[f"{name}.jpg"] = encode(picture, "JPEG", quality=85, subsampling=s)
    files[f"progressive_{name}.jpg"] = encode(picture, "JPEG", quality=85, subsampling=s, progressive=True)
jpeg = encode(square, "JPEG", quality=90, subsampling=1)
frame = jpeg.index(b"\xff\xc0")
files["440.jpg"] = jpeg[: frame + 11] + b"\x12" + jpeg[frame + 12 :]
jpeg = encode(square, "JPEG", quality=90, subsampling=2)
frame = jpeg.index(b"\xff\xc0")
files["411.jpg"] = jpeg[: frame + 11] + b"\x41" + jpeg[frame + 12 :]
plain = encode(picture, "JPEG", quality=90, subsampling=0)
bare = plain[:2] + plain[20:]
files["no_jfif.jpg"] = bare
files["adobe_rgb.jpg"] = bare[:2] + adobe(0) + bare[2:]
files["jfif_adobe_rgb.jpg"] = plain[:20] + adobe(0) + plain[20:]
named = bytearray(bare)
frame, scan = bare.index(b"\xff\xc0"), bare.index(b"\xff\xda")
for n, c in enumerate(b"RGB"):
    named[frame + 10 + 3 * n] = c
    named[scan + 5 + 2 * n] = c
files["components_named_rgb.jpg"] = bytes(named)
files["broken_icc.jpg"] = encode(picture, "JPEG", icc_profile=b"garbage" * 30)
files["tail.jpg"] = plain + b"\xff\xd8\xff and more" * 9
cmyk = encode(picture.convert("CMYK"), "JPEG")
at = cmyk.index(b"Adobe")
files["cmyk.jpg"] = cmyk
files["ycck.jpg"] = cmyk[: at + 11] + b"\x02" + cmyk[at + 12 :]
files["cmyk_without_adobe.jpg"] = cmyk[: at - 4] + cmyk[at + 12 :]
files["gray_progressive.jpg"] = encode(picture.convert("L"), "JPEG", progressive=True)
files["one.jpg"] = encode(picture.resize((1, 1)), "JPEG")


# PNG: every colour type and depth (16-bit grey differs on purpose), with and without interlacing.
def png(bits, kind, raw, palette=None, transparent=None, interlaced=0):
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    out = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", W, H, bits, kind, 0, 0, interlaced))
    out += chunk(b"gAMA", struct.pack(">I", 100000))
    if palette is not None:
        out += chunk(b"PLTE", palette)
    if transparent is not None:
        out += chunk(b"tRNS", transparent)
    return out + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")


PASSES = {0: [(0, 0, 1, 1)]}
PASSES[1] = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
DEPTHS = {0: (1, 2, 4, 8), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
for kind, depths in DEPTHS.items():
    for bits in depths:
        for interlaced in (0, 1):
            raw = b""
            for x0, y0, dx, dy in PASSES[interlaced]:
                bytes_a_row = (-(-(W - x0) // dx) * CHANNELS[kind] * bits + 7) // 8
                for _ in range(-(-(H - y0) // dy)):
                    raw += bytes([random.randint(0, 5)]) + random.bytes(bytes_a_row)
            palette = random.bytes(3 << bits) if kind == 3 else None
            transparent = random.bytes(min(1 << bits, 9)) if kind == 3 else None
            files[f"type{kind}_{bits}bit_{interlaced}.png"] = png(bits, kind, raw, palette, transparent, interlaced)
files["short_palette.png"] = png(8, 3, b"".join(b"\0" + random.bytes(W) for _ in range(H)), random.bytes(30))

# GIF: frames on larger and smaller screens, palettes of all kinds.
indexed = picture.quantize(60)
gif = encode(indexed, "GIF", interlace=0)
table = 3 * (2 << (gif[10] & 7))


def on_screen(width, height, left, top, transparent=None):
    at = 13 + table
    assert gif[at] == 0x2C
    out = b"GIF89a" + struct.pack("<HH", width, height) + gif[10:at]
    if transparent is not None:
        out += b"\x21\xf9\x04\x01\0\0" + bytes([transparent]) + b"\0"
    return out + b"\x2c" + struct.pack("<HH", left, top) + gif[at + 5 :]


files["plain.gif"] = gif
files["interlaced.gif"] = encode(indexed, "GIF", interlace=1)
files["two_colours.gif"] = encode(picture.convert("1"), "GIF")
files["animated.gif"] = encode(indexed, "GIF", save_all=True, append_images=[indexed.rotate(180)], duration=50)
files["on_large_screen.gif"] = on_screen(60, 50, 11, 7)
files["on_large_transparent_screen.gif"] = on_screen(60, 50, 11, 7, 9)
files["on_small_screen.gif"] = on_screen(20, 40, 3, 5)
files["local_palette.gif"] = (
    gif[:10] + bytes([gif[10] & 0x7F]) + gif[11:13] + gif[13 + table : 22 + table]
    + bytes([0x80 | (gif[10] & 7)]) + gif[13 : 13 + table] + gif[23 + table :]
)
files["no_palette.gif"] = gif[:10] + bytes([gif[10] & 0x7F]) + gif[11:13] + gif[13 + table :]
files["short_palette.gif"] = gif[:10] + bytes([(gif[10] & 0xF8) | 3]) + gif[11:13] + gif[13:61] + gif[13 + table :]


# BMP
def bmp(bits, data, compression=0, masks=b"", palette=b"", height=H, colours=0):
    offset = 54 + len(masks) + len(palette)
    head = struct.pack("<IHHI", offset + len(data), 0, 0, offset)
    size = len(data)
    return (
        b"BM" + head + struct.pack("<IiiHHIIiiII", 40, W, height, 1, bits, compression, size, 0, 0, colours, 0)
        + masks + palette + data
    )


def rows(bits):
    return random.bytes((W * bits + 31) // 32 * 4 * H)


for bits in (1, 4, 8):
    files[f"palette_{bits}bit.bmp"] = bmp(bits, rows(bits), palette=random.bytes(4 << bits))
for bits in (16, 24, 32):
    files[f"{bits}bit.bmp"] = bmp(bits, rows(bits))
files["top_down.bmp"] = bmp(24, rows(24), height=-H)
files["565.bmp"] = bmp(16, rows(16), 3, struct.pack("<III", 0xF800, 0x7E0, 0x1F))
files["short_palette.bmp"] = bmp(8, rows(8), palette=random.bytes(64), colours=16)
runs = b""
for _ in range(H):
    left = W
    while left:
        run = min(int(random.randint(1, 9)), left)
        runs += bytes([run, int(random.randint(0, 256))])
        left -= run
    runs += b"\0\0"
files["rle8.bmp"] = bmp(8, runs + b"\0\1", 1, palette=random.bytes(1024))

# TIFF
for name, image, options in (
    ("plain", picture, {}),
    ("lzw", picture, dict(compression="tiff_lzw")),
    ("deflate", picture, dict(compression="tiff_deflate")),
    ("packbits", picture, dict(compression="packbits")),
    ("gray", picture.convert("L"), {}),
    ("palette", indexed, {}),
    ("bilevel", picture.convert("1"), {}),
    ("group4", picture.convert("1"), dict(compression="group4")),
    ("rgba", picture.convert("RGBA"), {}),
    ("cmyk", picture.convert("CMYK"), {}),
    ("orientation6", picture, dict(tiffinfo={274: 6})),
    ("broken_icc", picture, dict(icc_profile=b"garbage" * 20)),
):
    files[f"{name}.tif"] = encode(image, "TIFF", **options)

# WebP
alpha = picture.convert("L").point(lambda v: max(v, 1))
files["lossless.webp"] = encode(picture, "WEBP", lossless=True)
files["lossless_palette.webp"] = encode(indexed.convert("RGB"), "WEBP", lossless=True)
files["lossless_alpha.webp"] = encode(Image.merge("RGBA", (*picture.split(), alpha)), "WEBP", lossless=True, exact=True)
files["lossless_broken_icc.webp"] = encode(picture, "WEBP", lossless=True, icc_profile=b"garbage" * 9)
files["lossless_animated.webp"] = encode(
    picture, "WEBP", lossless=True, save_all=True, append_images=[picture.rotate(180)]
)
frame = files["lossless.webp"][12:]
vp8x = struct.pack("<4sII", b"VP8X", 10, 2) + struct.pack("<I", 59)[:3] + struct.pack("<I", 49)[:3]
head = struct.pack("<I", 4)[:3] + struct.pack("<I", 3)[:3] + struct.pack("<I", W - 1)[:3] + struct.pack("<I", H - 1)[:3]
anmf = head + struct.pack("<I", 100)[:3] + b"\2" + frame
body = b"WEBP" + vp8x + struct.pack("<4sIIH", b"ANIM", 6, 0, 0) + struct.pack("<4sI", b"ANMF", len(anmf)) + anmf
files["lossless_on_canvas.webp"] = b"RIFF" + struct.pack("<I", len(body)) + body

# Lossy WebP is decoded to within a level or so, so its pixels are kept, as PNG. Both methods take the coder through
# predictions that TwelveMonkeys before 3.15.0 turned into a green picture.
v, u = np.mgrid[0:90, 0:120]
waves = [128 + 90 * np.sin(u / 9), 128 + 90 * np.cos((u + v) / 13), v * 2.5]
soft = Image.fromarray(np.stack(waves, axis=2).astype(np.uint8))
for name, options in (("method1", dict(quality=50, method=1)), ("animated", dict(save_all=True, append_images=[soft.rotate(180)]))):
    data = encode(soft, "WEBP", **options)
    with open(f"lossy/{name}.webp", "wb") as f:
        f.write(data)
    Image.open(io.BytesIO(data)).convert("RGB").save(f"lossy/{name}.png")

with open("expected.tsv", "w") as expected:
    for name, data in sorted(files.items()):
        with open(name, "wb") as f:
            f.write(data)
        rgb = Image.open(name).convert("RGB")
        expected.write(f"{name}\t{rgb.width}\t{rgb.height}\t{hashlib.sha256(rgb.tobytes()).hexdigest()}\n")
