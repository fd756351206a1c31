"""Criteria: what a nominee's figures say of each. Pure; counts are of *lượt* (times) or *người* (people).

Figures come from confirmed activities. What somebody declares beyond them is marked, wants evidence, and never
meets a criterion by itself: the standing office looks at it. What a plan leaves to judgement ("đạt kết quả
cao", "có sức lan tỏa") is never answered by the check: the council gets the figures and the rank.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from campaign.awards.choices import AUTOMATIC, Answer, Measure
from core.text import grouped


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of a round, with the clause of the plan that says it.

    `threshold` is the least that meets it, in what its measure counts; None where it is judged.
    """

    number: int
    text: str
    clause: str
    measure: str
    threshold: int | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """What confirmed activities say of one nominee. None is unknown, nought is none.

    `uncounted`: activities in which nobody counted his own times. `rank` is among nominees alike, 1 the most.
    """

    activities: int = 0
    served: int = 0
    uncounted: int = 0
    classes: int = 0
    biggest_class: int | None = None
    weak_classes: int = 0
    local: int = 0
    ideas: int = 0
    products: int = 0
    views: int | None = None
    teams: int = 0
    rank_served: int | None = None
    rank_views: int | None = None
    out_of: int = 0


@dataclass(frozen=True, slots=True)
class Claims:
    """What the report adds: declared times, with or without evidence; criteria claimed; confirmations."""

    declared: int | None = None
    has_proof: bool = False
    claimed: frozenset[int] = frozenset()
    by_place: bool = False
    by_unit: bool = False
    is_written: bool = False
    # The unit's head has still to sign the proposal, and by that confirms.
    is_before_signing: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What the check says of one criterion: the answer, the value against the threshold, and why."""

    criterion: Criterion
    answer: str
    value: str
    note: str = ""

    @property
    def label(self) -> str:
        """The answer in words."""
        return Answer(self.answer).label


def check(criterion: Criterion, told: Figures, claims: Claims) -> Finding:
    """Hold one nominee against one criterion."""
    if criterion.measure == Measure.REPORT:
        return _report(criterion, claims)
    if criterion.measure not in AUTOMATIC or criterion.threshold is None:
        return _judged(criterion, told, claims)
    if criterion.measure == Measure.SERVED:
        return _served(criterion, told, claims)
    if criterion.measure == Measure.BIG_CLASS:
        number, unit = told.biggest_class or 0, "người trong lớp đông nhất"
    else:
        number, unit = told.weak_classes, "lớp"
    answer = Answer.MET if number >= criterion.threshold else Answer.NOT_MET
    return Finding(criterion, answer, f"{_against(number, criterion.threshold)} {unit}")


def _served(criterion: Criterion, told: Figures, claims: Claims) -> Finding:
    threshold = criterion.threshold or 0
    value = f"{_against(told.served, threshold)} lượt"
    note = f"{told.uncounted} hoạt động chưa ghi số lượt riêng." if told.uncounted else ""
    if told.served >= threshold:
        return Finding(criterion, Answer.MET, value, note)
    declared = claims.declared or 0
    if declared:
        value += f", tự khai thêm {grouped(declared)}"
        if not claims.has_proof:
            note = "Số tự khai cần có minh chứng."
        elif told.served + declared >= threshold:
            return Finding(
                criterion, Answer.JUDGED, value, "Số tự khai có minh chứng: chờ thẩm tra."
            )
    return Finding(criterion, Answer.NOT_MET, value, note)


def _report(criterion: Criterion, claims: Claims) -> Finding:
    missing = []
    if not claims.is_written:
        missing.append("chưa viết xong báo cáo")
    if not claims.by_place:
        missing.append("thiếu xác nhận nơi tham gia")
    if not claims.by_unit and not claims.is_before_signing:
        missing.append("thiếu xác nhận của trưởng đơn vị")
    note = ", ".join(missing)
    if not missing and not claims.by_unit:
        note = "trưởng đơn vị xác nhận khi ký duyệt tờ trình"
    answer = Answer.NOT_MET if missing else Answer.MET
    value = f"{claims.by_place + claims.by_unit}/2 xác nhận"
    return Finding(criterion, answer, value, f"{note[:1].upper()}{note[1:]}")


def _judged(criterion: Criterion, told: Figures, claims: Claims) -> Finding:
    value = figure_words(criterion.measure, told)
    if criterion.number in claims.claimed:
        return Finding(criterion, Answer.JUDGED, value)
    return Finding(criterion, Answer.NOT_MET, value, "Chưa nêu thành tích ở tiêu chí này.")


def figure_words(measure: str, told: Figures) -> str:
    """The figures that the council gets for a criterion it judges."""
    if measure == Measure.TEAM:
        return f"{told.teams} đội, {told.activities} hoạt động đã xác nhận"
    if measure == Measure.LOCAL_SUPPORT:
        return f"{told.local} hoạt động phối hợp với địa phương"
    if measure == Measure.IDEA:
        return f"{told.ideas} mô hình, sáng kiến đã xác nhận"
    if measure == Measure.MEDIA:
        views = "chưa khai lượt xem" if told.views is None else f"{grouped(told.views)} lượt xem"
        return f"{told.products} sản phẩm, {views}{_rank(told.rank_views, told.out_of)}"
    if measure == Measure.MOST_SERVED:
        return f"{grouped(told.served)} lượt{_rank(told.rank_served, told.out_of)}"
    return f"{told.activities} hoạt động đã xác nhận"


def _rank(rank: int | None, out_of: int) -> str:
    return "" if rank is None else f", thứ {rank} trong {out_of}"


def _against(number: int, threshold: int) -> str:
    return f"{grouped(number)}/{grouped(threshold)}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What all findings together say: whether the nominee may be proposed, and why not."""

    findings: tuple[Finding, ...]
    is_met: bool
    problem: str = ""

    @property
    def met(self) -> int:
        """How many criteria are met by figures alone."""
        return sum(finding.answer == Answer.MET for finding in self.findings)

    @property
    def judged(self) -> int:
        """How many wait for the council."""
        return sum(finding.answer == Answer.JUDGED for finding in self.findings)


