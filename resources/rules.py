"""Rules of the library, pure.

- An item that is published holds what its kind promises: a document its file, a video something to watch.
- A file is what its name says, opens without a password, and may be passed on (plan SL I.2: free of charge; a
  licence that forbids copying allows a link only).
- A video elsewhere is shown inside the page only after a reader asked for it, and only from hosts known to
  show it without a cookie; any other is a plain link.
"""

import re
from urllib.parse import parse_qs, urlsplit

from core.rules import ZIPPED, looks_like
from resources.choices import ItemKind

OLE = b"\xd0\xcf\x11\xe0"
# What lies inside the zip archive that an office file is.
OFFICE_INSIDES = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
EARLIEST_YEAR = 2000
YOUTUBE_HOSTS = {"youtube.com", "m.youtube.com", "youtu.be", "youtube-nocookie.com"}
YOUTUBE_ID = re.compile(r"[\w-]{11}", re.ASCII)
PLAYER_HOST = "https://www.youtube-nocookie.com"

BROKEN = "Tệp bị hỏng, không mở được. Hãy mở lại bằng phần mềm gốc, lưu lại rồi tải lên."
LOCKED = "Tệp có mật khẩu: người học sẽ không mở được. Hãy bỏ mật khẩu, lưu lại rồi tải lên."


def content_problem(
    kind: str,
    *,
    has_file: bool,
    has_media: bool,
    has_link: bool,
    has_picture: bool,
    has_text: bool,
    has_questions: bool = False,
) -> tuple[str, str] | None:
    """What an item of `kind` still lacks, as (field, reason), or None."""
    if kind in (ItemKind.DOCUMENT, ItemKind.SLIDES) and not has_file:
        return "files", "Hãy thêm ít nhất một tệp: loại học liệu này cần tệp để đọc và tải về."
    if kind in (ItemKind.VIDEO, ItemKind.AUDIO) and not (has_media or has_link):
        return "media", "Hãy chọn video, âm thanh của trang, hoặc ghi địa chỉ ở trang khác."
    if kind == ItemKind.COURSE and not has_link:
        return "link", "Khóa học cần địa chỉ để người học mở."
    if kind == ItemKind.INFOGRAPHIC and not (has_picture or has_file):
        return "picture", "Infographic cần hình, hoặc tệp PDF ở phần Tệp."
    has_something = has_file or has_text or has_link
    if kind == ItemKind.QUESTIONS and not (has_something or has_questions):
        return "files", "Hãy lưu bản nháp rồi thêm câu hỏi ở mục Bộ câu hỏi, hoặc thêm tệp."
    if kind == ItemKind.KIT and not has_something:
        return "files", "Hãy thêm tệp, hoặc viết nội dung, để người học có cái dùng ngay."
    return None


def licence_problem(*, has_own_copy: bool, may_copy: bool) -> str | None:
    """Why an item under this licence can't hold files of its own, or None."""
    if has_own_copy and not may_copy:
        return "Giấy phép này không cho sao chép: chỉ đặt liên kết, không đặt tệp lên trang."
    return None


def year_problem(year: int | None, *, this_year: int) -> str | None:
    """Why `year` can't be when something was made, or None."""
    if year is None or EARLIEST_YEAR <= year <= this_year:
        return None
    return f"Năm trong khoảng {EARLIEST_YEAR} đến {this_year}."


def file_problem(extension: str, guessed: str | None, head: bytes) -> str | None:
    """Why a file that begins with `head`, recognised as `guessed`, is no sound `.extension`, or None."""
    if not head:
        return "Tệp rỗng: hãy chọn lại tệp."
    # An office file with a password is wrapped in the old format.
    if extension in ZIPPED and head.startswith(OLE):
        return LOCKED
    if not looks_like(extension, guessed, head):
        return f"Nội dung tệp không phải là .{extension}: tệp bị đổi đuôi hoặc đã hỏng."
    return None


def office_problem(extension: str, names: list[str]) -> str | None:
    """Why an archive that holds `names` is no `.extension`, or None."""
    inside = OFFICE_INSIDES.get(extension)
    if inside is None or any(name.startswith(inside) for name in names):
        return None
    real = next((kind for kind, part in OFFICE_INSIDES.items() if _holds(names, part)), None)
    if real:
        return f"Đây là tệp .{real} bị đổi đuôi thành .{extension}. Hãy đổi lại đúng đuôi."
    return f"Nội dung tệp không phải là .{extension}: tệp bị đổi đuôi hoặc đã hỏng."


def _holds(names: list[str], part: str) -> bool:
    return any(name.startswith(part) for name in names)


def slide_count(names: list[str]) -> int | None:
    """How many slides the archive of a .pptx holds; None for none."""
    return sum(bool(re.fullmatch(r"ppt/slides/slide\d+\.xml", name)) for name in names) or None


def told_pages(properties: bytes) -> int | None:
    """The pages that a .docx tells of itself (`docProps/app.xml`, as last saved by its word processor)."""
    found = re.search(rb"<(?:\w+:)?Pages>\s*(\d{1,5})\s*</", properties)
    return int(found[1]) or None if found else None


def host_of(url: str) -> str:
    """The host of an address as readers know it, without `www.`; "" for nonsense."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def player_address(url: str) -> str:
    """Where a video elsewhere can be shown inside the page; "" when it can't."""
    host = host_of(url)
    if host not in YOUTUBE_HOSTS:
        return ""
    parts = urlsplit(url)
    steps = [step for step in parts.path.split("/") if step]
    named = parse_qs(parts.query).get("v", [""])[0]
    if not named and steps and (host == "youtu.be" or steps[0] in ("embed", "shorts", "live")):
        named = steps[-1]
    return f"{PLAYER_HOST}/embed/{named}" if YOUTUBE_ID.fullmatch(named) else ""


def page_words(extension: str, pages: int | None) -> str:
    """How long a file is, in words: `12 trang`, `20 trang chiếu`; "" when unknown."""
    if not pages:
        return ""
    return f"{pages} trang chiếu" if extension in ("pptx", "odp") else f"{pages} trang"
