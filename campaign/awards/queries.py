"""Reads that more than one caller uses: what the rules say of each nominee of a proposal or a round."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from campaign.awards.choices import (
    EDITABLE,
    SEEN_BY_OFFICE,
    ConfirmedBy,
    CriterionFor,
    Measure,
    NomineeState,
    Subject,
)
from campaign.awards.figures import Told, figures_of
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
from campaign.awards.quotas import Place, Stand, places
from campaign.awards.recognition_queries import recognised_entries as recognised_entries
from campaign.awards.rules import Claims, Criterion, Figures, Outcome, outcome
from campaign.awards.traps import Candidate, Trap, hard, is_child, traps_of
from campaign.units.models import Unit
from campaign.units.rules import code_key
from core.text import fold


@dataclass(frozen=True, slots=True)
class Review:
    """One nominee with everything the rules say of him."""

    nominee: Nominee
    figures: Figures
    outcome: Outcome
    traps: tuple[Trap, ...]
    place: Place | None

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
    def is_clear(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.hard


def dossier_rows() -> QuerySet[Dossier]:
    """Proposals with what every page shows of them."""
    return Dossier.objects.select_related("round__owner", "unit", "signed_by")


def nominee_rows() -> QuerySet[Nominee]:
    """Nominees with what the rules ask of them. Five queries for however many."""
    proofs = NomineePiece.objects.filter(removed_at=None).select_related("criterion")
    agreed = NomineeConsent.objects.filter(withdrawn_at=None).select_related("text")
    return Nominee.objects.select_related(
        "dossier__round", "dossier__unit", "person", "unit", "home", "individual_report",
        "collective_report",
    ).prefetch_related(
        Prefetch("claims", queryset=Claim.objects.select_related("criterion")),
        Prefetch("confirmations", queryset=Confirmation.objects.select_related("added_by")),
        Prefetch("consents", queryset=agreed),
        Prefetch("pieces", queryset=proofs),
    )  # fmt: skip


def standing_in(asked: AwardRound, dossier: Dossier | None = None) -> list[Nominee]:
    """Nominees that count in a round: of what was handed in, and of `dossier` itself, draft or not."""
    seen = Q(dossier__state__in=SEEN_BY_OFFICE)
    if dossier is not None:
        seen |= Q(dossier=dossier)
    rows = nominee_rows().filter(seen, dossier__round=asked)
    return list(rows.exclude(state=NomineeState.WITHDRAWN).order_by("dossier__unit__path", "pk"))


def reviews_of(asked: AwardRound, dossier: Dossier | None = None) -> list[Review]:
    """What the rules say of each nominee of `dossier`, or of the whole round. A fixed number of queries.

    Everybody is held against all that stand in the round; of other units' proposals only those handed in.
    """
    rows = standing_in(asked, dossier)
    told = figures_of(asked, rows)
    criteria = criteria_of(asked)
    candidates = {row.pk: _candidate(row, told) for row in rows}
    alike = _alike(candidates.values())
    by_nominee = {
        stand.nominee: place for place in places_in(asked, rows) for stand in place.stands
    }
    return [
        Review(
            row, told.figures[row.pk],
            outcome(
                criteria[_side(row)], told.figures[row.pk], claims_of(row),
                needs_report=asked.needs_report, needs_more=asked.needs_more,
            ),
            tuple(traps_of(candidates[row.pk], alike(candidates[row.pk]))),
            by_nominee.get(row.pk),
        )
        for row in rows
        if dossier is None or row.dossier_id == dossier.pk
    ]  # fmt: skip


def _side(row: Nominee) -> str:
    return CriterionFor.INDIVIDUAL if row.is_individual else CriterionFor.COLLECTIVE


def criteria_of(asked: AwardRound) -> dict[str, list[Criterion]]:
    """The criteria of a round by whom they are for."""
    found: dict[str, list[Criterion]] = {side: [] for side in CriterionFor.values}
    for row in asked.criteria.order_by("number"):
        found[row.for_what].append(row.rule)
    return found


def places_in(asked: AwardRound, rows: Iterable[Nominee]) -> list[Place]:
    """The quotas that nominees of the round share, each counted at the home that stands for it today."""
    heirs = _heirs(asked)
    sizes: dict[int, int | None] = {}
    stands = []
    for row in rows:
        home = heirs.get(row.home_id, row.home_id) if row.home_id else None
        if home is not None and row.class_size is not None:
            sizes[home] = max(row.class_size, sizes.get(home) or 0)
        stands.append(Stand(row.pk, row.subject, home, row.full_name, str(row.dossier.unit)))
    return places([row.rule for row in asked.quotas.all()], stands, sizes)


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


def claims_of(row: Nominee) -> Claims:
    """What the nominee's papers add to the figures."""
    report = report_of(row)
    confirmed = {one.by_whom for one in row.confirmations.all()}
    proofs = list(row.pieces.all())
    served = [one for one in proofs if one.criterion and one.criterion.measure == Measure.SERVED]
    return Claims(
        declared=report.declared if report else None,
        has_proof=bool(served),
        claimed=frozenset(one.criterion.number for one in row.claims.all()),
        by_place=ConfirmedBy.PLACE in confirmed,
        by_unit=ConfirmedBy.UNIT in confirmed,
        is_written=bool(report and report.is_written),
        is_before_signing=row.dossier.state in EDITABLE,
    )


def _candidate(row: Nominee, told: Told) -> Candidate:
    report, person, today = report_of(row), row.person, timezone.localdate()
    confirmed = {one.by_whom for one in row.confirmations.all()}
    child = row.is_individual and is_child(
        getattr(report, "born_on", None), person.birth_year if person else None, today
    )
    agreed = [one for one in row.consents.all() if one.text.purpose == PUBLISH]
    is_here = person is not None and (person.left_on is None or person.left_on >= today)
    if not row.is_individual:
        is_here = row.unit is not None
    return Candidate(
        row.pk, row.dossier_id, row.full_name, str(row.dossier.unit), row.is_individual,
        person=row.person_id, unit=row.unit_id, code_key=code_key(row.code),
        name_key=" ".join(fold(row.full_name).split()), is_present=is_here,
        wants_size=row.subject == Subject.STUDENT, size=row.class_size,
        is_confirmed=ConfirmedBy.PLACE in confirmed,
        # Where the round makes the confirmed report a must, its finding says so already.
        wants_confirmation=not row.dossier.round.needs_report and row.is_individual,
        is_child=child, may_publish=any(one.is_guardian for one in agreed),
        classes=told.classes.get(row.pk, frozenset()),
    )  # fmt: skip


def _alike(candidates: Iterable[Candidate]) -> Any:
    """Finds those a candidate may be caught with, without holding each against each."""
    known: dict[tuple[str, Any], list[Candidate]] = {}
    for one in candidates:
        for sign in _signs(one):
            known.setdefault(sign, []).append(one)

    def found(mine: Candidate) -> list[Candidate]:
        met = {other.nominee: other for sign in _signs(mine) for other in known[sign]}
        return [met[pk] for pk in sorted(met)]

    return found


def _signs(one: Candidate) -> list[tuple[str, Any]]:
    if one.is_individual:
        told = [("person", one.person), ("code", one.code_key), ("name", one.name_key)]
        return [sign for sign in told if sign[1]]
    return [("unit", one.unit), *(("class", pk) for pk in sorted(one.classes))]
