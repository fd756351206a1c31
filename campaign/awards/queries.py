"""Reads that more than one caller uses: what the rules say of each nominee of a proposal or a round."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from campaign.awards.choices import CriterionFor, NomineeState
from campaign.awards.figures import figures_of
from campaign.awards.models import (
    AwardRound,
    Claim,
    Confirmation,
    Dossier,
    Nominee,
    NomineeConsent,
    NomineePiece,
)
from campaign.awards.quotas import Place, Stand, places
from campaign.awards.recognition_queries import recognised_entries as recognised_entries
from campaign.awards.rules import Criterion, Figures, Outcome, outcome
from campaign.awards.standing import (
    Papers,
    Row,
    alike_among,
    candidate_of,
    claims_of,
    papers_of,
    rows_of,
    standing_in,
)
from campaign.awards.traps import Candidate, Trap, hard, is_child, traps_of
from campaign.units.models import Unit
from core.phones import spoken_phone
from core.text import grouped


@dataclass(frozen=True, eq=False)
class Review:
    """One nominee with everything the rules say of him, worked out when it is asked for.

    `nominee` is the record with its papers where a proposal is read, the plain row where a whole round is.
    """

    nominee: Any
    figures: Figures
    place: Place | None
    checks: "Checks"

    @cached_property
    def outcome(self) -> Outcome:
        """What the criteria say."""
        return self.checks.outcome_of(self.nominee.pk)

    @cached_property
    def traps(self) -> tuple[Trap, ...]:
        """What is wrong, alone and beside others of the round."""
        return self.checks.traps_of(self.nominee.pk)

    @property
    def is_over(self) -> bool:
        """Whether more are proposed than the quota allows awards."""
        return self.place is not None and self.place.is_over

    @property
    def others(self) -> tuple[Stand, ...]:
        """Who else stands under the same quota."""
        return self.place.others(self.nominee.pk) if self.place else ()

    @property
    def hard(self) -> list[str]:
        """What must be mended before the proposal is ready."""
        found = [trap.said for trap in hard(self.traps)]
        return found if self.outcome.is_met else [self.outcome.problem, *found]

    @property
    def soft(self) -> list[str]:
        """What somebody should look at."""
        return [trap.said for trap in self.traps if not trap.is_hard]

    @property
    def is_clear(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.hard


def dossier_rows() -> QuerySet[Dossier]:
    """Proposals with what every page shows of them."""
    return Dossier.objects.select_related("round__owner", "unit", "signed_by")


def nominee_rows() -> QuerySet[Nominee]:
    """Nominees with their papers. Five queries for however many."""
    proofs = NomineePiece.objects.filter(removed_at=None).select_related("criterion", "added_by")
    agreed = NomineeConsent.objects.filter(withdrawn_at=None).select_related("text", "added_by")
    return Nominee.objects.select_related(
        "dossier__round__owner", "dossier__unit", "dossier__signed_by", "person", "unit", "home",
        "individual_report", "collective_report",
    ).prefetch_related(
        Prefetch("claims", queryset=Claim.objects.select_related("criterion")),
        Prefetch("confirmations", queryset=Confirmation.objects.select_related("added_by")),
        Prefetch("consents", queryset=agreed),
        Prefetch("pieces", queryset=proofs),
    )  # fmt: skip


def reviews_of(asked: AwardRound, dossier: Dossier | None = None) -> list[Review]:
    """What the rules say of each nominee of `dossier`, or of the round, with its papers. Queries stay the same.

    Everybody is held against all that stand in the round; of other units' proposals only those handed in.
    """
    told = {one.nominee.pk: one for one in checks_of(asked, dossier)}
    mine = {"dossier": dossier} if dossier else {"dossier__round": asked}
    rows = nominee_rows().filter(**mine).exclude(state=NomineeState.WITHDRAWN)
    return [
        Review(row, one.figures, one.place, one.checks)
        for row in rows.order_by("dossier__unit__path", "pk")
        if (one := told.get(row.pk))
    ]


@dataclass(frozen=True, slots=True)
class Checks:
    """What the rules ask of everybody who stands in a round, read once; a list answers for what it shows."""

    asked: AwardRound
    rows: dict[int, Row]
    papers: Papers
    figures: dict[int, Figures]
    criteria: dict[str, list[Criterion]]
    candidates: dict[int, Candidate]
    alike: Callable[[Candidate], list[Candidate]]

    def outcome_of(self, nominee: int) -> Outcome:
        """One nominee against the criteria."""
        row = self.rows[nominee]
        return outcome(
            self.criteria[side_of(row)], self.figures[nominee], claims_of(row, self.papers),
            needs_report=self.asked.needs_report, needs_more=self.asked.needs_more,
        )  # fmt: skip

    def traps_of(self, nominee: int) -> tuple[Trap, ...]:
        """One nominee beside the others."""
        mine = self.candidates[nominee]
        return tuple(traps_of(mine, self.alike(mine)))


def checks_of(asked: AwardRound, dossier: Dossier | None = None) -> list[Review]:
    """The same on plain rows: of `dossier`, or of the whole round. Some twenty queries, however many stand."""
    standing = standing_in(asked, dossier)
    rows, papers = rows_of(standing), papers_of(standing)
    told, today = figures_of(asked, rows), timezone.localdate()
    nothing: frozenset[int] = frozenset()
    candidates = {
        row.pk: candidate_of(
            row, papers, told.classes.get(row.pk, nothing), asked=asked, today=today
        )
        for row in rows
    }
    checks = Checks(
        asked, {row.pk: row for row in rows}, papers, told.figures, criteria_of(asked), candidates,
        alike_among(candidates.values()),
    )  # fmt: skip
    by_nominee = {
        stand.nominee: place for place in places_in(asked, rows) for stand in place.stands
    }
    return [
        Review(row, told.figures[row.pk], by_nominee.get(row.pk), checks)
        for row in rows
        if dossier is None or row.dossier_id == dossier.pk
    ]


def side_of(row: Any) -> str:
    """Whose criteria a nominee is held against."""
    return CriterionFor.INDIVIDUAL if row.is_individual else CriterionFor.COLLECTIVE


def criteria_of(asked: AwardRound) -> dict[str, list[Criterion]]:
    """The criteria of a round by whom they are for."""
    found: dict[str, list[Criterion]] = {side: [] for side in CriterionFor.values}
    for row in asked.criteria.order_by("number"):
        found[row.for_what].append(row.rule)
    return found


def places_in(asked: AwardRound, rows: Iterable[Row]) -> list[Place]:
    """The quotas that nominees of the round share, each counted at the home that stands for it today."""
    heirs = _heirs(asked)
    sizes: dict[int, int | None] = {}
    stands = []
    for row in rows:
        home = heirs.get(row.home_id, row.home_id) if row.home_id else None
        if home is not None and row.class_size is not None:
            sizes[home] = max(row.class_size, sizes.get(home) or 0)
        stands.append(Stand(row.pk, row.subject, home, row.full_name, row.proposer, _who(row)))
    return places([row.rule for row in asked.quotas.all()], stands, sizes)


def _who(row: Row) -> str:
    """The same for the same person or collective, whoever proposes it."""
    if not row.is_individual:
        return f"u{row.unit_id}"
    # Codes are unique in a school; one typed by hand meets the roster's.
    return f"c{row.code_key}" if row.code_key else (f"p{row.person_id}" if row.person_id else "")


def _heirs(asked: AwardRound) -> dict[int, int]:
    """Of each unit of the school that was merged, the one that stands for it now."""
    ended = dict(
        Unit.objects.filter(institution=asked.owner_id, successor__isnull=False).values_list(
            "pk", "successor"
        )
    )
    found = {}
    for pk in ended:
        heir = ended[pk]
        while heir in ended:
            heir = ended[heir]
        found[pk] = heir
    return found


def report_of(row: Nominee) -> Any:
    """The nominee's achievement report, or None."""
    name = "individual_report" if row.is_individual else "collective_report"
    return getattr(row, name, None)


# What is shown to those alone who handle the proposal (handbook 2e).
PRIVATE = frozenset({"born_on", "phone", "email"})


def is_minor(row: Nominee, day: date) -> bool:
    """Whether the nominee is under 16 on `day`, for all that is known."""
    born = getattr(report_of(row), "born_on", None)
    year = row.person.birth_year if row.person else None
    return row.is_individual and is_child(born, year, day)


def words_told(report: Any, *, personal: bool) -> list[tuple[str, str]]:
    """What an achievement report says, field by field, in words; empty fields are left out."""
    told = []
    for field in report._meta.fields if report else ():
        if field.is_relation or field.name == "version" or (field.name in PRIVATE and not personal):
            continue
        value = getattr(report, field.name)
        if value not in ("", None):
            told.append((str(field.verbose_name), _said(report, field.name, value)))
    return told


def _said(report: Any, name: str, value: Any) -> str:
    if name == "gender":
        return str(report.get_gender_display())
    if name == "phone":
        return spoken_phone(value)
    if name == "declared":
        return f"{grouped(value)} lượt (tự khai)"
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
