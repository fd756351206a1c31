"""Pages of self-assessment: without account, cookie or script for learners; for units on the desk."""

import csv
import io
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from campaign.units.choices import Role
from core.spam import SALT
from resources.choices import Able, Split, Wave
from resources.models import AnswerCount, Audience, Competence, ItemCompetence, SheetPile, Survey
from resources.services import close_wave, settle_wave
from tests.factories.library import make_item
from tests.factories.people import make_holder, make_user
from tests.factories.surveys import all_questions, make_asked, over, pile_up, round_of
from tests.factories.units import make_college

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def college(home):
    """A school with two faculties of a class each."""
    return make_college()


@pytest.fixture
def desk(college):
    """A client signed in as the school's standing office."""
    client = Client()
    client.force_login(make_holder(college["school"], Role.STANDING_OFFICE), backend=BACKEND)
    return client


def stamp(seconds: int = 60) -> str:
    """A form opened a while ago."""
    at = timezone.now().timestamp() - seconds
    return signing.dumps({"key": str(uuid4()), "at": at}, salt=SALT)


def sheet(survey, answer: int | str = Able.ALONE, **more):
    """What a learner sends."""
    given = {f"q{pk}": answer for pk in all_questions(survey, 0)}
    return {"stamp": stamp(), "website": "", **given, **more}


def test_a_learner_answers_without_account_or_cookie(client, college):
    survey = make_asked(college["school"])
    page = client.get(survey.public_url)
    said = page.content.decode()
    assert "Trước khi học" in said
    assert said.count('type="radio"') == 12
    sent = client.post(survey.public_url, sheet(survey))
    assert "Cảm ơn bạn" in sent.content.decode()
    assert SheetPile.objects.get().sheets == 1
    assert client.cookies == {}
    assert "no-store" in page["Cache-Control"]
    assert "no-store" in sent["Cache-Control"]


def test_a_sheet_sent_again_is_thanked_for_and_not_counted(client, college):
    survey = make_asked(college["school"])
    data = sheet(survey)
    for _ in range(2):
        assert "Cảm ơn bạn" in client.post(survey.public_url, data).content.decode()
    assert SheetPile.objects.get().sheets == 1


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"stamp": "giả"}, "Trang đã mở quá lâu"),
        ({"website": "x"}, "Để chắc rằng người thật đang gửi"),
        ({"q": "none"}, "Bạn chưa trả lời câu nào"),
        ({"answer": "9"}, "Hãy chọn trong danh sách"),
        ({"answer": "x"}, "Hãy chọn trong danh sách"),
    ],
)
def test_a_sheet_that_is_none_is_refused_with_what_was_ticked(more, said, client, college):
    survey = make_asked(college["school"])
    data = (
        {"stamp": stamp()} if "q" in more else sheet(survey, more.pop("answer", Able.ALONE), **more)
    )
    answer = client.post(survey.public_url, data)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert answer.content.decode().count("checked") == (
        3 if "website" in more or "stamp" in more else 0
    )
    assert not SheetPile.objects.exists()


def test_a_whole_class_behind_one_address_is_not_held_up(client, college):
    survey = make_asked(college["school"])
    for _ in range(50):
        assert client.post(survey.public_url, sheet(survey)).status_code == 200
    assert SheetPile.objects.get().sheets == 50


def test_class_and_group_are_asked_where_there_are_several(client, college):
    survey = make_asked(college["school"], split=Split.CLASSES, names=("Nông dân", "Sinh viên"))
    smiths = college["smiths"]
    page = client.get(f"{survey.public_url}?lop={smiths.pk}&nhom=sinh-vien").content.decode()
    assert f'<option value="{smiths.pk}" selected>' in page
    assert page.count("checked") == 1
    refused = client.post(survey.public_url, sheet(survey, unit="999999", audience=""))
    assert refused.status_code == 422
    audience = survey.audiences.get(audience__slug="sinh-vien").audience_id
    client.post(survey.public_url, sheet(survey, unit=smiths.pk, audience=audience))
    pile = SheetPile.objects.get()
    assert (pile.unit_id, pile.audience_id, pile.wave) == (smiths.pk, audience, "before")


