"""GIFT: read with every fault named by its line, written without loss."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resources.choices import QuestionKind
from resources.questions.gift import read_gift
from resources.questions.gift_writing import write_gift
from resources.questions.rules import Answer, Question, problems, true_false
from tests.factories.questions import FAST, PIECES, TEXTS, matching, multiple, questions, single


def only(text: str) -> Question:
    """The one question of a file."""
    found, wrong = read_gift(text)
    assert wrong == []
    assert len(found) == 1
    return found[0].question


def refused(text: str) -> list[tuple[int, str]]:
    """What is wrong in a file."""
    return [(one.place, one.said) for one in read_gift(text)[1]]


@settings(max_examples=60, deadline=None, phases=FAST)
@given(st.lists(questions(), max_size=4))
def test_what_is_written_reads_back_the_same(bank):
    assert all(problems(question) == [] for question in bank)
    found, wrong = read_gift(write_gift(bank))
    assert wrong == []
    assert [one.question for one in found] == bank


@settings(max_examples=200, deadline=None, phases=FAST)
@given(
    st.one_of(
        st.text(),
        TEXTS,
        st.lists(
            st.one_of(
                PIECES,
                st.sampled_from(
                    ["{", "}", "=", "~", "\n\n", "\n", "#", "a", "[html]<![", "<p", "T"]
                ),
            ),
            max_size=15,
        ).map("".join),
    )
)
def test_no_text_fails_but_with_words_and_a_line(text):
    found, wrong = read_gift(text)
    count = len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    assert all(1 <= one.place <= count for one in [*found, *wrong])
    assert all(one.said for one in wrong)
    for one in found:
        problems(one.question)


def test_the_kinds_as_teachers_write_them():
    text = """// Một tệp viết tay
$CATEGORY: $course$/top/An toàn

// [tag:4.2] [tag:khác]
::C1:: Mã OTP đọc cho ai?{
  =Không ai#Đúng.
  ~Cán bộ gọi đến#Không.
  ~%0%Người bán
  ####Mã OTP là chìa khóa.
}

Trái Đất tròn.{T}

Mặt Trời mọc ở hướng tây.{FALSE#Hãy nhìn buổi sáng.#Đúng vậy.}

Thủ đô của Việt Nam là {=Hà Nội =Thủ đô Hà Nội}.

Ghép {=VNeID -> định danh =VssID -> bảo hiểm = -> thừa}

Chọn hai {~%50%a ~%50%c ~%-100%b#Không.}
"""
    found, wrong = read_gift(text)
    assert wrong == []
    one, two, three, four, five, six = [entry.question for entry in found]
    assert [entry.place for entry in found] == [5, 12, 14, 16, 18, 20]
    assert (one.code, one.category, one.competence) == ("C1", "An toàn", "4.2")
    assert one.feedback == "Mã OTP là chìa khóa."
    assert one.answers == (
        Answer("Không ai", True, "Đúng."),
        Answer("Cán bộ gọi đến", False, "Không."),
        Answer("Người bán", False),
    )
    assert two.answers == true_false(True)
    assert three.answers == true_false(False, on_true="Hãy nhìn buổi sáng.", on_false="Đúng vậy.")
    assert (four.kind, four.text) == (QuestionKind.SHORT, "Thủ đô của Việt Nam là _____ .")
    assert five == matching(category="An toàn")
    assert six.kind == QuestionKind.MULTIPLE
    assert [answer.is_right for answer in six.answers] == [True, True, False]


def test_signs_are_escaped_and_markers_stay_words():
    question = single(
        "[html] {a} = b ~ c # d : e \\ f\n// g",
        answers=(Answer("%50%", True, "a#b"), Answer("[plain]x", False), Answer("C:\\temp", False)),
    )
    assert only(write_gift([question])) == question
    assert only("C:\\temp\\x{=a ~b}").text == "C:\\temp\\x"


def test_of_html_the_words_are_kept_and_pictures_refused():
    read = only("::a::[html]<p>Một &lt;b&gt;<br>hai</p>{=[html]<p>Có</p>#[html]<b>Ừ</b> ~Không}")
    assert read.text == "Một <b>\nhai"
    assert read.answers[0] == Answer("Có", True, "Ừ")
    assert "<img>" in refused('[html]<img src\\="a">{=a ~b}')[0][1]
    assert only("[markdown]**đậm**{=a ~b}").text == "**đậm**"


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("Không có ngoặc", 1, "Không có phần trả lời"),
        ("Tốt{=a ~b}\n\nThiếu {=a ~b", 3, "Thiếu dấu đóng }"),
        ("Thừa =a}", 1, "Thiếu dấu mở {"),
        ("A{=a ~b}\nB{=c ~d}", 2, "một cặp"),
        ("::x A{=a ~b}", 1, "“::” đóng"),
        ("// lời\n\nTự luận{}", 3, "tự luận"),
        ("Số{#5:1}", 1, "bằng số"),
        ("A{a}", 1, "Sau dấu {"),
        ("A{=a =b ~c}", 1, "hơn một đáp án đúng"),
        ("A{=a ~%50%b ~c}", 1, "Điểm từng phần"),
        ("A{~%70%a ~%30%b ~c}", 1, "bằng nhau"),
        ("A{~%40%a ~%40%b ~c}", 1, "cộng lại"),
        ("A{=%50%a =b}", 1, "trả lời ngắn"),
        ("A{=a -> b =c}", 1, "“->”"),
        ("A{=a -> b#x =c -> d}", 1, "phản hồi"),
        ("A{T#a#b#c}", 1, "nhiều nhất hai"),
        ("[html]<![a b]>{=a ~b}", 1, "hỏng"),
    ],
)  # fmt: skip
def test_faults_are_named_by_their_line(text, place, said):
    found = refused(text)
    assert [one for one, _ in found] == [place]
    assert said in found[0][1]


def test_one_fault_hides_no_other():
    text = "\n\n".join(["A{=a ~b}", "B{}", "C{=a ~b}", "D{"])
    found, wrong = read_gift(text)
    assert [one.place for one in found] == [1, 5]
    assert [one.place for one in wrong] == [3, 7]


def test_moodle_is_told_shares_that_it_knows():
    assert "~%50%a\n~%-100%b#Không.\n~%50%c" in write_gift([multiple()])
    three = Question(QuestionKind.MULTIPLE, "A", tuple(Answer(text) for text in "abc"))
    assert write_gift([three]).count("%33.33333%") == 3
