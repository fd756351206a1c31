"""Who stands in a round, as plain rows: what rules ask of thousands of nominees, in a fixed number of queries.

Whole records of Django cost ten times as much, and a check list reads every nominee of a round for its ranks,
quotas and twins.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from campaign.awards.choices import (
    EDITABLE,
    INDIVIDUALS,
    SEEN_BY_OFFICE,
    ConfirmedBy,
    Measure,
    NomineeState,
    Subject,
)
from campaign.awards.models import (
    AwardRound,
    Claim,
    Confirmation,
    Dossier,
    Nominee,
    NomineeConsent,
    NomineePiece,
)
from campaign.awards.purposes import PUBLISH
from campaign.awards.rules import Claims
from campaign.awards.traps import Candidate, is_child

# Greater than nothing, since "not empty" is true of a report that is not there at all.
_WRITTEN = {
    "person_wrote": Q(individual_report__process__gt="", individual_report__self_assessment__gt=""),
    "group_wrote": Q(
        collective_report__process__gt="", collective_report__representative__gt="",
        collective_report__members__gt=0,
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One nominee, as far as rules and lists ask."""

    pk: int
    dossier_id: int
    subject: str
    state: str
    full_name: str
    name_key: str
    code_key: str
    home_id: int | None
    home_name: str
    faculty_name: str
    class_size: int | None
    person_id: int | None
    unit_id: int | None
    unit_path: str | None
    proposer_id: int
    proposer: str
    dossier_state: str
    birth_year: int | None
    left_on: date | None
    born_on: date | None
    person_declared: int | None
    group_declared: int | None
    person_wrote: bool | None
    group_wrote: bool | None

    @property
    def is_individual(self) -> bool:
        """Whether it is a person."""
        return self.subject in INDIVIDUALS

    def __str__(self) -> str:
        return self.full_name


_COLUMNS = (
    "pk", "dossier_id", "subject", "state", "full_name", "name_key", "code_key", "home_id", "home_name",
    "faculty_name", "class_size", "person_id", "unit_id", "unit__path", "dossier__unit_id",
    "dossier__unit__name", "dossier__state", "person__birth_year", "person__left_on",
    "individual_report__born_on", "individual_report__declared", "collective_report__declared",
    *_WRITTEN,
)  # fmt: skip


def standing_in(asked: AwardRound, dossier: Dossier | None = None) -> QuerySet[Nominee]:
    """Nominees that count in a round: of what was handed in, and of `dossier` itself, draft or not."""
    seen = Q(dossier__state__in=SEEN_BY_OFFICE)
    if dossier is not None:
        seen |= Q(dossier=dossier)
    rows = Nominee.objects.filter(seen, dossier__round=asked)
    return rows.exclude(state=NomineeState.WITHDRAWN)


def rows_of(standing: QuerySet[Nominee]) -> list[Row]:
    """The plain rows of those that stand, in the order of the units that propose them. One query."""
    told = {
        name: ExpressionWrapper(way, output_field=BooleanField()) for name, way in _WRITTEN.items()
    }
    rows = standing.annotate(**told).order_by("dossier__unit__path", "pk")
    return [Row(*values) for values in rows.values_list(*_COLUMNS)]


@dataclass(slots=True)
class Papers:
    """Which nominees have which papers."""

    by_place: set[int] = field(default_factory=set)
    by_unit: set[int] = field(default_factory=set)
    proven: set[int] = field(default_factory=set)
    guarded: set[int] = field(default_factory=set)
    claimed: dict[int, set[int]] = field(default_factory=dict)


def papers_of(standing: QuerySet[Nominee]) -> Papers:
    """What confirmations, claims, proofs and consents there are. Four queries, however many nominees."""
    told, among = Papers(), standing.order_by().values("pk")
    for nominee, by_whom in Confirmation.objects.filter(nominee__in=among).values_list(
        "nominee", "by_whom"
    ):
        (told.by_place if by_whom == ConfirmedBy.PLACE else told.by_unit).add(nominee)
    for nominee, number in Claim.objects.filter(nominee__in=among).values_list(
        "nominee", "criterion__number"
    ):
        told.claimed.setdefault(nominee, set()).add(number)
    proofs = NomineePiece.objects.filter(
        nominee__in=among, removed_at=None, criterion__measure=Measure.SERVED
    )
    told.proven.update(proofs.order_by().values_list("nominee", flat=True))
    agreed = NomineeConsent.objects.filter(
        nominee__in=among, withdrawn_at=None, is_guardian=True, text__purpose=PUBLISH
    )
    told.guarded.update(agreed.order_by().values_list("nominee", flat=True))
    return told


def claims_of(row: Row, papers: Papers) -> Claims:
    """What a nominee's papers add to the figures."""
    is_one = row.is_individual
    return Claims(
        declared=row.person_declared if is_one else row.group_declared,
        has_proof=row.pk in papers.proven,
        claimed=frozenset(papers.claimed.get(row.pk, ())),
        by_place=row.pk in papers.by_place,
        by_unit=row.pk in papers.by_unit,
        is_written=bool(row.person_wrote if is_one else row.group_wrote),
        is_before_signing=row.dossier_state in EDITABLE,
    )


def candidate_of(
    row: Row, papers: Papers, classes: frozenset[int], *, asked: AwardRound, today: date
) -> Candidate:
    """A nominee as the traps see him."""
    is_one = row.is_individual
    is_here = row.person_id is not None and (row.left_on is None or row.left_on >= today)
    return Candidate(
        row.pk, row.dossier_id, row.full_name, row.proposer, is_one,
        person=row.person_id, unit=row.unit_id, code_key=row.code_key, name_key=row.name_key,
        is_present=is_here if is_one else row.unit_id is not None,
        wants_size=row.subject == Subject.STUDENT, size=row.class_size,
        is_confirmed=row.pk in papers.by_place,
        # Where the round makes the confirmed report a must, its finding says so already.
        wants_confirmation=not asked.needs_report and is_one,
        is_child=is_one and is_child(row.born_on, row.birth_year, today),
        may_publish=row.pk in papers.guarded, classes=classes,
    )  # fmt: skip


def alike_among(candidates: Iterable[Candidate]) -> Callable[[Candidate], list[Candidate]]:
    """Finds those a candidate may be caught with, without holding each against each."""
    known: dict[tuple[str, Any], list[Candidate]] = {}
    for one in candidates:
        for sign in _signs(one):
            known.setdefault(sign, []).append(one)

    def found(mine: Candidate) -> list[Candidate]:
        met = {other.nominee: other for sign in _signs(mine) for other in known[sign]}
        return [met[pk] for pk in sorted(met)] if len(met) > 1 else []

    return found


def _signs(one: Candidate) -> list[tuple[str, Any]]:
    if one.is_individual:
        told = [("person", one.person), ("code", one.code_key), ("name", one.name_key)]
        return [sign for sign in told if sign[1]]
    return [("unit", one.unit), *(("class", pk) for pk in sorted(one.classes))]
