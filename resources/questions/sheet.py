"""The workbook of a bank: one question a row. Pure; what is written reads back as the same questions.

A text that a spreadsheet would take for a formula stands behind an apostrophe, which is taken off again.
"""

import re
from collections.abc import Sequence
from typing import Any

from office.books import Column, Row, Sheet
from office.values import as_text, nearest
from resources.choices import QuestionKind
from resources.questions.rules import (
    ARROW,
    MOST_ANSWERS,
    RIGHT_WORD,
    WRONG_WORD,
    Answer,
    Found,
    Question,
    Wrong,
    beginning,
    code_key,
    line,
    lines,
    true_false,
)

KINDS = {str(kind.label): kind for kind in QuestionKind}
NUMBERS = range(1, MOST_ANSWERS + 1)
SHEET = Sheet(
    "Câu hỏi",
    (
        Column("code", "Mã", width=12),
        Column("kind", "Loại", required=True, choices=tuple(KINDS), width=16),
        Column("text", "Câu hỏi", required=True, width=50),
        *(Column(f"answer{n}", f"Đáp án {n}", required=n == 1, width=26) for n in NUMBERS),
        Column("right", "Đáp án đúng", required=True, width=14),
        Column("feedback", "Giải thích chung", width=40),
        *(Column(f"said{n}", f"Phản hồi {n}", width=26) for n in NUMBERS),
        Column("category", "Chuyên mục", width=20),
        Column("competence", "Năng lực", width=10),
    ),
)
NOTES = (
    "Mỗi dòng là một câu hỏi. Cột nền xanh phải có.",
    f"Loại: {', '.join(KINDS)}.",
    "Đáp án đúng: số của đáp án, ví dụ 2; câu nhiều đáp án ghi 1; 3. Câu đúng sai ghi Đúng hoặc Sai. "
    "Câu trả lời ngắn và câu ghép đôi để trống.",
    "Câu trả lời ngắn: mỗi ô đáp án là một cách viết được tính đúng. Thiếu dấu vẫn đúng, sai dấu thì không.",
    "Câu ghép đôi: mỗi ô đáp án là một cặp, ví dụ: VNeID -> định danh điện tử. Ô “-> vế thừa” là vế gây nhiễu.",
    "Phản hồi 1 hiện khi người học chọn đáp án 1. Câu đúng sai: phản hồi 1 cho “Đúng”, 2 cho “Sai”.",
    "Giải thích chung hiện cho mọi người sau khi trả lời.",
    "Mã giữ cho câu hỏi là chính nó khi nhập lại; để trống thì trang nhận ra câu theo lời của câu hỏi.",
    "Năng lực: mã năng lực thành phần, ví dụ 4.2. Không gộp ô, không dùng công thức.",
)
# What `harmless` and the workbook library would not leave alone, behind any number of apostrophes.
FORMULA = re.compile(r"'*[=+\-@#]")
TRUE_WORDS = {"đúng", "dung", "1", "có", "true"}
FALSE_WORDS = {"sai", "2", "không", "false"}


