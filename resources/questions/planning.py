"""What an imported file would do to a bank, question by question. Pure.

A bank takes a file as a whole or not at all. A question of the file is known again by its code; without a code
by its words, and then keeps the code it has. What the file does not name stays.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from core.text import grouped
from resources.choices import BankVerdict
from resources.questions.rules import (
    MOST_QUESTIONS,
    Found,
    Question,
    Wrong,
    code_key,
    problems,
    text_key,
)

SHOWN = 80


@dataclass(frozen=True, slots=True)
class Line:
    """What one place of the file does, and why."""

    place: int
    verdict: str
    what: str
    why: str = ""
    question: Question | None = None


class Bank:
    """The questions there are, by code and by words; grows while a file is gone through."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self.by_code = {code_key(one.code): one for one in questions if one.code}
        self.by_text = {text_key(one.text): one for one in questions}

    def known(self, question: Question) -> Question | None:
        """The question that `question` would change."""
        if question.code:
            return self.by_code.get(code_key(question.code))
        return self.by_text.get(text_key(question.text))


def plan(
    found: Sequence[Found],
    wrong: Sequence[Wrong],
    known: Sequence[Question],
    competences: Collection[str],
) -> list[Line]:
    """One line for each question and fault, in the order of the file."""
    bank, seen = Bank(known), Bank([])
    lines = [Line(one.place, BankVerdict.REFUSE, one.what, one.said) for one in wrong]
    for one in found:
        lines.append(_judge(one, bank, seen, competences))
        if one.question.code:
            seen.by_code.setdefault(code_key(one.question.code), one.question)
        seen.by_text.setdefault(text_key(one.question.text), one.question)
    added = sum(line.verdict == BankVerdict.ADD for line in lines)
    if len(known) + added > MOST_QUESTIONS:
        said = f"Bộ câu hỏi sẽ có {grouped(len(known) + added)} câu, nhiều nhất là {grouped(MOST_QUESTIONS)}."
        lines.append(Line(0, BankVerdict.REFUSE, "", said))
    if not found and not wrong:
        lines.append(Line(0, BankVerdict.REFUSE, "", "Tệp không có câu hỏi nào."))
    return sorted(lines, key=lambda line: line.place)


def _judge(one: Found, bank: Bank, seen: Bank, competences: Collection[str]) -> Line:
    question = one.question
    what = _named(question)
    why = problems(question) + _doubles(question, bank, seen)
    if question.competence and question.competence not in competences:
        why.append(f"Không có năng lực thành phần mã {question.competence}.")
    if why:
        return Line(one.place, BankVerdict.REFUSE, what, " ".join(why))
    known = bank.known(question)
    if known is None:
        return Line(one.place, BankVerdict.ADD, what, "", question)
    question = replace(question, code=known.code)
    if question == known:
        return Line(one.place, BankVerdict.SAME, what, "", question)
    return Line(one.place, BankVerdict.CHANGE, what, changes(known, question), question)


def _named(question: Question) -> str:
    text = " ".join(question.text.split())
    short = text if len(text) <= SHOWN else f"{text[:SHOWN].rstrip()}…"
    return f"{question.code}: {short}" if question.code else short


def _doubles(question: Question, bank: Bank, seen: Bank) -> list[str]:
    if question.code and code_key(question.code) in seen.by_code:
        return [f"Mã {question.code} đã có ở câu phía trên trong tệp."]
    if not question.text:
        return []
    if text_key(question.text) in seen.by_text:
        return ["Câu hỏi này đã có ở phía trên trong tệp."]
    twin = bank.by_text.get(text_key(question.text))
    if twin and question.code and code_key(twin.code) != code_key(question.code):
        return [f"Câu hỏi này đã có trong bộ, mã {twin.code}."]
    return []


FIELDS = {
    "kind": "loại",
    "text": "câu hỏi",
    "answers": "đáp án",
    "category": "chuyên mục",
    "competence": "năng lực",
    "feedback": "giải thích",
}


def changes(old: Question, new: Question) -> str:
    """What of the question is new, in words."""
    names = [name for field, name in FIELDS.items() if getattr(old, field) != getattr(new, field)]
    return f"Đổi {', '.join(names)}." if names else ""


def is_refused(lines: Sequence[Line]) -> bool:
    """Whether anything keeps the file from being applied."""
    return any(line.verdict == BankVerdict.REFUSE for line in lines)


def digest(lines: Sequence[Line]) -> str:
    """What a plan is known again by: what was shown is what is applied."""
    told = [f"{line.place} {line.verdict} {line.question}" for line in lines]
    return sha256("\n".join(told).encode()).hexdigest()
