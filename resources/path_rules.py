"""Rules of programmes and collections, pure.

- A step is one thing to do: an item of the library, or a course elsewhere with name and address; never both.
- What it costs in time is said only where it is known: a sum of some steps is "at least", never a promise.
- A step has a name of its own that survives publishing, drafts and a change of order: a learner's ticks, which
  are kept on his device alone, hang on it.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

HOUR = 60
SCHEMES = ("https", "http")
KEY_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Span:
    """How long a path takes: the minutes that are known, and whether some steps tell none."""

    minutes: int
    is_least: bool

    @property
    def words(self) -> str:
        """As a reader says it; "" when nothing is known."""
        if not self.minutes:
            return ""
        return f"{'ít nhất' if self.is_least else 'khoảng'} {time_words(self.minutes)}"


def time_words(minutes: int) -> str:
    """`45 phút`, `2 giờ`, `1 giờ 30 phút`."""
    hours, rest = divmod(minutes, HOUR)
    parts = [f"{hours} giờ"] if hours else []
    if rest or not hours:
        parts.append(f"{rest} phút")
    return " ".join(parts)


def span_of(minutes: Iterable[int | None]) -> Span:
    """The time of steps that take these `minutes`; None is not known."""
    told = list(minutes)
    known = [value for value in told if value]
    return Span(sum(known), len(known) < len(told))


def step_problem(*, has_item: bool, title: str, url: str) -> tuple[str, str] | None:
    """What is wrong with a step, as (field, reason), or None."""
    if has_item and (title or url):
        field = "url" if url else "title"
        return (
            field,
            "Bước này đã là một học liệu của thư viện: hãy để trống phần khóa học ở nơi khác.",
        )
    if has_item:
        return None
    if not title and not url:
        return (
            "item",
            "Hãy chọn một học liệu của thư viện, hoặc ghi tên và địa chỉ khóa học ở nơi khác.",
        )
    if not title:
        return "title", "Hãy ghi tên khóa học."
    if not url:
        return "url", "Hãy ghi địa chỉ để người học mở khóa học."
    return None if is_web_address(url) else ("url", "Địa chỉ bắt đầu bằng https:// hoặc http://.")


def is_web_address(url: str) -> bool:
    """Whether this can be opened by a reader's browser as a page."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in SCHEMES and bool(parts.hostname)


def doubled(keys: Sequence[str]) -> list[int]:
    """Places of steps that stood earlier already: a tick could not tell them apart."""
    seen: set[str] = set()
    places = []
    for place, key in enumerate(keys):
        if key in seen:
            places.append(place)
        seen.add(key)
    return places


def step_key(item: int | None, url: str) -> str:
    """The name of a step on a learner's device: of the item, or of the address elsewhere."""
    if item:
        return f"h{item}"
    return "k" + hashlib.sha256(url.encode()).hexdigest()[:KEY_DIGITS]
