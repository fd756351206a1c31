"""Moodle's GIFT format, written. Pure; what is written reads back as the same questions."""

from collections.abc import Iterable, Iterator

from resources.choices import QuestionKind
from resources.questions.gift import CATEGORY, ESCAPED, MARKER, TOPMOST, WEIGHT
from resources.questions.rules import ARROW, Answer, Question

SPECIAL = str.maketrans({char: f"\\{char}" for char in ESCAPED} | {"\n": "\\n"})
PLAIN = "[plain]"
# Who ticks everything shall not be right in Moodle either.
NOTHING = "-100"


def write_gift(questions: Iterable[Question]) -> str:
    """All questions, each behind its category where that changes."""
    return "".join(_pieces(questions))


def _pieces(questions: Iterable[Question]) -> Iterator[str]:
    category = ""
    for question in questions:
        if question.category != category:
            category = question.category
            path = f"{TOPMOST}/{category}" if category else TOPMOST
            yield f"{CATEGORY} {path}\n\n"
        yield f"{_written(question)}\n\n"


def _written(question: Question) -> str:
    tag = f"// [tag:{question.competence}]\n" if question.competence else ""
    code = f"::{escaped(question.code)}::" if question.code else ""
    inside = _answers(question)
    if question.feedback:
        inside += f"\n####{text_of(question.feedback)}"
    # In braces of their own lines nothing can run into a sign.
    return f"{tag}{code}{text_of(question.text)}{{\n{inside}\n}}"


def escaped(text: str) -> str:
    """`text` with nothing in it that GIFT takes for a sign."""
    return text.translate(SPECIAL)


def text_of(text: str) -> str:
    """`text` escaped; one that begins like a format marker or a comment gets the plain marker before it."""
    needs_marker = MARKER.match(text) or text.startswith("//")
    return (PLAIN if needs_marker else "") + escaped(text)


def _answers(question: Question) -> str:
    if question.kind == QuestionKind.TRUE_FALSE:
        return _truth(question)
    if question.kind == QuestionKind.MATCHING:
        rows = [
            f"={_weight(answer)}{text_of(answer.text)} {ARROW} {text_of(answer.match)}"
            for answer in question.answers
        ]
    elif question.kind == QuestionKind.MULTIPLE:
        right = sum(answer.is_right for answer in question.answers) or 1
        share = f"{100 / right:.5f}".rstrip("0").rstrip(".")
        rows = [
            f"~%{share if answer.is_right else NOTHING}%{_said(answer)}"
            for answer in question.answers
        ]
    else:
        rows = [_guarded(answer) for answer in question.answers]
    return "\n".join(rows)


def _guarded(answer: Answer) -> str:
    return f"{'=' if answer.is_right else '~'}{_weight(answer)}{_said(answer)}"


def _weight(answer: Answer) -> str:
    """Words that begin like a weight get the answer's own weight before them."""
    if not WEIGHT.match(answer.text):
        return ""
    return "%100%" if answer.is_right else "%0%"


def _said(answer: Answer) -> str:
    return text_of(answer.text) + (f"#{text_of(answer.feedback)}" if answer.feedback else "")


def _truth(question: Question) -> str:
    right = next(answer for answer in question.answers if answer.is_right)
    wrong = next(answer for answer in question.answers if not answer.is_right)
    sign = "TRUE" if right is question.answers[0] else "FALSE"
    said = f"#{text_of(wrong.feedback)}#{text_of(right.feedback)}"
    return sign + (said if wrong.feedback or right.feedback else "")
