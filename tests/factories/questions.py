"""Makes questions: by hand, and any that may be stored, for hypothesis."""

from hypothesis import Phase
from hypothesis import strategies as st

from resources.choices import QuestionKind
from resources.questions.rules import ARROW, Answer, Question, line, lines, text_key, true_false

# Whole banks are too large to be shrunk in a reasonable time: the first failing one is told as it is.
FAST = (Phase.explicit, Phase.reuse, Phase.generate)
# Signs of both formats come up often, or nothing of them would be tried.
LETTERS = st.one_of(
    st.sampled_from(list("~=#{}:\\'-@+%[]/>$.0123 aăâđệừ\n\t")),
    st.characters(exclude_categories=["Cs"]),
)
PIECES = st.sampled_from(
    ["::", "####", "->", "\\n", "//", "[html]", "[plain]", "%50%", "%-100%", "$CATEGORY:", "<b>", "&amp;",
     "=1+1", "#N/A", "''=", "_x0041_", "TRUE", "top/", "{T}", "\r\n", "đúng", "Đường"]
)  # fmt: skip
TEXTS = st.lists(st.one_of(LETTERS, PIECES), max_size=20).map("".join)


def one_line(*, least: int = 0, longest: int = 40):
    """Any stored text of one line."""
    kept = TEXTS.map(line).map(lambda text: text[:longest].strip()).map(line)
    return kept.filter(lambda text: least <= len(text) <= longest)


def some_lines(*, least: int = 0, longest: int = 80):
    """Any stored text."""
    kept = TEXTS.map(lines).map(lambda text: lines(text[:longest]))
    return kept.filter(lambda text: least <= len(text) <= longest)


def different(texts, *, least: int, most: int = 8):
    """Some of `texts`, no two of them alike."""
    return st.lists(texts, min_size=least, max_size=most, unique_by=text_key)


@st.composite
def answers_of(draw, kind: str):
    """Sound answers of a kind."""
    remark = some_lines(longest=40)
    if kind == QuestionKind.TRUE_FALSE:
        return true_false(draw(st.booleans()), on_true=draw(remark), on_false=draw(remark))
    texts = one_line(least=1)
    bare = texts.filter(lambda text: ARROW not in text)
    if kind == QuestionKind.SHORT:
        return tuple(Answer(text, True, draw(remark)) for text in draw(different(bare, least=1)))
    if kind == QuestionKind.MATCHING:
        left, right = draw(different(bare, least=2, most=5)), draw(different(bare, least=2, most=5))
        paired = [Answer(text, match=right[n % len(right)]) for n, text in enumerate(left)]
        return (*paired, *(Answer("", match=text) for text in right[len(left) : 8]))
    found = draw(different(texts, least=2))
    if kind == QuestionKind.SINGLE:
        right = {draw(st.integers(0, len(found) - 1))}
    else:
        right = draw(st.sets(st.integers(0, len(found) - 1), min_size=1))
    return tuple(Answer(text, n in right, draw(remark)) for n, text in enumerate(found))


@st.composite
def questions(draw):
    """Any question that may be stored."""
    kind = draw(st.sampled_from(QuestionKind.values))
    return Question(
        kind=kind,
        text=draw(some_lines(least=1)),
        answers=draw(answers_of(kind)),
        code=draw(one_line(longest=20)),
        category=draw(one_line(longest=20)),
        competence=draw(st.sampled_from(["", "4.2", "1.1"])),
        feedback=draw(some_lines()),
    )


def single(text: str = "Thủ đô của Việt Nam?", right: str = "Hà Nội", **fields) -> Question:
    """A question with one right answer and two wrong ones."""
    answers = (
        Answer(right, True, "Đúng rồi."),
        Answer("Huế", False, "Huế là cố đô."),
        Answer("Đà Nẵng", False),
    )
    return Question(QuestionKind.SINGLE, text, fields.pop("answers", answers), **fields)


def short(*accepted: str, text: str = "Thủ đô?") -> Question:
    """A short-answer question."""
    return Question(QuestionKind.SHORT, text, tuple(Answer(word) for word in accepted))


def matching(text: str = "Ghép", **fields) -> Question:
    """Two pairs and a decoy."""
    answers = (
        Answer("VNeID", match="định danh"),
        Answer("VssID", match="bảo hiểm"),
        Answer("", match="thừa"),
    )
    return Question(QuestionKind.MATCHING, text, answers, **fields)


def multiple(text: str = "Chọn hai", **fields) -> Question:
    """Two right ones of three."""
    answers = (Answer("a"), Answer("b", False, "Không."), Answer("c"))
    return Question(QuestionKind.MULTIPLE, text, answers, **fields)


def make_bank(*asked: Question, title: str = "Bộ câu hỏi", **fields):
    """A live item with these questions."""
    from resources.services import save_question
    from tests.factories.library import make_item

    item = make_item(title, kind="bo-cau-hoi", **fields)
    for question in asked:
        save_question(item, question, by=None)
    return item


def gift_of(*asked: Question) -> bytes:
    """A GIFT file of these questions."""
    from resources.questions.gift_writing import write_gift

    return write_gift(asked).encode()