def test_the_round_is_that_of_the_day(client, college):
    survey = make_asked(college["school"], before=round_of(-9, -5), after=round_of(0, 5))
    assert "Sau khi học" in client.get(survey.public_url).content.decode()
    client.post(survey.public_url, sheet(survey))
    assert SheetPile.objects.get().wave == Wave.AFTER


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (round_of, None, "Phiếu chưa mở"),
        (None, round_of, "Đợt trước khi học đã xong"),
        (None, None, "Phiếu đã đóng"),
    ],
)
def test_a_closed_sheet_says_when_to_come_back(before, after, said, client, college):
    survey = make_asked(
        college["school"],
        before=round_of(3, 5) if before else round_of(-9, -8),
        after=round_of(6, 9) if before or after else round_of(-5, -3),
    )
    assert said in client.get(survey.public_url).content.decode()
    assert client.post(survey.public_url, sheet(survey)).status_code == 409
    assert not SheetPile.objects.exists()


def test_a_sheet_of_the_first_round_is_not_counted_to_the_second(client, college):
    survey = make_asked(college["school"], before=round_of(0, 0), after=round_of(0, 0))
    data = sheet(survey, dot="before")
    close_wave(survey, Wave.BEFORE, by=None, now=timezone.now())
    late = client.post(survey.public_url, data)
    assert late.status_code == 422
    assert "nay là đợt sau khi học" in late.content.decode()
    assert 'name="dot" value="after"' in late.content.decode()
    assert client.post(survey.public_url, data | {"dot": "after"}).status_code == 200
    assert SheetPile.objects.get().wave == Wave.AFTER


def test_thanks_lead_to_what_is_still_missing(client, college):
    link = ItemCompetence(competence=Competence.objects.get(code="4.2"))
    make_item("Nhận ra lừa đảo", competences=[link])
    survey = make_asked(college["school"])
    by_code = dict(survey.questions.values_list("competence__code", "pk"))
    data = sheet(survey) | {f"q{by_code['4.2']}": Able.CANNOT, f"q{by_code['1.1']}": Able.HELPED}
    said = client.post(survey.public_url, data).content.decode()
    assert "Nhận ra lừa đảo" in said
    assert "/thu-vien/?nang-luc=4.2" in said
    # For 1.1 there is nothing yet, and no link to an empty list.
    assert "nang-luc=1.1" not in said
    assert "nang-luc=2.6" not in said
    assert said.index("lừa đảo và không đưa") < said.index("thông tin cần thiết")
    assert "Rất vững" in client.post(survey.public_url, sheet(survey)).content.decode()


def test_a_code_is_found_as_it_is_typed(client, college):
    survey = make_asked(college["school"])
    typed = f" {survey.code[:3].upper()}-{survey.code[3:]}"
    assert client.get("/thu-vien/tu-danh-gia/", {"ma": typed})["Location"] == survey.public_url
    for wrong in ("xyz", "", "../../", "%00"):
        answer = client.get("/thu-vien/tu-danh-gia/", {"ma": wrong})
        assert answer.status_code == 404
        assert "Không có phiếu nào mang mã này" in answer.content.decode()
    upper = client.get(survey.public_url.replace(survey.code, survey.code.upper()))
    assert upper["Location"] == survey.public_url


def test_paper_has_every_statement_and_a_code_for_its_class(client, college):
    survey = make_asked(college["school"], split=Split.CLASSES, codes=("1.1", "6.3"))
    page = client.get(f"{survey.public_url}in/?dot=sau&lop={college['smiths'].pk}").content.decode()
    assert page.count('class="skill-sheet__words"') == 2
    assert "☑ Sau khi học" in page
    assert "Lớp Cơ khí 1" in page
    code = client.get(f"{survey.public_url}ma-qr/?lop={college['smiths'].pk}")
    assert code["Content-Type"] == "image/svg+xml"
    assert code.content != client.get(f"{survey.public_url}ma-qr/").content