def outcome(
    criteria: Iterable[Criterion],
    told: Figures,
    claims: Claims,
    *,
    needs_report: bool = True,
    needs_more: bool = True,
) -> Outcome:
    """At least one criterion met, or for the council to judge (plan SL 4.2.1).

    The plan names the confirmed report both as a criterion and as a paper of the dossier (handbook §1L):
    `needs_report` makes it a must, `needs_more` says that it alone is not enough.
    """
    findings = tuple(check(criterion, told, claims) for criterion in criteria)
    report = next((one for one in findings if one.criterion.measure == Measure.REPORT), None)
    if needs_report and report is not None and report.answer != Answer.MET:
        return Outcome(findings, False, f"Báo cáo thành tích chưa đủ: {lower_first(report.note)}.")
    if needs_report and report is None and not claims.is_written:
        # A collective's report is no criterion, but its paper all the same (plan SL, annex, form 3).
        return Outcome(findings, False, "Chưa viết xong báo cáo thành tích.")
    standing = [
        one
        for one in findings
        if one.answer in (Answer.MET, Answer.JUDGED)
        and not (needs_more and one.criterion.measure == Measure.REPORT)
    ]
    if not standing:
        return Outcome(findings, False, "Chưa đạt hoặc chưa nêu tiêu chí nào; cần ít nhất một.")
    return Outcome(findings, True)


def lower_first(text: str) -> str:
    """The text with a small first letter, to go on within a sentence."""
    return f"{text[:1].lower()}{text[1:]}"


def ranks(values: Sequence[int | None]) -> list[int | None]:
    """The place of each value, the greatest first; equals share one, and None has none."""
    places: dict[int, int] = {}
    told = sorted((value for value in values if value is not None), reverse=True)
    for place, value in enumerate(told, start=1):
        places.setdefault(value, place)
    return [None if value is None else places[value] for value in values]
