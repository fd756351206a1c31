"""Moodle's GIFT format, read. Pure; never raises: what can't be read is named by its line.

Taken: comments, `::code::`, `$CATEGORY:`, `=`, `~`, `%weights%`, `->`, `T`/`F`, `#feedback`,
`####general feedback`, missing words, and `[tag:4.2]` in a comment before the question for a component
of the framework.

- A text is plain. `[plain]`, `[moodle]` and `[markdown]` are taken as they stand; of `[html]` the words are
  kept, and what words can't tell (a picture, a table) is refused.
- A weight only says right (above 0) or wrong. Credits for half an answer, and unequal shares among right
  ones, are refused rather than lost.
- Numbers, essays and mere descriptions are refused: nothing of them could be marked here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from resources.choices import QuestionKind
from resources.questions.rules import (
    ARROW,
    Answer,
    Found,
    Question,
    Wrong,
    beginning,
    line,
    lines,
    true_false,
)

ESCAPED = "~=#{}:\\"
GAP = "_____"
CATEGORY = "$CATEGORY:"
TOPMOST = "top"
MARKER = re.compile(r"\[(html|moodle|plain|markdown)\]")
WEIGHT = re.compile(r"\s*%\s*(-?\d{1,3}(?:[.,]\d{1,7})?)\s*%", re.ASCII)
TAG = re.compile(r"\[tag:\s*([1-9][0-9]?\.[1-9][0-9]?)\s*\]", re.ASCII)
TRUTHS = {"T": True, "TRUE": True, "F": False, "FALSE": False}
BLOCK_TAGS = {"p", "br", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "tr"}
NOT_WORDS = {"img", "table", "video", "audio", "iframe", "object", "svg", "math"}
# Shares are rounded by Moodle to five places.
ROUNDED = 0.01

Chars = list[str]


class NoGift(ValueError):
    """A question that can't be read; where, and why in Vietnamese."""

    def __init__(self, place: int, said: str) -> None:
        super().__init__(said)
        self.place, self.said = place, said


@dataclass
class Block:
    """The lines of one question, with their numbers in the file."""

    category: str = ""
    competence: str = ""
    text: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Part:
    """One answer as it is written: its sign, its weight, what stands before and behind `#`."""

    sign: str
    weight: float | None
    text: Chars
    feedback: str


def read_gift(text: str) -> tuple[list[Found], list[Wrong]]:
    """The questions of a file, and what is wrong with the others."""
    found, wrong = [], []
    for block in _blocks(text.removeprefix("\ufeff")):
        try:
            found.append(Found(block.numbers[0], _question(block)))
        except NoGift as refused:
            wrong.append(Wrong(refused.place, refused.said, beginning(block.text[0])))
    return found, wrong


def _blocks(text: str) -> Iterator[Block]:
    """The questions' lines: an empty line parts them, comments belong to none."""
    category, block = "", Block()
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, row in enumerate([*rows, ""], start=1):
        bare = row.strip()
        if bare.startswith("//"):
            if tag := TAG.search(bare):
                block.competence = tag[1]
            continue
        is_category = bare.startswith(CATEGORY)
        if is_category or not bare:
            if block.numbers:
                yield block
                block = Block()
            category = _category(bare) if is_category else category
            continue
        block.category = category
        block.text.append(row)
        block.numbers.append(number)


def _category(row: str) -> str:
    path = line(row.removeprefix(CATEGORY)).removeprefix("$course$/")
    top, _, rest = path.partition("/")
    return line(rest) if top == TOPMOST else path


def chars_of(text: str) -> Chars:
    """The characters of `text`; an escaped one keeps its backslash and so is no sign."""
    chars, at = [], 0
    while at < len(text):
        width = 2 if text[at] == "\\" and text[at + 1 : at + 2] in (*ESCAPED, "n") else 1
        # A backslash at the very end escapes nothing.
        width = width if at + width <= len(text) else 1
        chars.append(text[at : at + width])
        at += width
    return chars


def _plain(chars: Sequence[str]) -> str:
    return "".join(
        char if len(char) == 1 else ("\n" if char == "\\n" else char[1]) for char in chars
    )


def _line_at(block: Block, chars: Sequence[str], at: int) -> int:
    return block.numbers[min(chars[:at].count("\n"), len(block.numbers) - 1)]


