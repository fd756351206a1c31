"""Which questions are asked, and in which order. Pure.

The choice hangs on a seed that stands in the address: reloading, or printing it for a class, gives the same
questions in the same order, and nothing about the reader has to be kept.
"""

import re
from collections.abc import Iterable
from hashlib import sha256

from resources.choices import QuestionKind
from resources.questions.rules import Question, matches

# What somebody on a small telephone finishes in one sitting.
AT_ONCE = 10
SEED = re.compile(r"[a-z0-9]{4,12}", re.ASCII)


def is_seed(text: str) -> bool:
    """Whether `text` can be a seed."""
    return bool(SEED.fullmatch(text))


def _shuffled(numbers: Iterable[int], seed: str, salt: str = "") -> list[int]:
    return sorted(numbers, key=lambda number: sha256(f"{seed}:{salt}:{number}".encode()).digest())


def picked(pks: Iterable[int], seed: str, *, count: int = AT_ONCE) -> list[int]:
    """`count` of the questions; a small bank gives all it has, in its author's order."""
    known = list(pks)
    return known if len(known) <= count else _shuffled(known, seed)[:count]


def places(question: Question, seed: str) -> list[int]:
    """In which order the answers are shown; “Đúng” stays before “Sai”."""
    if question.kind == QuestionKind.TRUE_FALSE:
        return [0, 1]
    count = len(question.answers)
    if question.kind == QuestionKind.MATCHING:
        count = len(matches(question))
    return _shuffled(range(count), seed, question.text)
