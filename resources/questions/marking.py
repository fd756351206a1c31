"""Marking: what was given in, right or wrong out. Pure.

- A question is right as a whole or not at all; what was right in part is shown, not counted.
- A short answer may leave marks out (`Ha Noi` for `Hà Nội`), may place a tone as the old or the new school
  does (`hoà`, `hòa`), and may differ in case, spaces and signs. It may not carry marks that the accepted
  answer lacks: another mark makes another word.
- Whatever is sent is taken or forgotten, never an error.
"""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from core.text import MENDED, fold, words
from resources.choices import QuestionKind
from resources.questions.rules import Question, line, matches, pairs

LONGEST_TYPED = 200


@dataclass(frozen=True, slots=True)
class Mark:
    """What became of an answer; `chosen` are places of answers, `matched` what was put to each pair."""

    is_answered: bool
    is_right: bool
    chosen: tuple[int, ...] = ()
    typed: str = ""
    matched: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def mark(question: Question, given: Sequence[str]) -> Mark:
    """Mark what was `given`: places of ticked answers, a typed line, or for each pair a place of `matches`."""
    if question.kind == QuestionKind.SHORT:
        return _mark_typed(question, given)
    if question.kind == QuestionKind.MATCHING:
        return _mark_matched(question, given)
    return _mark_ticked(question, given)


def _place(value: str, count: int) -> int | None:
    if not (value.isascii() and value.isdigit() and len(value) < 4):
        return None
    return int(value) if int(value) < count else None


def _mark_ticked(question: Question, given: Sequence[str]) -> Mark:
    places = [_place(value, len(question.answers)) for value in given]
    chosen = sorted({place for place in places if place is not None})
    if question.kind != QuestionKind.MULTIPLE:
        chosen = chosen[:1]
    right = [place for place, answer in enumerate(question.answers) if answer.is_right]
    remarks = [question.answers[place].feedback for place in chosen]
    return Mark(
        bool(chosen),
        chosen == right,
        chosen=tuple(chosen),
        remarks=tuple(remark for remark in remarks if remark),
    )


def _mark_typed(question: Question, given: Sequence[str]) -> Mark:
    typed = line(given[0][:LONGEST_TYPED]) if given else ""
    if not typed:
        return Mark(False, False)
    hit = next((answer for answer in question.answers if is_same(typed, answer.text)), None)
    return Mark(
        True,
        hit is not None,
        typed=typed,
        remarks=(hit.feedback,) if hit and hit.feedback else (),
    )


def _mark_matched(question: Question, given: Sequence[str]) -> Mark:
    wanted, options = pairs(question), matches(question)
    matched = []
    for number in range(len(wanted)):
        place = _place(given[number], len(options)) if number < len(given) else None
        matched.append("" if place is None else options[place])
    is_right = matched == [answer.match for answer in wanted]
    return Mark(any(matched), is_right, matched=tuple(matched))


def is_same(typed: str, accepted: str) -> bool:
    """Whether `typed` may stand for `accepted`."""
    given, wanted = _words(typed), _words(accepted)
    if not wanted:
        # An answer of signs alone, `@` say, is compared as it stands.
        return typed.strip().casefold() == accepted.strip().casefold()
    return len(given) == len(wanted) and all(map(_is_same_word, given, wanted))


def _words(text: str) -> list[str]:
    return words(unicodedata.normalize("NFC", text.translate(MENDED)))


def _is_same_word(typed: str, accepted: str) -> bool:
    return fold(typed) == fold(accepted) and _marks(typed) <= _marks(accepted)


def _marks(word: str) -> Counter[str]:
    letters = unicodedata.normalize("NFD", word.casefold())
    return Counter(char for char in letters if char == "đ" or unicodedata.combining(char))
