"""What an activity must and should say. Pure: values in, problems and warnings out.

A *problem* keeps an activity from being sent; a *warning* is shown and may be right. "Lượt" (times served) and
"người" (distinct people) are two measures: an award asks for 20 lượt of one person (plan SL 4.2.1.1) and for a
class of 30 people (4.2.1.2). A group's total is never credited to each of its members, and groups of people
overlap, so they are never added up.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from core.text import grouped

# More people than this in one class is likelier a slip of the finger: it wants a word of explanation.
MANY_PEOPLE = 1000
MANY_SERVED = 3000
MOST = 999_999
LONGEST = timedelta(days=31)
_NUMBER = re.compile(
    r"^(\d{1,3}(?:[. ]\d{3})+|\d+)\s*(?:lượt người|lượt|người|ng|em|bà con|hộ)?\.?$"
)


@dataclass(frozen=True, slots=True)
class Takes:
    """What a kind of activity asks for."""

    people: bool = True
    served: bool = False
    place: bool = True
    subject: bool = False
    links: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """A member who took part, with his own times served; None: not told."""

    key: str
    name: str
    served: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """An activity as it was told."""

    title: str = ""
    takes: Takes = Takes()
    starts_on: date | None = None
    starts_at: time | None = None
    ends_on: date | None = None
    ends_at: time | None = None
    commune: str = ""
    place: str = ""
    content: str = ""
    people: int | None = None
    people_na: bool = False
    served: int | None = None
    served_na: bool = False
    why_many: str = ""
    subject: str = ""
    periods: int | None = None
    links: int = 0
    groups: tuple[tuple[str, int | None], ...] = ()
    shares: tuple[Share, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """Problems and warnings, by field; "" is the whole."""

    problems: dict[str, str] = field(default_factory=dict)
    warnings: dict[str, str] = field(default_factory=dict)


def read_count(typed: object) -> int | None:
    """A count as people type it: `30`, `1.200`, `30 người`, `20 lượt`; empty is None.

    ValueError, in words for the field, for anything else: what is not understood is never guessed.
    """
    text = unicodedata.normalize("NFC", str(typed if typed is not None else "")).strip().casefold()
    if not text:
        return None
    if text.startswith("-"):
        raise ValueError("Số không được âm.")
    found = _NUMBER.match(text)
    if not found:
        raise ValueError("Hãy ghi một số, ví dụ 30.")
    number = int(re.sub(r"\D", "", found.group(1)))
    if number > MOST:
        raise ValueError("Số này quá lớn.")
    return number


def count_problem(
    number: int | None, *, not_applicable: bool, needed: bool, noun: str
) -> str | None:
    """Why a count can't stand, or None. Empty, nought and not applicable are three things."""
    if not_applicable and number is not None:
        return f"Đã ghi số {noun} thì bỏ chọn “không áp dụng”."
    if needed and number is None and not not_applicable:
        return f"Hãy ghi số {noun}; không có ai thì ghi 0."
    if number is not None and not 0 <= number <= MOST:
        return f"Số {noun} không đúng."
    return None


def day_problems(
    starts: date | None,
    ends: date | None,
    *,
    today: date,
    starts_at: time | None = None,
    ends_at: time | None = None,
) -> dict[str, str]:
    """What is wrong with the days: none, in the future, turned round, too long."""
    if starts is None:
        return {"starts_on": "Hãy ghi ngày."}
    last = ends or starts
    if starts > today or last > today:
        where = "starts_on" if starts > today else "ends_on"
        return {where: "Ngày này chưa tới: chỉ ghi việc đã làm."}
    if last < starts:
        return {"ends_on": "Ngày kết thúc trước ngày bắt đầu."}
    if last == starts and starts_at and ends_at and ends_at <= starts_at:
        return {"ends_at": "Giờ kết thúc phải sau giờ bắt đầu."}
    if last - starts > LONGEST:
        return {"ends_on": "Một hoạt động dài nhất một tháng: hãy ghi từng đợt."}
    return {}


def judge(told: Told, *, today: date, campaign: tuple[date | None, date | None]) -> Verdict:
    """Everything that keeps the activity from being sent, and everything worth a second look."""
    verdict = Verdict()
    verdict.problems.update(
        day_problems(
            told.starts_on,
            told.ends_on,
            today=today,
            starts_at=told.starts_at,
            ends_at=told.ends_at,
        )
    )
    _judge_words(told, verdict)
    _judge_counts(told, verdict)
    if problem := shares_problem(told.shares, told.served):
        verdict.problems["shares"] = problem
    begins, ends = campaign
    day = told.starts_on
    if day and ((begins and day < begins) or (ends and day > ends)):
        verdict.warnings["starts_on"] = "Ngày này nằm ngoài thời gian của phong trào."
    return verdict


