"""Figures of nominees, made of confirmed activities alone. A fixed number of queries, however many stand.

A person's figures are his own times served, never a share of a group's total. A collective's are those of its
unit, of what stands below it, of units merged into it, and of activities it hosted together with others.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Sum

from campaign.activities.choices import COUNTED, KindRole
from campaign.activities.models import Activity, MediaLink, Participant, Served
from campaign.awards.choices import CriterionFor, Measure
from campaign.awards.models import AwardCriterion, AwardRound, Nominee
from campaign.awards.rules import Figures, ranks
from campaign.units.models import TeamMember, Unit
from campaign.units.reach import under

IDEAS = "mo-hinh-sang-kien"
# From how many people on a query no longer names them.
MANY = 200
NAMES = ("activities", "served", "local", "ideas", "products")
_SUMS = {
    "local": Q(kind__role__in=[KindRole.CLASS, KindRole.SUPPORT]) & ~Q(local_partner=""),
    "ideas": Q(kind__slug=IDEAS),
    "products": Q(kind__takes_links=True),
}


@dataclass(frozen=True, slots=True)
class Lesson:
    """A skill class as criteria of collectives see it."""

    activity: int
    people: int
    is_for_weak: bool


@dataclass(slots=True)
class Told:
    """Figures by nominee, and the classes each collective counts; `raw` is what they are made of, unranked."""

    figures: dict[int, Figures] = field(default_factory=dict)
    raw: dict[int, dict[str, Any]] = field(default_factory=dict)
    classes: dict[int, frozenset[int]] = field(default_factory=dict)


def figures_of(asked: AwardRound, nominees: Iterable[Any]) -> Told:
    """The figures of each nominee in the round's window, ranked among those alike. Ten queries at most.

    Of a nominee (a record or a plain row) are asked `pk`, `person_id`, `unit_id`, `unit_path`, `is_individual`.
    """
    rows = list(nominees)
    told = Told()
    _people(asked, [row for row in rows if row.person_id], told)
    _collectives(asked, [row for row in rows if row.unit_id], told)
    for individual in (True, False):
        _rank([row for row in rows if row.is_individual is individual], told)
    return told


def _rank(rows: list[Any], told: Told) -> None:
    nothing: dict[str, Any] = {}
    raw = [told.raw.get(row.pk, nothing) for row in rows]
    served = ranks([one.get("served", 0) for one in raw])
    views = ranks([one.get("views") for one in raw])
    for row, one, by_served, by_views in zip(rows, raw, served, views, strict=True):
        told.figures[row.pk] = Figures(
            **one, rank_served=by_served, rank_views=by_views, out_of=len(rows)
        )


def _people(asked: AwardRound, rows: list[Any], told: Told) -> None:
    if not rows:
        return
    people = {row.person_id for row in rows}
    taking = _taking(asked, people)
    # `kind__role` and the like lie one step further from a participant than from an activity.
    sums = {name: Count("pk", filter=_behind(way)) for name, way in _SUMS.items()}
    own = {
        row["person"]: row
        for row in taking.values("person").annotate(
            activities=Count("pk"), served=Sum("served_count"),
            uncounted=Count("pk", filter=Q(served_count__isnull=True, activity__kind__takes_served=True)),
            **sums,
        )
    }  # fmt: skip
    told_views = taking.filter(activity__links__views__isnull=False).values("person")
    views = {
        row["person"]: row["all"] for row in told_views.annotate(all=Sum("activity__links__views"))
    }
    first, last = asked.window
    teams = TeamMember.objects.filter(person__institution=asked.owner_id, starts__lte=last)
    teams = teams.filter(Q(ends__isnull=True) | Q(ends__gte=first)).order_by()
    in_teams = dict(teams.values_list("person").annotate(Count("unit", distinct=True)))
    for row in rows:
        person: Any = row.person_id
        mine: dict[str, Any] = dict(own.get(person, {}))
        told.raw[row.pk] = dict(
            uncounted=mine.get("uncounted", 0), views=views.get(person), teams=in_teams.get(person, 0),
            **{name: mine.get(name) or 0 for name in NAMES},
        )  # fmt: skip


def _taking(asked: AwardRound, people: set[int]) -> Any:
    """Who took part in what counts. Of hundreds, everybody: naming them costs more than adding up.

    By joins, for a subquery of activities was walked once for each of sixty thousand participants.
    """
    rows = Participant.objects.filter(
        activity__institution=asked.owner_id, activity__state__in=COUNTED,
        activity__starts_on__range=asked.window, person__isnull=False,
    )  # fmt: skip
    return (rows.filter(person__in=people) if len(people) <= MANY else rows).order_by()


def _behind(way: Q) -> Q:
    """The condition as it is asked of a row that leads to an activity."""
    moved = Q(_connector=way.connector, _negated=way.negated)
    for child in way.children:
        if isinstance(child, Q):
            moved.children.append(_behind(child))
        else:
            moved.children.append((f"activity__{child[0]}", child[1]))  # type: ignore[index]
    return moved


def _counted(asked: AwardRound) -> Any:
    return Activity.objects.counted().filter(
        institution=asked.owner_id, starts_on__range=asked.window
    )  # fmt: skip


def _collectives(asked: AwardRound, rows: list[Any], told: Told) -> None:
    if not rows:
        return
    counted = _counted(asked).order_by()
    by_unit = counted.values("unit__path").annotate(
        activities=Count("pk"), served=Sum("served_count"),
        **{name: Count("pk", filter=way) for name, way in _SUMS.items()},
    )  # fmt: skip
    sums: dict[str, dict[str, Any]] = {row["unit__path"]: dict(row) for row in by_unit}
    links = MediaLink.objects.filter(activity__in=counted, views__isnull=False).order_by()
    views = dict(links.values_list("activity__unit__path").annotate(Sum("views")))
    lessons = _lessons(asked, counted)
    hosted = _hosted(asked, counted, {row.unit_id for row in rows if row.unit_id})
    own, left_out = tops(asked.owner, rows), _left_out(asked)
    for row in rows:
        mine = [path for path in {*sums, *views, *lessons} if path.startswith(own[row.pk])]
        held = [lesson for path in mine for lesson in lessons.get(path, ())]
        ours = {lesson.activity for lesson in held}
        together = [one for one in hosted.get(row.unit_id or 0, ()) if one.pk not in ours]
        held += [_lesson(one) for one in together if one.kind.role == KindRole.CLASS]
        held = [one for one in held if (row.pk, one.activity) not in left_out]
        seen = [views[path] for path in mine if path in views]
        added = {name: sum(sums.get(path, {}).get(name) or 0 for path in mine) for name in NAMES}
        # A shared activity counts for each host; its times served stay with the one that entered it.
        added["activities"] += sum(not one.unit.path.startswith(own[row.pk]) for one in together)
        told.raw[row.pk] = dict(
            classes=len(held), biggest_class=max((one.people for one in held), default=None),
            weak_classes=sum(one.is_for_weak for one in held), views=sum(seen) if seen else None,
            **added,
        )  # fmt: skip
        told.classes[row.pk] = frozenset(
            one.activity for one in held if one.people >= least_people(asked) or one.is_for_weak
        )


def least_people(asked: AwardRound) -> int:
    """From how many people on a class counts for a collective; one where the round does not ask."""
    known = asked.__dict__.get("_least_people")
    if known is None:
        known = (
            asked.criteria.filter(measure=Measure.BIG_CLASS)
            .values_list("threshold", flat=True)
            .first()
        )
        asked.__dict__["_least_people"] = known = known or 1
    return int(known)


def _with_weak(rows: Any, asked: AwardRound) -> Any:
    weak = AwardCriterion.objects.filter(
        round=asked, for_what=CriterionFor.COLLECTIVE, measure=Measure.CLASS_FOR_WEAK
    ).values("audiences")
    reached = Served.objects.filter(activity=OuterRef("pk"), audience__in=weak)
    return rows.annotate(weak=Exists(reached))


def _lessons(asked: AwardRound, counted: Any) -> Mapping[str, list[Lesson]]:
    """Skill classes by the path of the unit that held them."""
    found: dict[str, list[Lesson]] = defaultdict(list)
    rows = _with_weak(counted.filter(kind__role=KindRole.CLASS), asked)
    for pk, path, people, partner, weak in rows.values_list(
        "pk", "unit__path", "people_count", "local_partner", "weak"
    ):
        found[path].append(Lesson(pk, people or 0, bool(weak and partner)))
    return found


def _lesson(one: Any) -> Lesson:
    return Lesson(one.pk, one.people_count or 0, bool(one.weak and one.local_partner))


def _hosted(asked: AwardRound, counted: Any, units: set[int]) -> Mapping[int, list[Any]]:
    """What each unit hosted together with the one that entered it."""
    found: dict[int, list[Any]] = defaultdict(list)
    shared = Activity.hosts.through.objects.filter(unit__in=units).values("activity")
    rows = _with_weak(counted.filter(pk__in=shared), asked)
    for one in rows.select_related("kind", "unit").prefetch_related("hosts"):
        for host in one.hosts.all():
            found[host.pk].append(one)
    return found


def tops(owner: Unit, rows: list[Any]) -> dict[int, tuple[str, ...]]:
    """Of each collective the paths of its unit and of those merged into it, however long ago."""
    ended = Unit.objects.filter(institution=owner, successor__isnull=False)
    before: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for pk, path, successor in ended.values_list("pk", "path", "successor"):
        before[successor].append((pk, path))
    found = {}
    for row in rows:
        paths, open_ones = [row.unit_path], [row.unit_id]
        while open_ones:
            for pk, path in before.get(open_ones.pop(), ()):
                paths.append(path)
                open_ones.append(pk)
        found[row.pk] = tuple(paths)
    return found


def _left_out(asked: AwardRound) -> set[tuple[int, int]]:
    """Nominees with the skill classes they leave to another collective."""
    chosen = Nominee.left_out.through.objects.filter(nominee__dossier__round=asked)
    return set(chosen.values_list("nominee", "activity"))


def activities_behind(nominee: Nominee) -> Any:
    """The confirmed activities that a nominee's figures are made of, the newest first."""
    asked = nominee.dossier.round
    rows = _counted(asked).select_related("unit", "kind", "commune").order_by("-starts_on", "-pk")
    if nominee.is_individual:
        taken = Participant.objects.filter(person=nominee.person_id, person__isnull=False)
        return rows.filter(pk__in=taken.values("activity"))
    held = Q(pk__in=Activity.hosts.through.objects.filter(unit=nominee.unit_id).values("activity"))
    for path in tops(asked.owner, [nominee])[nominee.pk]:
        held |= under(path, "unit")
    return rows.filter(held)


def lessons_behind(nominee: Nominee) -> Any:
    """The skill classes among them: a collective says which count for it."""
    return activities_behind(nominee).filter(kind__role=KindRole.CLASS)