def _question(block: Block) -> Question:
    chars = chars_of("\n".join(block.text))
    code, start = _code(block, chars)
    opens, closes = _braces(block, chars, start)
    stem = _words(block, chars[start:opens], opens)
    if tail := _words(block, chars[closes + 1 :], closes):
        stem = f"{stem} {GAP} {tail}".strip()
    at = _find(chars, ["#"] * 4, opens + 1, closes)
    body = chars[opens + 1 : closes if at is None else at]
    general = "" if at is None else _words(block, chars[at + 4 : closes], at)
    kind, answers = _answers(block, chars, body, opens)
    return Question(
        kind=kind,
        text=lines(stem),
        answers=answers,
        code=code,
        category=block.category,
        competence=block.competence,
        feedback=lines(general),
    )


def _code(block: Block, chars: Chars) -> tuple[str, int]:
    """The code between `::` and `::`, and where the text begins."""
    start = next((n for n, char in enumerate(chars) if not char.isspace()), 0)
    if chars[start : start + 2] != [":", ":"]:
        return "", start
    end = _find(chars, [":", ":"], start + 2, len(chars))
    if end is None:
        raise NoGift(block.numbers[0], "Mã câu mở bằng “::” mà không có “::” đóng lại.")
    return line(_plain(chars[start + 2 : end])), end + 2


def _find(chars: Chars, wanted: Chars, start: int, end: int) -> int | None:
    for at in range(start, end - len(wanted) + 1):
        if chars[at : at + len(wanted)] == wanted:
            return at
    return None


def _braces(block: Block, chars: Chars, start: int) -> tuple[int, int]:
    """Where the answers open and close."""
    signs = [(at, char) for at, char in enumerate(chars[start:], start=start) if char in ("{", "}")]
    if not signs:
        said = "Không có phần trả lời trong { }. Có dòng trống ở giữa câu không?"
        raise NoGift(block.numbers[0], said)
    if [char for _, char in signs[:2]] == ["{", "}"] and len(signs) == 2:
        return signs[0][0], signs[1][0]
    at = _line_at(block, chars, signs[0][0])
    if len(signs) == 1:
        side = "đóng }" if signs[0][1] == "{" else "mở {"
        raise NoGift(at, f"Thiếu dấu {side}. Câu hỏi không được có dòng trống ở giữa.")
    said = "Mỗi câu chỉ có một cặp { }; dấu { } trong lời phải viết \\{ \\}; giữa hai câu có một dòng trống."
    raise NoGift(_line_at(block, chars, signs[min(2, len(signs) - 1)][0]), said)


def _words(block: Block, chars: Sequence[str], at: int) -> str:
    """The words of a text with its format marker taken off."""
    text = _plain(chars).strip()
    marker = MARKER.match(text)
    if marker is None:
        return text
    rest = text[marker.end() :]
    return _of_html(rest, block.numbers[0]) if marker[1] == "html" else rest


class _Words(HTMLParser):
    """Keeps the words of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.kept: list[str] = []
        self.lost = ""
        self.silent = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """A line for a block; silence in scripts; a note of what can't be told."""
        self.silent = self.silent or tag in ("script", "style")
        if tag in NOT_WORDS:
            self.lost = tag
        if tag in BLOCK_TAGS:
            self.kept.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """The end of a block, or of silence."""
        if tag in ("script", "style"):
            self.silent = False
        if tag in BLOCK_TAGS:
            self.kept.append("\n")

    def handle_data(self, data: str) -> None:
        """Words; line ends in the source are mere spaces."""
        if not self.silent:
            self.kept.append(data.replace("\n", " "))


def _of_html(text: str, place: int) -> str:
    reader = _Words()
    try:
        reader.feed(text)
        reader.close()
    except AssertionError as broken:
        raise NoGift(place, "Phần [html] bị hỏng, không đọc được.") from broken
    if reader.lost:
        raise NoGift(place, f"Có <{reader.lost}> trong phần [html]: chỉ nhận chữ.")
    return "".join(reader.kept)


def _answers(block: Block, chars: Chars, body: Chars, opens: int) -> tuple[str, tuple[Answer, ...]]:
    place = _line_at(block, chars, opens)
    start = _plain(body).lstrip()
    if not start:
        raise NoGift(place, "Câu tự luận { } không chấm được ở đây.")
    if start.startswith("#"):
        raise NoGift(
            place, "Câu trả lời bằng số {#…} chưa dùng được: hãy viết thành câu trả lời ngắn."
        )
    if truth := _truth(block, body, place):
        return QuestionKind.TRUE_FALSE, truth
    parts = _parts(block, body, place)
    signs = {part.sign for part in parts}
    if signs == {"~"}:
        return QuestionKind.MULTIPLE, _multiple(block, parts, place)
    if signs == {"=", "~"}:
        return QuestionKind.SINGLE, _single(block, parts, place)
    arrows = [_find(part.text, list(ARROW), 0, len(part.text)) for part in parts]
    if any(at is not None for at in arrows):
        return QuestionKind.MATCHING, _matching(block, parts, arrows, place)
    if any(part.weight not in (None, 100.0) for part in parts):
        raise NoGift(place, "Điểm từng phần (%…%) không dùng được ở câu trả lời ngắn.")
    return QuestionKind.SHORT, tuple(
        Answer(line(_words(block, part.text, 0)), True, part.feedback) for part in parts
    )