def days(**more):
    """The days of a form as a browser sends them."""
    today = timezone.localdate()
    told = {"before_from": 0, "before_to": 5, "after_from": 20, "after_to": 25}
    return {name: f"{today + timedelta(days=n):%Y-%m-%d}" for name, n in (told | more).items()}


def made_form(college, **more):
    """A sound new survey."""
    asked = Competence.objects.filter(code__in=("1.1", "2.6")).values_list("pk", flat=True)
    return {
        "title": "Lớp VNeID", "unit": college["school"].pk, "split": "classes", "key": str(uuid4()),
        "audiences": [Audience.objects.get(name="Nông dân").pk], "competences": list(asked),
        **days(), **more,
    }  # fmt: skip


def test_a_unit_makes_a_survey_once(desk, college):
    data = made_form(college)
    for _ in range(2):
        answer = desk.post("/don-vi/tu-danh-gia/moi/", data)
    survey = Survey.objects.get()
    assert answer["Location"] == survey.get_absolute_url()
    page = desk.get(answer["Location"]).content.decode()
    assert survey.code in page
    assert page.count("In phiếu: ") == 2


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"title": ""}, "Hãy ghi tên phiếu."),
        ({"audiences": []}, "Hãy chọn ít nhất một nhóm."),
        ({"competences": []}, "Hãy chọn ít nhất một năng lực để hỏi."),
        ({"before_from": "hôm nay"}, "Ngày viết dạng 25/12/2026."),
        (days(after_from=2), "Đợt sau không bắt đầu trước"),
        ({"competences": ["999999"]}, "Hãy chọn trong danh sách."),
        ({"audiences": ["x"]}, "Hãy chọn trong danh sách."),
    ],
)
def test_what_is_wrong_stands_at_its_place_and_nothing_typed_is_lost(more, said, desk, college):
    answer = desk.post("/don-vi/tu-danh-gia/moi/", made_form(college, **more))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert more.get("title", "Lớp VNeID") in page
    assert not Survey.objects.exists()


def test_all_that_is_wrong_is_told_at_once(desk, college):
    many = list(Audience.objects.values_list("pk", flat=True))
    wrong = made_form(college, title="", audiences=many, **days(before_to=-1))
    page = desk.post("/don-vi/tu-danh-gia/moi/", wrong).content.decode()
    for said in (
        "Hãy ghi tên phiếu.",
        "Trước khi học, đến hết ngày: Ngày cuối không được trước ngày đầu.",
        "Hỏi ai: Hãy chọn từ 1 đến 6 nhóm.",
    ):
        assert said in page


def test_a_survey_can_be_made_for_ones_own_unit_alone(college):
    client = Client()
    client.force_login(make_holder(college["craft"], Role.REPORTER), backend=BACKEND)
    answer = client.post("/don-vi/tu-danh-gia/moi/", made_form(college))
    assert answer.status_code == 422
    assert not Survey.objects.exists()


def test_a_round_is_ended_and_settled_by_a_press(desk, college):
    survey = make_asked(college["school"])
    pile_up(survey, 12, 6)
    at = survey.get_absolute_url()
    assert "Đã nhận 12 phiếu" in desk.get(at).content.decode()
    desk.post(f"{at}viec/", {"viec": "chot:truoc"})
    assert Survey.objects.get().before_settled_at is None
    assert "kết quả hiện ra khi chốt" in desk.get(f"{at}so-sanh/").content.decode()
    desk.post(f"{at}viec/", {"viec": "ket-thuc:truoc"})
    desk.post(f"{at}viec/", {"viec": "chot:truoc"})
    assert "50%" in desk.get(f"{at}so-sanh/").content.decode()
    assert desk.post(f"{at}viec/", {"viec": "chot:x"}).status_code == 404
    desk.post(f"{at}viec/", {"viec": "xoa"})
    assert Survey.objects.count() == 1


def tally_data(survey, numbers=(1, 2, 3, ""), **more):
    """Four numbers for each statement."""
    cells = {
        f"q{pk}-{answer}": number
        for pk in all_questions(survey, 0)
        for answer, number in zip(Able, numbers, strict=True)
    }
    return {"sheets": 6, "seen": 0, **cells, **more}


