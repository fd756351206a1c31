"""Rules of the register of documents, pure.

- Numbers are compared without marks, case, spaces and signs (handbook 1L, 2g): `106 kh tcktnvcb` is
  `106/KH-TCKTNVCB`. The plans write the Ministry's own abbreviation in several ways (BGDĐT, BGDDT, SGDDĐT,
  BGĐT): they count as one. A leading zero, which Nghị định 30/2020 asks for below ten, changes nothing.
- Numbers begin anew every year: a number is one document's within its issuer and year.
- Whether a document is in force is never typed: it follows from its dates, from what replaces, amends or
  ends it, and from the day it is looked at.
- A document can't replace, amend or end one that, over any number of steps, does so to itself.
- A Party document is public only with a note on what allows it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from core.text import clean, fold

FIRST_DAY = date(1945, 9, 2)
RUN = re.compile(r"[a-z]+|[0-9]+")
EDUCATION = re.compile(r"gd+t")
MAX_TOKENS = 12


def number_key(number: str) -> str:
    """What a number is compared by: folded, letters a–z and digits alone, no zero before a figure."""
    runs = RUN.findall(fold(clean(number)))
    return EDUCATION.sub("gddt", "".join(run.lstrip("0") if run.isdigit() else run for run in runs))


def number_tokens(typed: str) -> list[str]:
    """The parts of a typed number in order, each as it stands in a key: `kh 106` → kh, 106."""
    keys = [number_key(run) for run in RUN.findall(fold(clean(typed)))]
    return list(dict.fromkeys(key for key in keys if key))[:MAX_TOKENS]


def leading_figure(typed: str) -> str:
    """The first figure of what was typed, or nothing: the part of a number people remember best."""
    return next((token for token in number_tokens(typed) if token.isdigit()), "")


def number_spellings(number: str) -> str:
    """The ways a number may be typed, for the search index: its parts, its key, the key without figures."""
    runs = RUN.findall(fold(clean(number)))
    variants = [
        EDUCATION.sub(spelling, run) for run in runs for spelling in ("gdt", "gddt", "gdddt")
    ]
    key = number_key(number)
    bare = [run.lstrip("0") for run in runs if run.isdigit()]
    return " ".join(
        dict.fromkeys(part for part in (*variants, *bare, key, key.lstrip("0123456789")) if part)
    )


def number_problem(number: str) -> str | None:
    """Why `number` can't be one, or None; an empty one is missing, not wrong."""
    if number and not any(char.isdigit() for char in number_key(number)):
        return "Số, ký hiệu phải có chữ số. Chưa biết số thì để trống, trang sẽ ghi là chưa có số."
    return None


def double_problem(year: int | None, others: Sequence[int | None]) -> tuple[str, str] | None:
    """At which field, and why, a number can't be given once more by its issuer; `others` are their years."""
    if not others:
        return None
    if year is None and None not in others:
        years = ", ".join(str(other) for other in sorted(filter(None, others)))
        return "issue_date", (
            f"Số này của cơ quan này đã có trong danh mục (năm {years}). "
            "Hãy ghi ngày ban hành: số được đánh lại từ đầu mỗi năm."
        )
    if year in others:
        when = f" trong năm {year}" if year else ""
        return "number", f"Văn bản có số này của cơ quan này{when} đã có trong danh mục."
    if None in others:
        return "number", (
            "Văn bản có số này của cơ quan này đã có trong danh mục nhưng chưa ghi ngày ban hành. "
            "Hãy ghi ngày cho văn bản đó trước, để biết hai văn bản khác năm nhau."
        )
    return None


def date_problems(
    issued: date | None, effective: date | None, expired: date | None
) -> dict[str, str]:
    """What is impossible about the dates, by field."""
    problems = {}
    if issued and issued < FIRST_DAY:
        problems["issue_date"] = "Ngày ban hành quá xa: hãy xem lại năm."
    if issued and effective and effective < issued:
        problems["effective_date"] = "Ngày hiệu lực không thể trước ngày ban hành."
    begun = effective or issued
    if begun and expired and expired < begun:
        problems["expired_on"] = "Ngày hết hiệu lực không thể trước ngày có hiệu lực."
    return problems


def disclosure_problem(*, is_public: bool, is_party: bool, note: str) -> str | None:
    """Why a document can't be public, or None."""
    if is_public and is_party and not note.strip():
        return (
            "Văn bản của Đảng không mặc nhiên được công khai. Hãy ghi rõ căn cứ cho phép công khai "
            "(ví dụ: đã đăng trên báo, cổng thông tin nào), hoặc để phạm vi Nội bộ."
        )
    return None


