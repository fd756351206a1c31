"""Photos made fit to keep."""

import io
import math
import os
import random
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFilter
from pillow_heif import from_pillow

from files.photos import (
    ALIKE,
    BANDS,
    KEPT_SIDE,
    BadPhoto,
    alike,
    bands_of,
    difference,
    likeness_of,
    take_photo,
)

GPS = 0x8825
ORIENTATION = 0x0112
MODEL = 0x0110


TAKE = """
import resource, sys
from files.photos import take_photo
data = open(sys.argv[1], "rb").read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
photo = take_photo(data)
print(photo.width, before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def scene(seed: int, size: tuple[int, int] = (1600, 1200)) -> Image.Image:
    """A picture with large and small shapes and some grain, another for each seed."""
    rng = random.Random(seed)
    picture = Image.linear_gradient("L").resize(size).convert("RGB")
    draw = ImageDraw.Draw(picture)
    for _ in range(60):
        x, y = rng.randrange(size[0]), rng.randrange(size[1])
        r = rng.randrange(20, 300)
        colour = tuple(rng.randrange(256) for _ in range(3))
        draw.ellipse((x - r, y - r // 2, x + r, y + r // 2), fill=colour)
    grain = Image.effect_noise(size, 30).convert("RGB")
    return Image.blend(picture, grain, 0.15).filter(ImageFilter.SMOOTH)


def packed(picture: Image.Image, kind: str = "JPEG", **more) -> bytes:
    """A picture as a file."""
    out = io.BytesIO()
    picture.save(out, kind, **more)
    return out.getvalue()


def test_place_time_and_device_are_gone_and_the_photo_stands_upright():
    exif = Image.Exif()
    exif[ORIENTATION], exif[MODEL] = 6, "Điện thoại Mẫu"
    exif.get_ifd(GPS)[2] = (21.0, 5.0, 12.0)
    data = packed(scene(1, (800, 600)), exif=exif)
    assert b"Exif" in data
    photo = take_photo(data)
    assert (photo.width, photo.height) == (600, 800)
    for kept in (photo.data, photo.thumb):
        assert b"Exif" not in kept
        assert b"http://ns.adobe.com/xap" not in kept
        assert dict(Image.open(io.BytesIO(kept)).getexif()) == {}


def test_a_large_photo_is_made_smaller_and_a_small_one_left():
    large = take_photo(packed(scene(2, (4000, 3000))))
    assert max(large.width, large.height) == KEPT_SIDE
    assert len(large.thumb) < len(large.data)
    small = take_photo(packed(scene(2, (640, 480))))
    assert (small.width, small.height) == (640, 480)


def test_sixty_megapixels_come_in_little_memory(tmp_path):
    large = tmp_path / "large.jpg"
    Image.effect_noise((10_000, 6_000), 60).convert("RGB").save(large, quality=60)
    # In a process of its own: the highest mark of this one is long past.
    taken = subprocess.run(
        [sys.executable, "-c", TAKE, str(large)], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    width, before, after = map(int, taken.stdout.split())
    assert width == KEPT_SIDE
    # Whole it would be 180 MB.
    assert after - before < 60 * 1024


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_kinds_become_jpeg(kind):
    photo = take_photo(packed(scene(3, (640, 480)), kind))
    assert Image.open(io.BytesIO(photo.data)).format == "JPEG"


def test_heic_of_an_iphone_is_taken():
    out = io.BytesIO()
    from_pillow(scene(4, (640, 480))).save(out)
    photo = take_photo(out.getvalue())
    assert Image.open(io.BytesIO(photo.data)).format == "JPEG"


def test_what_was_clear_becomes_white():
    clear = Image.new("RGBA", (200, 200), (0, 0, 0, 0))
    photo = take_photo(packed(clear, "PNG"))
    assert Image.open(io.BytesIO(photo.data)).getpixel((100, 100)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "rỗng"),
        (b"%PDF-1.7\n%...", "không phải ảnh"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "không phải ảnh"),
        (packed(Image.new("RGB", (200, 200)), "BMP"), "Chỉ nhận ảnh"),
        (packed(Image.new("RGB", (200, 60))), "quá nhỏ"),
        (packed(scene(5, (640, 480)))[:9000], "hỏng"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "hỏng"),
    ],
)
def test_refused_with_a_reason(data, said):
    with pytest.raises(BadPhoto, match=said):
        take_photo(data)


def test_too_many_pixels_are_refused_before_they_are_decoded():
    data = packed(Image.new("1", (40_000, 4_000)), "PNG")
    with (
        pytest.warns(Image.DecompressionBombWarning),
        pytest.raises(BadPhoto, match="triệu điểm ảnh"),
    ):
        take_photo(data)


@pytest.mark.parametrize("seed", range(8))
def test_copies_are_alike_and_others_are_not(seed):
    first = take_photo(packed(scene(seed), quality=92))
    half = scene(seed).resize((800, 600))
    for copy in (packed(scene(seed), quality=35), packed(half, quality=70), packed(half, "WEBP")):
        assert alike(first.likeness, take_photo(copy).likeness)
    other = take_photo(packed(scene(seed + 100)))
    assert not alike(first.likeness, other.likeness)


def test_a_white_wall_is_like_nothing():
    plain = take_photo(packed(Image.new("RGB", (640, 480), "white")))
    assert plain.likeness is None
    assert not alike(plain.likeness, plain.likeness)


@given(st.integers(0, 2**64 - 1), st.sets(st.integers(0, 63), max_size=ALIKE))
def test_alike_photos_share_a_band(likeness, turned):
    other = likeness
    for bit in turned:
        other ^= 1 << bit
    assert difference(likeness, other) == len(turned)
    shared = [a == b for a, b in zip(bands_of(likeness), bands_of(other), strict=True)]
    assert len(shared) == BANDS
    assert any(shared)


def test_the_hash_is_of_light_and_dark():
    ramp = Image.linear_gradient("L").rotate(90).resize((900, 800))
    assert likeness_of(ramp) in (0, 2**64 - 1)
    assert math.log2(likeness_of(ramp) + 1) in (0, 64)