def test_paper_is_entered_and_put_right_by_who_entered_it(desk, college):
    survey = make_asked(college["school"])
    at = f"{survey.get_absolute_url()}nhap/?dot=truoc"
    assert desk.get(at).status_code == 200
    assert desk.post(at, tally_data(survey))["Location"] == survey.get_absolute_url()
    page = desk.get(at).content.decode()
    assert 'value="6"' in page
    assert "Lưu lần này thì thay số cũ của bạn" in page
    refused = desk.post(at, tally_data(survey, sheets=7, seen=1))
    assert refused.status_code == 422
    assert "Hãy ghi vì sao sửa" in refused.content.decode()
    desk.post(at, tally_data(survey, sheets=7, seen=1, reason="Sót một tờ"))
    assert SheetPile.objects.get().sheets == 7
    assert "Sót một tờ" in desk.get(survey.get_absolute_url()).content.decode()


def test_numbers_of_another_are_not_shown(desk, college):
    survey = make_asked(college["school"])
    at = f"{survey.get_absolute_url()}nhap/?dot=truoc"
    desk.post(at, tally_data(survey))
    other = Client()
    other.force_login(make_holder(college["school"], Role.STANDING_OFFICE), backend=BACKEND)
    page = other.get(at).content.decode()
    assert "hãy đếm lại từ các tờ phiếu" in page
    assert re.findall(r'name="(?:sheets|q\d+-\d)" value=', page) == []
    reporter = Client()
    reporter.force_login(make_holder(college["school"], Role.REPORTER), backend=BACKEND)
    answer = reporter.get(at, follow=True)
    assert "chính người đó" in answer.content.decode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"sheets": 5}, "Cộng lại là 6, nhiều hơn 5 phiếu."),
        ({"sheets": -1}, "Số phiếu thu được: Không nhỏ hơn 1."),
        ({"sheets": ""}, "Hãy ghi số phiếu."),
        ({"sheets": "năm"}, "Hãy ghi một số nguyên, ví dụ 12."),
        ({"sheets": "99999"}, "Không quá 2000."),
    ],
)
def test_a_wrong_tally_says_where_and_keeps_what_was_typed(data, said, desk, college):
    survey = make_asked(college["school"])
    at = f"{survey.get_absolute_url()}nhap/?dot=truoc"
    answer = desk.post(at, tally_data(survey, **data))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert answer.content.decode().count('value="3"') == 3
    assert not AnswerCount.objects.exists()


@pytest.mark.parametrize(
    ("query", "status"),
    [("?dot=truoc&lop={smiths}", 200), ("?dot=truoc", 404), ("?lop={smiths}", 404),
     ("?dot=truoc&lop=x", 404), ("?dot=giua&lop={smiths}", 404), ("?dot=truoc&lop={farmers}", 403)],
)  # fmt: skip
def test_the_group_of_a_tally_is_one_that_is_asked_and_ones_own(query, status, college):
    survey = make_asked(college["school"], split=Split.CLASSES)
    client = Client()
    client.force_login(make_holder(college["smiths"], Role.REPORTER), backend=BACKEND)
    keys = {name: unit.pk for name, unit in college.items()}
    answer = client.get(f"{survey.get_absolute_url()}nhap/{query.format(**keys)}")
    assert answer.status_code == status


@pytest.fixture
def compared(college):
    """A survey by class of two audiences, long over."""
    survey = make_asked(college["school"], split=Split.CLASSES, names=("Nông dân", "Sinh viên"))
    for wave, able in ((Wave.BEFORE, 10), (Wave.AFTER, 28)):
        pile_up(survey, 30, able, wave, unit=college["smiths"], audience="Sinh viên")
        pile_up(survey, 26, able - 5, wave, unit=college["farmers"], audience="Nông dân")
    return over(survey)


def test_results_show_shares_and_never_a_small_number(desk, compared, college):
    at = f"{compared.get_absolute_url()}so-sanh/"
    whole = desk.get(at).content.decode()
    assert "27%" in whole
    assert "+64" in whole
    assert "chưa chứng minh là nhờ lớp học" in whole
    smiths = desk.get(f"{at}?xem=u{college['smiths'].pk}").content.decode()
    # 28 of 30 can, and the school is told: neither the two nor the others are.
    assert "93%" not in smiths
    assert desk.get(f"{at}?xem=u999999").status_code == 200


