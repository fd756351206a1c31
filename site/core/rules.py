"""Rules of the whole site, pure.

- The banner to the movement's national portal stands on every public page (plan CB 1.1, V.1, annex I.I.5:
  every website of the school carries it). Editors may reword, redraw and move it; they can't lose it.
- A school may choose its primary colour as long as words on it and in it can be read (WCAG 2.2, 1.4.3).
- What is uploaded is what its name says.
- A message of a reader says something, and not a whole book.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from core.choices import BannerPlace
from core.text import grouped

NATIONAL_PORTAL = "https://binhdanhocvuso.gov.vn/"
NATIONAL_HOST = "binhdanhocvuso.gov.vn"
MIN_CONTRAST = 4.5
MIN_MESSAGE = 10
MAX_MESSAGE = 5000
PAPER = "#FFFBF5"


@dataclass(frozen=True, slots=True)
class BannerCard:
    """A banner as it is shown."""

    title: str
    text: str
    url: str
    action: str
    place: str = BannerPlace.EVERYWHERE
    image: str = ""
    image_width: int = 0
    image_height: int = 0


NATIONAL_BANNER = BannerCard(
    title="Nền tảng quốc gia Bình dân học vụ số",
    text="Khóa học kỹ năng số miễn phí cho mọi đối tượng, đăng nhập bằng VNeID.",
    url=NATIONAL_PORTAL,
    action="Vào binhdanhocvuso.gov.vn",
)


def is_running(starts: date | None, ends: date | None, today: date) -> bool:
    """Whether `today` lies in the period; both ends belong to it, an empty end is open."""
    return (starts is None or starts <= today) and (ends is None or today <= ends)


def leads_to_national_portal(url: str) -> bool:
    """Whether `url` opens the movement's national portal."""
    host = urlsplit(url).hostname or ""
    return host.removeprefix("www.") == NATIONAL_HOST


def shown_banners(banners: Sequence[BannerCard], *, on_home: bool) -> list[BannerCard]:
    """The banners of a page, in order; the national one is put first when none of them leads there."""
    here = {BannerPlace.EVERYWHERE, BannerPlace.HOME if on_home else BannerPlace.INNER}
    shown = [banner for banner in banners if banner.place in here]
    if not any(leads_to_national_portal(banner.url) for banner in shown):
        shown.insert(0, NATIONAL_BANNER)
    return shown


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two `#rrggbb` colours, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def colour_problem(colour: str) -> str | None:
    """Why `#rrggbb` can't be the primary colour, or None."""
    reached = min(contrast(colour, PAPER), contrast(colour, "#FFFFFF"))
    if reached >= MIN_CONTRAST:
        return None
    shown = f"{reached:.1f}".replace(".", ",")
    return (
        f"Màu này quá nhạt để đọc chữ: độ tương phản chỉ đạt {shown}, cần ít nhất 4,5. "
        "Hãy chọn màu đậm hơn."
    )


def message_problem(message: str) -> str | None:
    """Why `message` can't be sent, or None."""
    length = len(message.strip())
    if length < MIN_MESSAGE:
        return f"Hãy viết rõ hơn một chút, ít nhất {MIN_MESSAGE} chữ cái."
    if length > MAX_MESSAGE:
        typed, most = grouped(length), grouped(MAX_MESSAGE)
        return f"Nội dung dài {typed} chữ cái, nhiều hơn mức {most}. Hãy rút gọn rồi gửi lại."
    return None


EXECUTABLE_SIGNS = (b"MZ", b"\x7fELF", b"#!", b"<!DOCTYPE", b"<html", b"<svg", b"<?xml", b"<script")
ZIPPED = {"docx", "xlsx", "pptx", "odt", "ods", "odp", "zip"}
OLD_OFFICE = {"doc", "xls", "ppt"}
PLAIN = {"csv", "txt"}
SAME_KIND = {
    "jpeg": {"jpg", "jpeg"}, "jpg": {"jpg", "jpeg"}, "m4a": {"m4a", "mp4"}, "mp4": {"mp4", "m4v", "mov"},
    "ogg": {"ogg", "ogv", "oga"}, "webm": {"webm", "mkv"},
}  # fmt: skip


def looks_like(extension: str, guessed: str | None, head: bytes) -> bool:
    """Whether the first bytes `head`, recognised as `guessed`, fit a file named `.extension`."""
    start = head.lstrip()[:16]
    if any(start.lower().startswith(sign.lower()) for sign in EXECUTABLE_SIGNS):
        return False
    if extension in PLAIN:
        return guessed is None and b"\x00" not in head
    if extension in ZIPPED:
        return head.startswith(b"PK")
    if extension in OLD_OFFICE:
        return head.startswith(b"\xd0\xcf\x11\xe0")
    return guessed in SAME_KIND.get(extension, {extension})


def theme_css(colour: str) -> str:
    """The style sheet that makes `#rrggbb` the primary colour; empty for none."""
    return f":root{{--brand:{colour};--brand-deep:{colour}}}\n" if colour else ""