def shielded(text: str) -> str:
    """`text` behind one more apostrophe where it, or what is behind its apostrophes, looks like a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def cell_text(value: Any) -> str:
    """The words of a cell, with its line ends."""
    if not isinstance(value, str):
        return as_text(value)
    return value[1:] if value.startswith("'") and FORMULA.match(value) else value


def row_of(question: Question) -> list[str]:
    """The cells of a question in the order of the columns."""
    answers = [_shown(question, answer) for answer in question.answers]
    said = [answer.feedback for answer in question.answers]
    texts = [
        question.code, str(QuestionKind(question.kind).label), question.text, *_eight(answers),
        _right(question), question.feedback, *_eight(said), question.category, question.competence,
    ]  # fmt: skip
    return [shielded(text) for text in texts]


def _eight(texts: Sequence[str]) -> list[str]:
    return [*texts, *[""] * (MOST_ANSWERS - len(texts))]


def _shown(question: Question, answer: Answer) -> str:
    if question.kind == QuestionKind.MATCHING:
        return f"{answer.text} {ARROW} {answer.match}".strip()
    return answer.text


def _right(question: Question) -> str:
    if question.kind in (QuestionKind.SHORT, QuestionKind.MATCHING):
        return ""
    right = [n for n, answer in enumerate(question.answers, start=1) if answer.is_right]
    if question.kind == QuestionKind.TRUE_FALSE:
        return RIGHT_WORD if right == [1] else WRONG_WORD
    return "; ".join(map(str, right))


def questions_of(rows: Sequence[Row]) -> tuple[list[Found], list[Wrong]]:
    """The questions of the rows, and what is wrong with the others."""
    found, wrong = [], []
    for row in rows:
        try:
            found.append(Found(row.number, _question(row)))
        except ValueError as refused:
            begins = beginning(cell_text(row.cells.get("text")))
            wrong.append(Wrong(row.number, str(refused), begins))
    return found, wrong


def _question(row: Row) -> Question:
    cells = {name: lines(cell_text(value)) for name, value in row.cells.items()}
    kind = _kind(cells.get("kind", ""))
    return Question(
        kind=kind,
        text=cells.get("text", ""),
        answers=_answers(kind, cells),
        code=line(cells.get("code", "")),
        category=line(cells.get("category", "")),
        competence=line(cells.get("competence", "")),
        feedback=cells.get("feedback", ""),
    )


def _kind(text: str) -> QuestionKind:
    """The kind that is named, marks and case aside; ValueError for none."""
    names = {code_key(name): kind for name, kind in KINDS.items()}
    if kind := names.get(code_key(text)):
        return kind
    meant = nearest(text, list(KINDS)) if text else None
    hint = f" Có phải “{meant}”?" if meant else f" Hãy ghi một trong: {', '.join(KINDS)}."
    raise ValueError(f"Không có loại câu hỏi “{text}”.{hint}" if text else f"Thiếu loại.{hint}")


def _answers(kind: QuestionKind, cells: dict[str, str]) -> tuple[Answer, ...]:
    right = cells.get("right", "")
    said = [cells.get(f"said{n}", "") for n in NUMBERS]
    if kind == QuestionKind.TRUE_FALSE:
        return true_false(_truth(right), on_true=said[0], on_false=said[1])
    texts = [line(cells.get(f"answer{n}", "")) for n in NUMBERS]
    for number, (text, remark) in enumerate(zip(texts, said, strict=True), start=1):
        if remark and not text:
            raise ValueError(f"Có phản hồi {number} mà không có đáp án {number}.")
    if kind == QuestionKind.MATCHING:
        return _pairs(texts, said)
    is_short = kind == QuestionKind.SHORT
    numbers = set(NUMBERS) if is_short else _numbers(right, texts)
    return tuple(
        Answer(text, number in numbers, remark)
        for number, text, remark in zip(NUMBERS, texts, said, strict=True)
        if text
    )


def _truth(text: str) -> bool:
    word = text.casefold()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise ValueError("Câu đúng sai: ô “Đáp án đúng” phải ghi Đúng hoặc Sai.")


def _numbers(text: str, texts: Sequence[str]) -> set[int]:
    """The numbers of right answers; a spreadsheet may have made 1.3 of `1,3`."""
    parts = [part for part in re.split(r"[\s;,./&+]+|và", text) if part]
    if any(not (part.isascii() and part.isdigit() and len(part) < 3) for part in parts):
        raise ValueError(f"Ô “Đáp án đúng” ghi “{text}”: hãy ghi số của đáp án, ví dụ 2 hoặc 1; 3.")
    for number in map(int, parts):
        if number not in NUMBERS or not texts[number - 1]:
            raise ValueError(f"Đáp án đúng ghi số {number} mà ô đáp án {number} để trống.")
    return set(map(int, parts))


def _pairs(texts: Sequence[str], said: Sequence[str]) -> tuple[Answer, ...]:
    if any(said):
        raise ValueError("Câu ghép đôi không có phản hồi riêng: hãy viết vào “Giải thích chung”.")
    answers = []
    for number, text in enumerate(texts, start=1):
        left, arrow, right = text.partition(ARROW)
        if text and not arrow:
            raise ValueError(f"Đáp án {number} của câu ghép đôi thiếu dấu “->” giữa hai vế.")
        if text:
            answers.append(Answer(line(left), match=line(right)))
    return tuple(answers)