def _judge_words(told: Told, verdict: Verdict) -> None:
    if not told.title.strip():
        verdict.problems["title"] = "Hãy ghi tên hoạt động."
    if told.takes.place and not told.commune and not told.place.strip():
        verdict.problems["commune"] = "Hãy chọn xã, phường hoặc ghi địa điểm."
    if told.takes.subject and not told.subject.strip():
        verdict.problems["subject"] = "Hãy ghi môn học."
    if told.takes.links and not told.links:
        verdict.problems["links"] = "Hãy ghi ít nhất một đường dẫn tới sản phẩm."
    if told.periods is not None and not 1 <= told.periods <= 500:
        verdict.problems["periods"] = "Số tiết từ 1 đến 500."
    if not told.content.strip():
        verdict.warnings["content"] = "Chưa ghi nội dung: người xác nhận sẽ khó biết đã làm gì."


def _judge_counts(told: Told, verdict: Verdict) -> None:
    for name, number, left_out, needed, noun, many in (
        ("people", told.people, told.people_na, told.takes.people, "người", MANY_PEOPLE),
        ("served", told.served, told.served_na, told.takes.served, "lượt", MANY_SERVED),
    ):
        problem = count_problem(number, not_applicable=left_out, needed=needed, noun=noun)
        if problem:
            verdict.problems[name] = problem
        elif number is not None and number >= many and not told.why_many.strip():
            verdict.problems["why_many"] = (
                f"{grouped(number)} {noun} trong một hoạt động là rất nhiều: "
                "hãy ghi vì sao, hoặc xem lại con số."
            )
    if told.people is not None and told.served is not None and told.served < told.people:
        verdict.problems["served"] = (
            "Mỗi người được hỗ trợ ít nhất một lượt: số lượt không ít hơn số người."
        )
    for group, number in told.groups:
        if number is not None and told.people is not None and number > told.people:
            verdict.problems["groups"] = (
                f"Nhóm “{group}” có {number} người, nhiều hơn tổng {told.people}."
            )


def shares_problem(shares: Sequence[Share], served: int | None) -> str | None:
    """Why the members' own counts can't stand, or None: nobody twice, and together not more than all."""
    keys = [share.key for share in shares]
    if len(keys) != len(set(keys)):
        twice = next(share.name for share in shares if keys.count(share.key) > 1)
        return f"{twice} được ghi hai lần."
    own = own_total(shares)
    if served is not None and own > served:
        return f"Từng người cộng lại là {own} lượt, nhiều hơn {served} lượt của cả hoạt động."
    return None


def own_total(shares: Iterable[Share]) -> int:
    """The members' own counts together; what is not told adds nothing."""
    return sum(share.served or 0 for share in shares)


def decider(
    way: Sequence[int], deciding: Mapping[int, Collection[int]], authors: Collection[int]
) -> int | None:
    """The first unit on the `way` up that has somebody to decide who is none of the `authors`; None: nobody.

    Nobody confirms his own entry: what a head enters himself goes to the unit above.
    """
    for unit in way:
        if any(user not in authors for user in deciding.get(unit, ())):
            return unit
    return None


@dataclass(frozen=True, slots=True)
class Held:
    """When and where something was held, for telling whether two records are one."""

    starts_on: date
    ends_on: date | None = None
    starts_at: time | None = None
    ends_at: time | None = None
    commune: int | None = None
    place: str = ""


def may_be_one(one: Held, other: Held) -> bool:
    """Whether two activities of a kind may be one: days shared, hours not apart, the same place.

    Empty hours and places tell nothing apart; but without commune and place nothing is alike either.
    `place` comes folded.
    """
    if one.starts_on > (other.ends_on or other.starts_on):
        return False
    if other.starts_on > (one.ends_on or one.starts_on):
        return False
    if one.commune and other.commune and one.commune != other.commune:
        return False
    if one.place and other.place:
        if one.place != other.place:
            return False
    elif not (one.commune and one.commune == other.commune):
        return False
    return not _hours_apart(one, other)


def _hours_apart(one: Held, other: Held) -> bool:
    """Whether hours of the same first day, where both were told, leave no moment in common."""
    if one.starts_at is None or other.starts_at is None or one.starts_on != other.starts_on:
        return False
    mine = (one.starts_at, one.ends_at or one.starts_at)
    others = (other.starts_at, other.ends_at or other.starts_at)
    first, second = sorted((mine, others))
    return first[1] <= second[0] and first[0] != second[0]