Edge = tuple[int, int]


def chain_between(edges: Iterable[Edge], start: int, end: int) -> list[int] | None:
    """The shortest way from `start` to `end` along `edges`, both ends included, or None."""
    onward: dict[int, list[int]] = {}
    for source, target in edges:
        onward.setdefault(source, []).append(target)
    ways = {start: [start]}
    ahead = [start]
    while ahead:
        reached = []
        for node in ahead:
            for following in onward.get(node, []):
                if following == end:
                    return [*ways[node], end]
                if following not in ways:
                    ways[following] = [*ways[node], following]
                    reached.append(following)
        ahead = reached
    return None


def circle_made(edges: Iterable[Edge], source: int, target: int) -> list[int] | None:
    """The circle that the step from `source` to `target` would close over `edges`, or None."""
    if source == target:
        return [source, source]
    back = chain_between(edges, target, source)
    return [source, *back] if back else None


def circle_problem(names: Sequence[str]) -> str:
    """What is said of a circle, naming each document on the way."""
    return (
        f"Quan hệ bị vòng tròn: {' → '.join(names)}. "
        "Văn bản không thể thay thế, sửa đổi hay làm hết hiệu lực văn bản đã làm vậy với chính nó."
    )


def order_problem(source_issued: date | None, target_issued: date | None) -> str | None:
    """Why a document can't replace, amend or end another by their days of issue, or None."""
    if source_issued and target_issued and source_issued < target_issued:
        return (
            f"Văn bản này ban hành ngày {target_issued:%d/%m/%Y}, sau văn bản đang nhập: "
            "văn bản ra trước không thể thay thế, sửa đổi hay làm hết hiệu lực văn bản ra sau."
        )
    return None


@dataclass(frozen=True, slots=True)
class Later:
    """A later document that bears on this one: its name, empty for who may not see it, and its first day."""

    name: str
    effective: date | None = None

    def begun(self, today: date) -> bool:
        """Whether it already works; an unknown day counts as begun, since the document is registered."""
        return self.effective is None or self.effective <= today


@dataclass(frozen=True, slots=True)
class State:
    """How a document stands on a day: a key for its look, a sentence, and what else is to be known."""

    key: str
    text: str
    notes: tuple[str, ...] = ()


def state_on(
    today: date,
    *,
    effective: date | None,
    expired: date | None = None,
    replaced_by: Sequence[Later] = (),
    ended_by: Sequence[Later] = (),
    amended_by: Sequence[Later] = (),
) -> State:
    """How a document stands on `today`."""
    amended = [later for later in amended_by if later.begun(today)]
    notes = (
        [_by("Được sửa đổi, bổ sung bởi", "Đã được sửa đổi, bổ sung", amended)] if amended else []
    )
    notes += [
        _by("Sẽ được thay thế bằng", "Sẽ được thay thế", [later]) + f" từ {_day(later.effective)}"
        for later in replaced_by
        if not later.begun(today)
    ]
    replaced = [later for later in replaced_by if later.begun(today)]
    if replaced:
        text = _by("Đã được thay thế bằng", "Đã được thay thế", replaced)
        notes = [f"Hết hiệu lực từ {_day(expired)}"] if expired else []
        return State("replaced", text, tuple(notes))
    ended = [later for later in ended_by if later.begun(today)]
    if ended or (expired and expired <= today):
        since = f"Hết hiệu lực từ {_day(expired)}" if expired else "Hết hiệu lực"
        return State("ended", _by(f"{since} theo", since, ended) if ended else since)
    if expired:
        notes.append(f"Hết hiệu lực từ {_day(expired)}")
    if effective is None:
        return State("unknown", "Chưa rõ ngày hiệu lực", tuple(notes))
    if effective > today:
        return State("coming", f"Chưa có hiệu lực, có hiệu lực từ {_day(effective)}", tuple(notes))
    return State("amended" if amended else "working", "Còn hiệu lực", tuple(notes))


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else "ngày chưa rõ"


def _by(named: str, unnamed: str, laters: Sequence[Later]) -> str:
    names = [later.name for later in laters if later.name]
    return f"{named} {', '.join(names)}" if names else unnamed


@dataclass(frozen=True, slots=True)
class Dated:
    """A version of a form: its place in the list, and since when it is the one to use."""

    index: int
    since: date


def current_version(versions: Sequence[Dated], today: date) -> int | None:
    """Which version is to be used on `today`: the newest that has begun, or None."""
    begun = [version for version in versions if version.since <= today]
    return max(begun, key=lambda version: (version.since, version.index)).index if begun else None