def _truth(block: Block, body: Chars, place: int) -> tuple[Answer, ...] | None:
    """The answers of `T#said when wrong#said when right`; None for any other question."""
    pieces: list[Chars] = [[]]
    for char in body:
        if char == "#":
            pieces.append([])
        else:
            pieces[-1].append(char)
    truth = TRUTHS.get(_plain(pieces[0]).strip().upper())
    if truth is None:
        return None
    if len(pieces) > 3:
        raise NoGift(place, "Câu đúng sai có nhiều nhất hai phản hồi: khi sai, khi đúng.")
    said = [lines(_words(block, piece, 0)) for piece in pieces[1:]] + ["", ""]
    on_wrong, on_right = said[:2]
    if truth:
        return true_false(True, on_true=on_right, on_false=on_wrong)
    return true_false(False, on_true=on_wrong, on_false=on_right)


def _parts(block: Block, body: Chars, place: int) -> list[Part]:
    starts = [at for at, char in enumerate(body) if char in ("=", "~")]
    if not starts or _plain(body[: starts[0]]).strip():
        raise NoGift(place, "Sau dấu { phải là = (đúng), ~ (sai), T hoặc F.")
    return [
        _part(block, body[at], body[at + 1 : end])
        for at, end in zip(starts, [*starts[1:], len(body)], strict=True)
    ]


def _part(block: Block, sign: str, chars: Chars) -> Part:
    weight = WEIGHT.match("".join(chars))
    if weight:
        # The weight holds no escaped character: its length is the same in both.
        chars = chars[weight.end() :]
    at = chars.index("#") if "#" in chars else len(chars)
    feedback = lines(_words(block, chars[at + 1 :], 0))
    number = float(weight[1].replace(",", ".")) if weight else None
    return Part(sign, number, chars[:at], feedback)


def _choice(block: Block, part: Part, is_right: bool) -> Answer:
    return Answer(line(_words(block, part.text, 0)), is_right, part.feedback)


def _multiple(block: Block, parts: list[Part], place: int) -> tuple[Answer, ...]:
    shares = [part.weight for part in parts if part.weight is not None and part.weight > 0]
    if shares and max(shares) - min(shares) > ROUNDED:
        raise NoGift(place, "Các đáp án đúng phải có điểm (%…%) bằng nhau.")
    if shares and abs(sum(shares) - 100) > ROUNDED * len(shares):
        raise NoGift(place, "Điểm (%…%) của các đáp án đúng phải cộng lại thành 100.")
    return tuple(_choice(block, part, (part.weight or 0) > 0) for part in parts)


def _single(block: Block, parts: list[Part], place: int) -> tuple[Answer, ...]:
    if sum(part.sign == "=" for part in parts) > 1:
        said = "Có hơn một đáp án đúng (=) cùng với đáp án sai (~): hãy dùng ~%50%… cho câu nhiều đáp án."
        raise NoGift(place, said)
    for part in parts:
        is_half = part.weight not in (None, 100.0) if part.sign == "=" else (part.weight or 0) > 0
        if is_half:
            raise NoGift(place, "Điểm từng phần (%…%) không dùng được ở câu một đáp án.")
    return tuple(_choice(block, part, part.sign == "=") for part in parts)


def _matching(
    block: Block, parts: list[Part], arrows: list[int | None], place: int
) -> tuple[Answer, ...]:
    answers = []
    for part, at in zip(parts, arrows, strict=True):
        if at is None:
            raise NoGift(place, "Câu ghép đôi: mỗi cặp phải có dấu “->” ở giữa.")
        if part.feedback or part.weight not in (None, 100.0):
            raise NoGift(place, "Câu ghép đôi không có phản hồi hay điểm riêng từng cặp.")
        left = line(_words(block, part.text[:at], 0))
        right = line(_words(block, part.text[at + 2 :], 0))
        answers.append(Answer(left, match=right))
    return tuple(answers)
