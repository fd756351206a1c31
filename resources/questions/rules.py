"""What a question is, and when it is fit to be asked. Pure.

- A question is plain text; its five kinds are those that work on paper and without a script.
- Whoever answers gets a reason, so every answer and the question itself may carry feedback.
- Matching pairs and short answers hold no `->`: that sign parts the two sides in Moodle's GIFT, which has
  no way to write it otherwise.
- A question is known again by its code, or without one by its words.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from core.text import clean, cut, fold
from resources.choices import QuestionKind

RIGHT_WORD, WRONG_WORD = "Đúng", "Sai"
ARROW = "->"
# Letters of a question that tell which it is.
BEGINNING = 80
MOST_ANSWERS = 8
MOST_QUESTIONS = 5000
LONGEST = {"text": 1000, "answer": 300, "feedback": 600, "code": 40, "category": 120}
# XML knows no such characters, so no workbook can hold them.
NO_CHARACTERS = str.maketrans(dict.fromkeys("\ufffe\uffff"))


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer. Where pairs are matched, `match` is what belongs to `text`; one without `text` is a decoy."""

    text: str
    is_right: bool = True
    feedback: str = ""
    match: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as people wrote it; `competence` is a component's code of the framework."""

    kind: str
    text: str
    answers: tuple[Answer, ...]
    code: str = ""
    category: str = ""
    competence: str = ""
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A question and the line or row of the file where it begins."""

    place: int
    question: Question


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong in a file, and where; place 0 is the file as a whole. `what`: how the question begins."""

    place: int
    said: str
    what: str = ""


def beginning(text: str) -> str:
    """How a question begins, for whoever looks for it in the file: as it is written there."""
    return cut(line(text), BEGINNING)


def line(text: str) -> str:
    """`text` in its stored form as one line."""
    # Twice: what a dropped character parted may now belong together.
    whole = clean(clean(text.translate(NO_CHARACTERS)))
    return unicodedata.normalize("NFC", " ".join(whole.split()))


def lines(text: str) -> str:
    """`text` in its stored form; it may have several lines, none of them empty."""
    parts = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(kept for kept in map(line, parts) if kept)


def true_false(is_true: bool, *, on_true: str = "", on_false: str = "") -> tuple[Answer, ...]:
    """The two answers of a true-or-false question with what is said to each."""
    return (Answer(RIGHT_WORD, is_true, on_true), Answer(WRONG_WORD, not is_true, on_false))


def pairs(question: Question) -> list[Answer]:
    """What has to be matched, without decoys."""
    return [answer for answer in question.answers if answer.text]


def matches(question: Question) -> list[str]:
    """What there is to choose from in a matching question, each once, in the author's order."""
    return list(dict.fromkeys(answer.match for answer in question.answers))


def code_key(code: str) -> str:
    """What two codes are compared by: case, marks and spaces make no other code."""
    return "".join(fold(code).split())


def text_key(text: str) -> str:
    """What two questions without codes are compared by."""
    return " ".join(text.casefold().split())


def problems(question: Question) -> list[str]:
    """Why the question can't be asked, in words; nothing when it can."""
    if question.kind not in QuestionKind.values:
        return ["Không có loại câu hỏi này."]
    found = [] if question.text else ["Thiếu nội dung câu hỏi."]
    found += _too_long(question)
    if len(question.answers) > MOST_ANSWERS:
        found.append(f"Có {len(question.answers)} đáp án, nhiều nhất là {MOST_ANSWERS}.")
    if question.kind == QuestionKind.MATCHING:
        return found + _matching_problems(question)
    return found + _answer_problems(question)


def _too_long(question: Question) -> list[str]:
    said = [
        ("text", "Câu hỏi", question.text),
        ("feedback", "Giải thích chung", question.feedback),
        ("code", "Mã", question.code),
        ("category", "Chuyên mục", question.category),
    ]
    for answer in question.answers:
        said += [("answer", "Đáp án", answer.text), ("answer", "Vế ghép", answer.match)]
        said.append(("feedback", "Phản hồi", answer.feedback))
    return [
        f"{name} dài {len(text)} chữ, nhiều nhất là {LONGEST[key]}."
        for key, name, text in said
        if len(text) > LONGEST[key]
    ]


def _answer_problems(question: Question) -> list[str]:
    texts = [answer.text for answer in question.answers]
    right = sum(answer.is_right for answer in question.answers)
    found = ["Có đáp án để trống."] if "" in texts else []
    found += [f"Đáp án “{text}” có hai lần." for text in _twice(texts)]
    if any(answer.match for answer in question.answers):
        found.append("Chỉ câu ghép đôi mới có vế ghép.")
    if not right:
        found.append("Chưa có đáp án đúng.")
    kind = question.kind
    if kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE) and len(texts) < 2:
        found.append("Cần ít nhất hai đáp án để chọn.")
    if kind == QuestionKind.SINGLE and right > 1:
        found.append(f"Có {right} đáp án đúng: câu một đáp án chỉ có một.")
    if kind == QuestionKind.TRUE_FALSE and (texts != [RIGHT_WORD, WRONG_WORD] or right > 1):
        found.append("Câu đúng sai có hai đáp án “Đúng” và “Sai”, một trong hai là đáp án đúng.")
    if kind == QuestionKind.SHORT:
        if right < len(texts):
            found.append("Câu trả lời ngắn chỉ ghi những cách viết được tính là đúng.")
        found += _arrows(texts)
    return found


def _matching_problems(question: Question) -> list[str]:
    left = [answer.text for answer in pairs(question)]
    found = [f"Vế “{text}” có hai lần." for text in _twice(left)]
    if len(left) < 2:
        found.append("Cần ít nhất hai cặp để ghép.")
    elif len(matches(question)) < 2:
        found.append("Các vế ghép đều giống nhau: không có gì để chọn.")
    if any(not answer.match for answer in question.answers):
        found.append("Có cặp thiếu vế ghép.")
    decoys = [answer.match for answer in question.answers if not answer.text]
    if _twice(decoys) or set(decoys) & {answer.match for answer in pairs(question)}:
        found.append("Vế gây nhiễu trùng với một vế khác.")
    if any(answer.feedback or not answer.is_right for answer in question.answers):
        found.append(
            "Câu ghép đôi không có phản hồi riêng từng cặp: hãy viết vào giải thích chung."
        )
    return found + _arrows([*left, *matches(question)])


def _twice(texts: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    found = []
    for text in texts:
        if text and text_key(text) in seen:
            found.append(text)
        seen.add(text_key(text))
    return list(dict.fromkeys(found))


def _arrows(texts: Iterable[str]) -> list[str]:
    return (
        ["Không dùng dấu “->” trong đáp án của loại câu này."]
        if any(ARROW in text for text in texts)
        else []
    )
