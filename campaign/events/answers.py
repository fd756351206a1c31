"""Three questions after an event: who may answer when, and what is told of the answers."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaign.events.choices import Able, Useful
from campaign.events.models import Event, EventAnswer
from campaign.events.rules import answers_problem
from campaign.results.suppression import SMALLEST
from core.cache import renew
from core.text import clean
from core.workdays import months_before
from privacy.registry import Purpose

# What people wrote is read for the next event, and then forgotten; the two ticks stay as numbers.
WISH_MONTHS = 24
MOST_WISHES = 100

WISHES = Purpose(
    key="y-kien-su-kien",
    title="Ý kiến về sự kiện",
    why="Để buổi sau tốt hơn. Phiếu không hỏi tên; xin đừng viết tên hay số điện thoại của ai vào phiếu.",
    fields=("hai ô đánh dấu và một câu viết tự do, không gắn với người nào",),
    recipients="Đơn vị tổ chức; trang công khai chỉ có con số chung.",
    basis="Nhiệm vụ của nhà trường trong tổ chức phong trào.",
    keep_months=WISH_MONTHS,
    kept_from="ngày gửi; sau đó câu viết tự do được xóa",
    purge=lambda now: purge_wishes(now),
)


@dataclass(frozen=True, slots=True)
class Told:
    """Answers of one event, counted."""

    count: int = 0
    useful: tuple[tuple[str, int], ...] = ()
    able: tuple[tuple[str, int], ...] = ()
    liked: int = 0
    can: int = 0


def answer_event(
    event: Event, *, useful: str, able: str, wish: str, key: UUID, now: datetime
) -> EventAnswer:
    """Keep one sheet; the same `key` again gives the first. ValidationError before the day, and long after."""
    known = EventAnswer.objects.filter(key=key).first()
    if known:
        return known
    day = timezone.localtime(now).date()
    if problem := answers_problem(event.state, event.starts_on, event.ends_on, day):
        raise ValidationError(problem)
    try:
        with transaction.atomic():
            made = EventAnswer.objects.create(
                event=event, key=key, useful=Useful(useful), able=Able(able),
                wish=" ".join(clean(wish).split()), day=day,
            )  # fmt: skip
            renew()
    except IntegrityError:
        return EventAnswer.objects.get(key=key)
    return made


def answers_of(event: Event) -> Told:
    """How the answers add up. One query."""
    rows = list(event.answers.order_by().values_list("useful", "able"))
    useful, able = Counter(row[0] for row in rows), Counter(row[1] for row in rows)
    return Told(
        len(rows),
        tuple((label, useful[value]) for value, label in Useful.choices),
        tuple((label, able[value]) for value, label in Able.choices),
        liked=useful[Useful.VERY] + useful[Useful.SOME],
        can=able[Able.ALONE],
    )


def public_words(told: Told) -> str:
    """One sentence for everybody; nothing where a few could be told apart."""
    said = [
        f"{count} người {words}"
        for count, words in (
            (told.liked, "thấy có ích"),
            (told.can, "đã tự làm được việc vừa học"),
        )
        if _is_safe(count, told.count)
    ]
    return f"{told.count} người góp ý: {', '.join(said)}." if said else ""


def _is_safe(count: int, all_of: int) -> bool:
    """Neither those counted nor the others are so few that somebody is told apart."""
    rest = all_of - count
    return all_of >= SMALLEST and all(part == 0 or part >= SMALLEST for part in (count, rest))


def purge_wishes(now: datetime) -> int:
    """Forget what was written long ago; how many sheets."""
    before = months_before(now, WISH_MONTHS).date()
    return EventAnswer.objects.filter(day__lt=before).exclude(wish="").update(wish="")


def wishes_of(event: Event) -> Iterable[tuple[date, str]]:
    """What people wrote, the latest first."""
    rows = event.answers.exclude(wish="").values_list("day", "wish")
    return list(rows[:MOST_WISHES])
