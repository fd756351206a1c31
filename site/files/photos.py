"""Photos as telephones make them, made fit to keep: upright, smaller, without what they tell of the place.

Everything a camera writes beside the picture (place, time, device, the little preview) goes; only the colour
profile stays. Alike photos are known by a difference hash: each bit says whether a patch is darker than its
neighbour, so recompressing or resizing moves few of them. Written here in ten lines: the libraries for it bring
NumPy, SciPy and PyWavelets, some 150 MB, for the same bits.
"""

import io
from dataclasses import dataclass

from PIL import Image, ImageOps, ImageStat, UnidentifiedImageError
from pillow_heif import register_heif_opener

register_heif_opener()

LARGEST_BYTES = 40 * 1024 * 1024
LARGEST_PIXELS = 120_000_000
SMALLEST_SIDE = 120
KEPT_SIDE = 2000
THUMB_SIDE = 480
QUALITY = 82
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
# Grid of patches: each is compared with its right neighbour.
_GRID = 8
BITS = _GRID * _GRID
BAND_BITS = 8
BANDS = BITS // BAND_BITS
# A near copy differs in fewer bits than there are bands, so one band at least is the same: an index finds it.
ALIKE = BANDS - 1
# Less contrast than this (a white wall, a black screen) says nothing of likeness.
_FLAT = 4.0


class BadPhoto(Exception):
    """Why a photo can't be taken, in words."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo as it is kept: JPEG bytes, a thumbnail, its size, and its hash (None: too plain to compare)."""

    data: bytes
    thumb: bytes
    width: int
    height: int
    likeness: int | None


def take_photo(data: bytes) -> Photo:
    """The photo fit to keep. BadPhoto when it is empty, broken, no photo, too small or too large."""
    if not data:
        raise BadPhoto("Ảnh rỗng (0 byte): hãy chọn lại ảnh.")
    if len(data) > LARGEST_BYTES:
        raise BadPhoto("Ảnh nặng hơn 40 MB: hãy chụp lại với cỡ ảnh thường.")
    picture = _opened(data)
    try:
        picture = _upright(picture)
    except (OSError, SyntaxError, ValueError, MemoryError) as broken:
        raise BadPhoto("Ảnh bị hỏng giữa chừng: hãy chọn lại ảnh gốc.") from broken
    profile = picture.info.get("icc_profile")
    kept = _fitted(picture, KEPT_SIDE)
    return Photo(
        data=_jpeg(kept, profile),
        thumb=_jpeg(_fitted(kept, THUMB_SIDE), profile),
        width=kept.width,
        height=kept.height,
        likeness=likeness_of(kept),
    )


def _opened(data: bytes) -> Image.Image:
    try:
        picture = Image.open(io.BytesIO(data))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as unknown:
        raise BadPhoto(
            "Tệp này không phải ảnh JPG, PNG, WEBP hay HEIC, hoặc đã hỏng, hoặc bị đổi đuôi."
        ) from unknown
    except Image.DecompressionBombError as bomb:
        raise BadPhoto(_too_many()) from bomb
    if picture.format not in FORMATS:
        raise BadPhoto("Chỉ nhận ảnh JPG, PNG, WEBP hoặc HEIC.")
    if picture.width * picture.height > LARGEST_PIXELS:
        raise BadPhoto(_too_many())
    if min(picture.size) < SMALLEST_SIDE:
        raise BadPhoto(f"Ảnh quá nhỏ: cạnh ngắn phải từ {SMALLEST_SIDE} điểm ảnh.")
    # A JPEG is decoded at a fraction of its size at once: 60 megapixels never come into memory.
    picture.draft("RGB", (KEPT_SIDE, KEPT_SIDE))
    return picture


def _too_many() -> str:
    return (
        f"Ảnh lớn hơn {LARGEST_PIXELS // 1_000_000} triệu điểm ảnh: hãy chụp lại với cỡ ảnh thường."
    )


def _upright(picture: Image.Image) -> Image.Image:
    """Turned as the camera was held, on white where it was clear."""
    turned = ImageOps.exif_transpose(picture)
    profile = picture.info.get("icc_profile")
    if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info:
        clear = turned.convert("RGBA")
        turned = Image.new("RGB", clear.size, "white")
        turned.paste(clear, mask=clear.getchannel("A"))
    elif turned.mode != "RGB":
        # A profile of another colour space (print, grey) would falsify RGB.
        turned, profile = turned.convert("RGB"), None
    else:
        turned.load()
    turned.info = {"icc_profile": profile} if profile else {}
    return turned


def _fitted(picture: Image.Image, side: int) -> Image.Image:
    fitted = picture.copy()
    fitted.thumbnail((side, side), Image.Resampling.LANCZOS)
    return fitted


def _jpeg(picture: Image.Image, profile: bytes | None) -> bytes:
    # A new picture from the bare pixels: nothing that was written beside them comes along.
    bare = Image.frombytes("RGB", picture.size, picture.tobytes())
    out = io.BytesIO()
    bare.save(
        out, "JPEG", quality=QUALITY, optimize=True, progressive=True, icc_profile=profile or b""
    )
    return out.getvalue()


def likeness_of(picture: Image.Image) -> int | None:
    """64 bits that stay nearly the same when a photo is recompressed or resized; None for a plain one."""
    small = picture.convert("L").resize((_GRID + 1, _GRID), Image.Resampling.LANCZOS)
    if ImageStat.Stat(small).stddev[0] < _FLAT:
        return None
    pixels = small.tobytes()
    bits = 0
    for row in range(_GRID):
        for column in range(_GRID):
            at = row * (_GRID + 1) + column
            bits = bits << 1 | (pixels[at] < pixels[at + 1])
    return bits


def difference(one: int, other: int) -> int:
    """In how many bits two hashes differ."""
    return (one ^ other).bit_count()


def bands_of(likeness: int) -> tuple[int, ...]:
    """The hash in pieces, for an index: two alike photos share at least one piece, at its place."""
    mask = (1 << BAND_BITS) - 1
    return tuple(likeness >> BAND_BITS * band & mask for band in range(BANDS))


def alike(one: int | None, other: int | None) -> bool:
    """Whether two photos are copies of one another, as far as their hashes tell."""
    return one is not None and other is not None and difference(one, other) <= ALIKE
