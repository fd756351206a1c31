"""The public self-check: ask, mark, print. No account, no script; nothing of anybody is kept.

All questions stand on one page under one button: a step for each would ask for ten answers of the network,
and for remembering what was said before. Ten at most, so that a small telephone scrolls to the end.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from counters.visits import counts_as_view
from resources.choices import TICKED, ItemKind, QuestionKind
from resources.models import BankQuestion, LibraryItemPage
from resources.questions.marking import LONGEST_TYPED, Mark, mark
from resources.questions.picking import AT_ONCE, is_seed, picked, places
from resources.questions.rules import Question, matches, pairs
from resources.services import count_sheet

SALT = "resources.self-check"
OPEN_SECONDS = 24 * 60 * 60
MOST_AGAIN = AT_ONCE
# More nobody prints at once; the workbook holds them all.
MOST_PRINTED = 200
# The order of answers on paper that names none.
PAPER = "giay"


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose, as it is sent and as it is read."""

    value: str
    label: str
    is_right: bool = False
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class PairRow:
    """One line of a matching question: what was put there, what belongs there."""

    name: str
    text: str
    wanted: str
    given: str = ""
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a page shows it."""

    number: int
    pk: int
    name: str
    kind: str
    question: Question
    options: list[Option]
    rows: list[PairRow]
    mark: Mark | None = None

    @property
    def is_ticked(self) -> bool:
        """Whether it is answered by ticking."""
        return self.kind in TICKED

    @property
    def is_multiple(self) -> bool:
        """Whether several may be ticked."""
        return self.kind == QuestionKind.MULTIPLE


def question_count(item: LibraryItemPage) -> int:
    """How many questions the item has to check oneself with."""
    return item.questions.count() if item.pk and item.kind == ItemKind.QUESTIONS else 0


def new_seed() -> str:
    """A seed for an address."""
    return secrets.token_hex(4)


def self_check(item: LibraryItemPage, request: HttpRequest) -> HttpResponse:
    """`tu-kiem-tra/`: the questions, or what became of the answers."""
    known = _numbers_of(item)
    seed = request.GET.get("de", "")
    if not is_seed(seed):
        return redirect(f"{request.path}?{urlencode({'de': new_seed()})}")
    again = _again(request.GET.get("cau", ""), known)
    wanted = again or picked(known, seed)
    if request.method == "POST":
        return _marked(item, request, seed, wanted)
    asked = [_asked(row, n, seed) for n, row in enumerate(_rows(item, wanted), start=1)]
    context = {
        "asked": asked,
        "count": len(known),
        "seed": seed,
        "is_again": bool(again),
        "longest": LONGEST_TYPED,
        "token": signing.dumps(_token(item, wanted, is_again=bool(again)), salt=SALT),
    }
    return _rendered(item, request, "check", context)


def printed(item: LibraryItemPage, request: HttpRequest) -> HttpResponse:
    """`tu-kiem-tra/in/`: the same questions on paper, the answers on a sheet of their own."""
    known = _numbers_of(item)
    seed = request.GET.get("de", "")
    seed = seed if is_seed(seed) else PAPER
    is_all = request.GET.get("ca-bo") == "1"
    wanted = known[:MOST_PRINTED] if is_all else picked(known, seed)
    asked = [_asked(row, n, seed) for n, row in enumerate(_rows(item, wanted), start=1)]
    context = {"asked": asked, "count": len(known), "seed": seed, "is_all": is_all}
    return _rendered(item, request, "print", context)


def sheet_of(item: LibraryItemPage) -> list[Asked]:
    """All questions of the bank, for a page that is taken away."""
    rows = item.questions.whole()[:MOST_PRINTED]
    return [_asked(row, n, PAPER) for n, row in enumerate(rows, start=1)]


def _rendered(
    item: LibraryItemPage, request: HttpRequest, name: str, context: dict[str, Any]
) -> HttpResponse:
    response = item.render(
        request, template=f"resources/questions/{name}.html", context_overrides=context
    )
    # A shared telephone must not show the next reader what the last one answered.
    response["Cache-Control"] = "no-store"
    return response


def _numbers_of(item: LibraryItemPage) -> list[int]:
    known = list(item.questions.values_list("pk", flat=True)) if question_count(item) else []
    if not known:
        raise Http404
    return known


def _again(asked: str, known: Sequence[int]) -> list[int]:
    """The questions named in the address that the bank has."""
    named = [int(part) for part in asked[:400].split(".") if part.isascii() and part.isdigit()]
    return [pk for pk in dict.fromkeys(named) if pk in set(known)][:MOST_AGAIN]


def _rows(item: LibraryItemPage, wanted: Sequence[int]) -> list[BankQuestion]:
    rows = {row.pk: row for row in item.questions.whole().filter(pk__in=wanted)}
    return [rows[pk] for pk in wanted if pk in rows]


def _token(item: LibraryItemPage, wanted: Sequence[int], *, is_again: bool) -> dict[str, Any]:
    """What the form carries: a key to be counted once, and which questions it shows."""
    key = "" if is_again else secrets.token_hex(16)
    return {"key": key, "item": item.pk, "asked": wanted, "at": int(timezone.now().timestamp())}


def _asked(row: BankQuestion, number: int, seed: str, given: Sequence[str] | None = None) -> Asked:
    question = row.as_question()
    done = mark(question, given) if given is not None else None
    order = places(question, seed)
    name = f"c{row.pk}"
    if question.kind == QuestionKind.MATCHING:
        options = [Option(str(place), matches(question)[place]) for place in order]
        rows = _pair_rows(question, name, options, done)
    else:
        options = [_option(question, place, done) for place in order]
        rows = []
    return Asked(number, row.pk, name, question.kind, question, options, rows, done)


def _option(question: Question, place: int, done: Mark | None) -> Option:
    answer = question.answers[place]
    is_chosen = done is not None and place in done.chosen
    return Option(str(place), answer.text, answer.is_right, is_chosen)


def _pair_rows(
    question: Question, name: str, options: list[Option], done: Mark | None
) -> list[PairRow]:
    letters = {option.label: chr(ord("A") + n) for n, option in enumerate(options)}
    given = done.matched if done else ()
    return [
        PairRow(
            name=f"{name}-{n}",
            text=pair.text,
            wanted=pair.match,
            given=given[n] if n < len(given) else "",
            letter=letters[pair.match],
        )
        for n, pair in enumerate(pairs(question))
    ]


def _marked(
    item: LibraryItemPage, request: HttpRequest, seed: str, wanted: Sequence[int]
) -> HttpResponse:
    token = _read_token(request, item)
    # What was shown is what is marked, also when the bank has grown since.
    rows = _rows(item, token["asked"] if token else wanted)
    asked = [_asked(row, n, seed, _given(row, request)) for n, row in enumerate(rows, start=1)]
    marks = {one.pk: one.mark for one in asked if one.mark}
    if token and token["key"]:
        _count(request, token, marks)
    wrong = [one.pk for one in asked if not (one.mark and one.mark.is_right)]
    right = len(asked) - len(wrong)
    context = {
        "asked": asked,
        "right": right,
        "share": right / len(asked) if asked else 0,
        "wrong": ".".join(map(str, wrong)),
        "seed": seed,
        "new_seed": new_seed(),
        "is_larger": question_count(item) > len(asked),
    }
    return _rendered(item, request, "result", context)


def _given(row: BankQuestion, request: HttpRequest) -> list[str]:
    name = f"c{row.pk}"
    if row.kind != QuestionKind.MATCHING:
        return request.POST.getlist(name)
    count = len(pairs(row.as_question()))
    return [request.POST.get(f"{name}-{n}", "") for n in range(count)]


def _read_token(request: HttpRequest, item: LibraryItemPage) -> dict[str, Any] | None:
    try:
        token: dict[str, Any] = signing.loads(request.POST.get("phieu", ""), salt=SALT)
    except signing.BadSignature:
        return None
    return token if token["item"] == item.pk else None


def _count(request: HttpRequest, token: dict[str, Any], marks: dict[int, Mark]) -> None:
    """Add the sheet to the sums, unless a program or the staff sent it, or it lay open for a day."""
    age = timezone.now().timestamp() - token["at"]
    if age > OPEN_SECONDS or not counts_as_view(request):
        return
    try:
        count_sheet(token["key"], marks, day=timezone.localdate())
    except DatabaseError:
        # Sums are worth less than the reader's result.
        return