def test_a_survey_that_is_over_hands_out_nothing(desk, client, compared):
    page = desk.get(compared.get_absolute_url()).content.decode()
    assert "Số liệu đã chốt" in page
    assert "Đưa cho người học" not in page
    closed = client.get(compared.public_url).content.decode()
    assert "Phiếu đã đóng" in closed
    assert "In phiếu này" not in closed


def test_a_round_without_results_draws_no_bar(desk, college):
    survey = make_asked(college["school"])
    pile_up(survey, 30, 10)
    close_wave(survey, Wave.BEFORE, by=None, now=timezone.now())
    settle_wave(survey, Wave.BEFORE, by=None, now=timezone.now())
    page = desk.get(f"{survey.get_absolute_url()}so-sanh/").content.decode()
    assert "skill-bars__before" in page
    assert "skill-bars__after" not in page
    assert 'width=""' not in page


def test_files_say_what_the_page_says(desk, compared):
    at = compared.get_absolute_url()
    text = desk.get(f"{at}so-sanh.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    whole = [row for row in rows if row[0] == "Tất cả"]
    assert [row[5:] for row in whole] == [["56", "27", "56", "91", "64"]] * 3
    book = load_workbook(io.BytesIO(desk.get(f"{at}so-sanh.xlsx").content))
    cells = [
        [str(cell) if cell is not None else "" for cell in row] for row in book["Kết quả"].values
    ]
    assert cells[1:] == [row for row in rows[1:] if len(row) > 1]
    # Shares under five at a side stand in neither.
    assert not any(row[6] in ("93", "7") or row[8] in ("93", "7") for row in rows if len(row) > 8)


def test_results_before_five_have_answered_are_an_honest_nothing(desk, college):
    survey = make_asked(college["school"])
    pile_up(survey, 4, 2)
    over(survey)
    page = desk.get(f"{survey.get_absolute_url()}so-sanh/").content.decode()
    assert "Chưa đủ người trả lời để hiển thị" in page
    assert "%" not in re.sub(r"<[^>]+>", "", page.split("<h1>")[1].split("<footer")[0])


def test_librarians_read_all_results_and_run_nothing(compared):
    client = Client()
    client.force_login(make_user("librarian"), backend=BACKEND)
    assert compared.title in client.get("/don-vi/tu-danh-gia/").content.decode()
    assert client.get(f"{compared.get_absolute_url()}so-sanh/").status_code == 200
    assert client.get(f"{compared.get_absolute_url()}sua/").status_code == 403
    assert client.get("/don-vi/tu-danh-gia/moi/").status_code == 403
    assert "/don-vi/tu-danh-gia/" in client.get("/quan-tri/", follow=True).content.decode()


def test_a_survey_in_use_is_changed_in_name_and_days_alone(desk, college):
    survey = make_asked(college["school"])
    at = f"{survey.get_absolute_url()}sua/"
    assert 'name="competences"' in desk.get(at).content.decode()
    pile_up(survey, 12, 6)
    assert 'name="competences"' not in desk.get(at).content.decode()
    assert desk.post(at, {"title": "Tên mới", "seen": 1, **days()}).status_code == 302
    assert Survey.objects.get().title == "Tên mới"
    stale = desk.post(at, {"title": "Tên khác", "seen": 1, **days()})
    assert "Người khác vừa sửa" in stale.content.decode()
    close_wave(survey, Wave.BEFORE, by=None, now=timezone.now())
    moved = desk.post(at, {"title": "Tên", "seen": 3, **days()})
    assert "Đợt này đã kết thúc" in moved.content.decode()


def test_the_privacy_page_says_what_is_not_kept(client, home):
    said = client.get("/quyen-rieng-tu/").content.decode()
    assert 'id="tu-danh-gia"' in said
    assert "Trang không giữ phiếu của ai" in said
