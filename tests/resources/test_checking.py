"""The public self-check: without script or account, marked on the server, counted once."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from resources.models import QuestionTally
from resources.questions.rules import Question, matches, true_false
from tests.concurrency import at_once
from tests.factories.library import make_item
from tests.factories.questions import make_bank, matching, multiple, short, single
from tests.resources.test_library import READER

pytestmark = pytest.mark.django_db
SEEDED = "?de=mau1"
# What a browser sends along with a form of this site.
SENT = {"headers": READER | {"sec-fetch-site": "same-origin"}}
EACH = (
    single("Một?"),
    multiple("Hai?"),
    matching("Ba?"),
    short("Hà Nội", text="Bốn?"),
    Question("true_false", "Năm?", true_false(False), feedback="Vì thế."),
)


@pytest.fixture
def bank(home):
    """A bank with a question of each kind."""
    return make_bank(*EACH)


def right_answers(item) -> dict[str, list[str]]:
    """What to send to be right everywhere."""
    sent = {}
    for row in item.questions.whole():
        question = row.as_question()
        if question.kind == "matching":
            for n, pair in enumerate(question.answers[:2]):
                sent[f"c{row.pk}-{n}"] = [str(matches(question).index(pair.match))]
        elif question.kind == "short":
            sent[f"c{row.pk}"] = ["ha noi"]
        else:
            right = [str(n) for n, answer in enumerate(question.answers) if answer.is_right]
            sent[f"c{row.pk}"] = right
    return sent


def token_of(page) -> str:
    """The key that the form carries."""
    return re.search(r'name="phieu" value="([^"]+)"', page.content.decode())[1]


def sums() -> list[tuple[int, int, int]]:
    """All sums."""
    rows = QuestionTally.objects.order_by("question")
    return list(rows.values_list("shown", "answered", "right"))


def test_an_item_offers_the_check_only_when_it_has_questions(client, bank):
    said = client.get(bank.url).content.decode()
    assert "<b>5 câu hỏi</b>" in said
    assert f'{bank.url}tu-kiem-tra/"' in said
    for other in (make_bank(title="Rỗng"), make_item()):
        assert "tu-kiem-tra" not in client.get(other.url).content.decode()
        assert client.get(f"{other.url}tu-kiem-tra/").status_code == 404
        assert client.get(f"{other.url}tu-kiem-tra/in/").status_code == 404


def test_an_address_keeps_its_questions(client, home):
    item = make_bank(*(single(f"Câu số {n}?") for n in range(14)))
    led = client.get(f"{item.url}tu-kiem-tra/")
    assert led.status_code == 302
    assert re.search(r"\?de=[a-z0-9]{8}$", led["Location"])
    one, two = (client.get(item.url + "tu-kiem-tra/" + SEEDED) for _ in range(2))
    asked = [row.pk for row in one.context["asked"]]
    assert len(asked) == 10
    assert asked == [row.pk for row in two.context["asked"]]
    assert client.get(f"{item.url}tu-kiem-tra/?de=ĐẶT").status_code == 302


def test_all_right_is_said_and_counted_once_however_often_it_is_sent(client, bank):
    path = f"{bank.url}tu-kiem-tra/{SEEDED}"
    page = client.get(path)
    assert "csrftoken" in page.cookies
    assert set(page.cookies) == {"csrftoken"}
    sent = right_answers(bank) | {"phieu": token_of(page)}
    for _ in range(3):
        result = client.post(path, sent, **SENT)
        assert "Bạn đúng 5 trên 5 câu" in result.content.decode()
    assert sums() == [(1, 1, 1)] * 5
    assert result["Cache-Control"] == "no-store"


def test_wrong_and_missing_answers_are_shown_with_their_reasons(client, bank):
    path = f"{bank.url}tu-kiem-tra/{SEEDED}"
    first = bank.questions.all()[0].pk
    last = bank.questions.all()[4].pk
    sent = {"phieu": token_of(client.get(path)), f"c{first}": "1", f"c{last}": "1"}
    result = client.post(path, sent, **SENT)
    said = result.content.decode()
    assert "Bạn đúng 1 trên 5 câu" in said
    assert "Huế là cố đô." in said
    assert "Vì thế." in said
    assert said.count("Chưa trả lời") == 3
    assert sums() == [(1, 1, 0), (1, 0, 0), (1, 0, 0), (1, 0, 0), (1, 1, 1)]
    again = re.search(r'href="(\?de=mau1&amp;cau=[0-9.]+)"', said)[1].replace("&amp;", "&")
    page = client.get(f"{bank.url}tu-kiem-tra/{again}")
    assert [row.question.text for row in page.context["asked"]] == ["Một?", "Hai?", "Ba?", "Bốn?"]
    # Who has read the answers says nothing of the question any more.
    retry = right_answers(bank) | {"phieu": token_of(page)}
    assert (
        "Bạn đúng 4 trên 4"
        in client.post(page.request["PATH_INFO"] + again, retry, **SENT).content.decode()
    )
    assert sums()[0] == (1, 1, 0)


@pytest.mark.parametrize(
    "headers", [{}, {"user-agent": "curl/8"}, READER | {"sec-fetch-site": "cross-site"}]
)
def test_programs_and_foreign_pages_count_nothing_and_get_their_answer(headers, client, bank):
    path = f"{bank.url}tu-kiem-tra/{SEEDED}"
    sent = right_answers(bank) | {"phieu": token_of(client.get(path))}
    assert client.post(path, sent, headers=headers).status_code == 200
    assert sums() == [(0, 0, 0)] * 5


@pytest.mark.parametrize("token", ["", "rác", "a:b:c"])
def test_whatever_is_sent_is_answered_and_not_counted(token, client, bank):
    path = f"{bank.url}tu-kiem-tra/{SEEDED}"
    first = bank.questions.first().pk
    sent = {"phieu": token, f"c{first}": ["99", "-1", "x" * 5000, "\x00"], "khac": "1"}
    page = client.post(path, sent, **SENT)
    assert "Bạn đúng 0 trên 5 câu" in page.content.decode()
    assert sums() == [(0, 0, 0)] * 5
    for query in ("?de=mau1&cau=abc.99999999999999999999.-1", "?de=", "?de=%00", "?cau=1"):
        assert client.get(f"{bank.url}tu-kiem-tra/{query}").status_code in (200, 302)


def test_a_sheet_of_yesterday_is_marked_and_not_counted(client, bank, time_machine):
    path = f"{bank.url}tu-kiem-tra/{SEEDED}"
    time_machine.move_to("2026-11-23T08:00:00+07:00", tick=False)
    sent = right_answers(bank) | {"phieu": token_of(client.get(path))}
    time_machine.move_to("2026-11-24T09:00:00+07:00", tick=False)
    assert "Bạn đúng 5 trên 5" in client.post(path, sent, **SENT).content.decode()
    assert sums() == [(0, 0, 0)] * 5


def test_a_token_of_another_bank_marks_this_one(client, bank):
    other = make_bank(single("Khác?"), title="Khác")
    token = token_of(client.get(f"{other.url}tu-kiem-tra/{SEEDED}"))
    sent = right_answers(bank) | {"phieu": token}
    page = client.post(f"{bank.url}tu-kiem-tra/{SEEDED}", sent, **SENT)
    assert "trên 5 câu" in page.content.decode()
    assert sums() == [(0, 0, 0)] * 6


def test_a_form_of_another_site_is_refused(bank):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"{bank.url}tu-kiem-tra/{SEEDED}", {}).status_code == 403


def test_paper_has_the_same_questions_and_the_answers_apart(client, bank):
    said = client.get(f"{bank.url}tu-kiem-tra/in/{SEEDED}").content.decode()
    questions, answers = said.split('id="dap-an"')
    assert "Hà Nội" in questions
    assert said.count("☐") == 8
    assert "VNeID: <b>" in answers
    assert client.get(f"{bank.url}tu-kiem-tra/in/?ca-bo=1").status_code == 200


def test_a_check_costs_the_same_for_two_and_for_thirty(client, home):
    def queries(item) -> int:
        client.get(f"{item.url}tu-kiem-tra/{SEEDED}")
        with CaptureQueriesContext(connection) as seen:
            client.get(f"{item.url}tu-kiem-tra/{SEEDED}")
        return len(seen)

    few = queries(make_bank(single("Một?"), single("Hai?")))
    assert queries(make_bank(*(single(f"{n}?") for n in range(30)), title="Lớn")) == few


@pytest.mark.django_db(transaction=True)
def test_twenty_identical_posts_at_once_count_once(home):
    item = make_bank(*EACH)
    path = f"{item.url}tu-kiem-tra/{SEEDED}"
    sent = right_answers(item) | {"phieu": token_of(Client().get(path))}
    said = at_once(20, lambda: Client().post(path, sent, **SENT).status_code)
    assert said == [200] * 20
    assert sums() == [(1, 1, 1)] * 5
