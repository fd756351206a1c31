"""Pages of the first tier: lists, adding people in each way, moves, papers."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from campaign.awards import services
from campaign.awards.models import RecognitionList
from campaign.units.choices import Role
from campaign.units.models import Letterhead
from tests.factories.activities import make_confirmed
from tests.factories.people import hold, make_holder, make_person, make_user
from tests.factories.recognition import (
    make_list,
    make_recognised_list,
    make_sent_list,
)
from tests.factories.units import make_college, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def college(home):
    """A school with those who write, send and decide."""
    made = make_college()
    return made | {
        "writer": make_holder(made["farming"], Role.REPORTER),
        "head": make_holder(made["farming"], Role.UNIT_HEAD, last_name="Mẫu", first_name="Trưởng"),
        "office_user": make_holder(made["school"], Role.STANDING_OFFICE),
        "leader": make_holder(made["school"], Role.LEADER),
        "person": make_person(made["farmers"], full_name="Mẫu Thị Đức", code="SV-D1"),
    }


def enter(client, user):
    """Signed in as `user`."""
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def at(name, thing, **query):
    """The address."""
    path = reverse(f"recognition:{name}", args=[thing.pk])
    return path + (
        "?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else ""
    )


def words_of(response):
    """The page's text."""
    return response.content.decode()


def test_a_list_begins_on_the_page_and_a_double_press_is_one(client, college):
    enter(client, college["writer"])
    form = {
        "unit": college["farming"].pk, "title": "Hè 2026", "school_year": "2026",
        "ground": "Kế hoạch 12", "key": str(uuid4()),
    }  # fmt: skip
    for _ in range(2):
        client.post(reverse("recognition:new"), form)
    made = RecognitionList.objects.get()
    assert (made.title, made.unit, made.institution) == (
        "Hè 2026", college["farming"], college["school"],
    )  # fmt: skip
    refused = client.post(reverse("recognition:new"), form | {"title": "", "school_year": "1900"})
    assert refused.status_code == 422
    assert "Kế hoạch 12" in words_of(refused)
    foreign = client.post(reverse("recognition:new"), form | {"unit": college["craft"].pk})
    assert foreign.status_code == 422


def test_words_are_changed_and_a_second_tab_is_told(client, college):
    listing = make_list(college["farming"], college["writer"], title="Cũ")
    enter(client, college["writer"])
    form = {
        "title": "Mới",
        "school_year": listing.school_year,
        "ground": "x",
        "version": listing.version,
    }
    assert client.post(at("change", listing), form).status_code == 302
    stale = client.post(at("change", listing), form | {"title": "Tab hai"})
    assert stale.status_code == 422
    assert "Tab hai" in words_of(stale)
    listing.refresh_from_db()
    assert listing.title == "Mới"
    # The page has taken up the new version: pressed again, it is kept.
    again = client.post(
        at("change", listing), form | {"title": "Tab hai", "version": listing.version}
    )
    assert again.status_code == 302


def test_people_are_chosen_from_the_unit_and_searched_in_the_school(client, college):
    listing = make_list(college["farming"], college["writer"])
    smith = make_person(college["smiths"], full_name="Mẫu Thợ Rèn", code="SV-R9")
    enter(client, college["writer"])
    said = words_of(client.get(at("choose", listing)))
    assert "Mẫu Thị Đức" in said
    assert "Mẫu Thợ Rèn" not in said
    assert "Mẫu Thợ Rèn" not in words_of(client.get(at("choose", listing, q="tho ren")))
    school = {"pham-vi": "truong"}
    # Not leafed through: nothing without a word.
    assert "record__tick" not in words_of(client.get(at("choose", listing, **school)))
    assert "record__tick" not in words_of(client.get(at("choose", listing, q="t", **school)))
    found = words_of(client.get(at("choose", listing, q="tho+ren", **school)))
    assert "Mẫu Thợ Rèn" in found
    # Of other units the name and class, not the code.
    assert "SV-R9" not in found
    client.post(
        at("choose", listing, q="tho+ren", **school),
        {"nguoi": [smith.pk, "x"], "merit": "Sửa máy giúp bà con", "key": str(uuid4())},
    )
    (row,) = listing.entries.all()
    assert (row.person, row.merit) == (smith, "Sửa máy giúp bà con")
    nobody = client.post(at("choose", listing), {}, follow=True)
    assert "Chưa đánh dấu ai." in words_of(nobody)


def test_people_come_from_the_log_with_their_figures(client, college):
    from tests.campaign.awards.test_recognition import services_share

    make_confirmed(
        college["farmers"], make_holder(college["farmers"], Role.REPORTER),
        make_holder(college["farmers"], Role.UNIT_HEAD), shares=[services_share(college["person"], 9)],
    )  # fmt: skip
    listing = make_list(college["farming"], college["writer"])
    enter(client, college["writer"])
    today = timezone.localdate()
    days = {"first": f"{today - timedelta(days=9):%Y-%m-%d}", "last": f"{today:%Y-%m-%d}"}
    shown = words_of(client.get(at("from-log", listing, least=9, of="luot", **days)))
    assert "1 hoạt động · 9 lượt" in shown
    assert "checked" not in shown
    none = words_of(client.get(at("from-log", listing, least=10, of="luot", **days)))
    assert "Không có ai đủ như vậy" in none
    wrong = words_of(client.get(at("from-log", listing, first="x", last="", least=0, of="y")))
    assert wrong.count("field__error") == 4
    client.post(
        at("from-log", listing, least=9, of="luot", **days),
        {"nguoi": [college["person"].pk], "key": str(uuid4())},
    )
    told = f"{today - timedelta(days=9):%d/%m/%Y}–{today:%d/%m/%Y}"
    merit = f"Tham gia 1 hoạt động, 9 lượt người dân được hỗ trợ ({told})"
    assert listing.entries.get().merit == merit
    # Typed words go before the figures.
    listing.entries.all().delete()
    client.post(
        at("from-log", listing, least=9, of="luot", **days),
        {"nguoi": [college["person"].pk], "merit": "Nổi bật", "key": str(uuid4())},
    )
    assert listing.entries.get().merit == "Nổi bật"


def test_a_name_by_hand_is_asked_about_and_either_answer_is_taken(client, college):
    listing = make_list(college["farming"], college["writer"])
    enter(client, college["writer"])
    form = {
        "full_name": "mau thi duc",
        "place": "Lớp khác",
        "merit": "Giúp bà",
        "key": str(uuid4()),
    }
    asked = client.post(at("by-hand", listing), form)
    assert asked.status_code == 422
    assert "Lớp Nông nghiệp 1, có trong danh sách trường" in words_of(asked)
    assert "Lớp khác" in words_of(asked)
    assert not listing.entries.exists()
    client.post(at("by-hand", listing), form | {"ai": f"p{college['person'].pk}"})
    assert listing.entries.get().person == college["person"]
    client.post(at("by-hand", listing), form | {"ai": "khac"})
    assert listing.entries.filter(person=None).get().place_name == "Lớp khác"
    for nonsense in ("p", "px", "p٣", "p" + "9" * 30):
        assert (
            client.post(
                at("by-hand", listing), form | {"ai": nonsense, "key": str(uuid4())}
            ).status_code
            == 422
        )
    assert client.post(at("by-hand", listing), {}).status_code == 422


def test_collectives_are_ticked(client, college):
    listing = make_list(college["farming"], college["writer"])
    enter(client, college["writer"])
    assert "Lớp Cơ khí 1" in words_of(client.get(at("collectives", listing, q="co+khi")))
    client.post(
        at("collectives", listing), {"tap-the": [college["smiths"].pk], "key": str(uuid4())}
    )
    assert listing.entries.get().unit == college["smiths"]
    page = client.post(at("collectives", listing), {"tap-the": ["x"]}, follow=True)
    assert "Chưa đánh dấu tập thể nào." in words_of(page)


def test_an_entry_is_written_and_taken_out(client, college):
    listing = make_list(college["farming"], college["writer"], college["person"])
    row = listing.entries.get()
    enter(client, college["writer"])
    client.post(at("entry", row), {"merit": "Khác", "version": row.version})
    stale = client.post(at("entry", row), {"merit": "Của tab hai", "version": row.version})
    assert stale.status_code == 422
    assert "Bản của họ: “Khác”" in words_of(stale)
    assert "Của tab hai" in words_of(stale)
    client.post(at("entry", row), {"viec": "bo"})
    assert not listing.entries.exists()
    assert client.post(at("entry", row), {"viec": "bo"}).status_code == 404


def test_moves_on_the_page_by_whom_they_belong_to(client, college):
    listing = make_list(college["farming"], college["writer"], college["person"])
    enter(client, college["writer"])
    assert "chờ trưởng đơn vị" in words_of(client.get(at("list", listing)))
    client.post(at("list", listing), {"viec": "send"})
    listing.refresh_from_db()
    assert listing.state == "draft"
    enter(client, college["head"]).post(at("list", listing), {"viec": "send"})
    leader = enter(client, college["leader"])
    desk = words_of(leader.get(reverse("portal:desk")))
    assert "Chờ quyết định" in desk
    assert "Công nhận, biểu dương cả danh sách?" in words_of(leader.get(at("list", listing)))
    refused = leader.post(at("list", listing), {"viec": "return", "return-reason": ""})
    assert refused.status_code == 422
    leader.post(at("list", listing), {"viec": "return", "return-reason": "Thiếu lớp 2"})
    head = enter(client, college["head"])
    assert "Được trả lại" in words_of(head.get(reverse("portal:desk")))
    assert "Thiếu lớp 2" in words_of(head.get(at("list", listing)))
    head.post(at("list", listing), {"viec": "send"})
    leader = enter(client, college["leader"])
    tomorrow = timezone.localdate() + timedelta(days=1)
    decision = {
        "viec": "recognise",
        "recognise-number": "5/QĐ",
        "recognise-day": f"{tomorrow:%Y-%m-%d}",
    }
    late = leader.post(at("list", listing), decision)
    assert late.status_code == 422
    assert "5/QĐ" in words_of(late)
    leader.post(
        at("list", listing), decision | {"recognise-day": f"{timezone.localdate():%d/%m/%Y}"}
    )
    listing.refresh_from_db()
    assert listing.state == "recognised"
    assert "Chờ quyết định" not in words_of(leader.get(reverse("portal:desk")))


def test_a_decision_that_somebody_else_has_made_is_told(client, college):
    done = make_recognised_list(college["farming"], college["head"], college["person"])
    decision = {"viec": "recognise", "recognise-number": "9/QĐ", "recognise-day": "01/11/2026"}
    late = enter(client, college["leader"]).post(at("list", done), decision)
    assert late.status_code == 422
    assert "việc vừa bấm không làm được nữa" in words_of(late)
    done.refresh_from_db()
    assert done.decision_number == "12/QĐ-CĐ"


def test_a_page_left_open_while_the_head_sent_leads_back_with_the_reason(client, college):
    sent = make_sent_list(college["farming"], college["head"], college["person"])
    enter(client, college["writer"])
    row = sent.entries.get()
    for address in (at("choose", sent), at("by-hand", sent), at("import", sent), at("entry", row)):
        page = client.post(address, {"nguoi": [college["person"].pk]}, follow=True)
        assert page.redirect_chain == [(sent.get_absolute_url(), 302)]
        assert "không sửa được nữa" in words_of(page)


def test_codes_are_for_those_who_handle_the_list(client, college):
    sent = make_sent_list(college["farming"], college["head"], college["person"])
    council = make_holder(college["school"], Role.COUNCIL_MEMBER)
    for user, sees in ((college["head"], True), (college["leader"], True), (council, False)):
        enter(client, user)
        assert ("SV-D1" in words_of(client.get(at("list", sent)))) is sees
        assert client.get(at("book", sent)).status_code == (200 if sees else 403)
        passed_on = load_workbook(io.BytesIO(client.get(at("names", sent)).content))
        cells = [str(cell.value) for sheet in passed_on for row in sheet for cell in row]
        assert "Mẫu Thị Đức" in cells
        assert not [words for words in cells if "SV-D1" in words]


def test_the_paper_follows_the_decree_and_names_no_code(client, college):
    Letterhead.objects.create(
        unit=college["farming"], superior_body="Trường Cao đẳng Thử", issuing_name="Khoa Nông Lâm",
        symbol="NL", place="Hoa Ban", signer_office="Trưởng khoa",
    )  # fmt: skip
    listing = make_list(college["farming"], college["writer"], college["person"],
                        ground="Kế hoạch số 12;\n\nCăn cứ Quy chế 138.", occasion="Hè 2026")  # fmt: skip
    services.praise_units(
        listing, [college["farmers"]], key=uuid4(), by=college["writer"], now=timezone.now()
    )
    sent = services.send_list(listing, by=college["head"], now=timezone.now())
    response = enter(client, college["leader"]).get(at("document", sent))
    document = Document(io.BytesIO(response.content))
    told = {paragraph.text: paragraph for paragraph in document.paragraphs}
    for ground in ("Căn cứ Kế hoạch số 12;", "Căn cứ Quy chế 138."):
        assert all(run.italic for run in told[ground].runs)
    assert any("01 tập thể và 01 cá nhân" in words for words in told)
    assert "Kính gửi: Hiệu trưởng Trường Cao đẳng Thử" in told
    tables = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    cells = [words for row in tables for words in row]
    assert any("/TTr-NL" in words for words in cells)
    assert ["1", "Mẫu Thị Đức", "Lớp Nông nghiệp 1", "Khoa Nông Lâm", "Dạy bà con"] in tables
    assert "TRƯỞNG KHOA" in "\n".join(cells)
    assert not [words for words in cells if "SV-D1" in words]


def test_the_schools_own_list_is_not_signed_by_its_leader(client, college):
    listing = make_list(college["school"], college["office_user"], college["person"])
    response = enter(client, college["office_user"]).get(at("document", listing))
    document = Document(io.BytesIO(response.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "TM. THƯỜNG TRỰC PHONG TRÀO" in "\n".join(cells)
    assert "HIỆU TRƯỞNG" not in "\n".join(cells)


def test_lists_are_told_by_tab_and_year(client, college):
    draft = make_list(college["farming"], college["writer"], title="Bản nháp năm nay")
    old = make_recognised_list(
        college["farming"], college["head"], college["person"], title="Năm ngoái", school_year=2024
    )
    address = reverse("recognition:lists")
    mine = words_of(enter(client, college["writer"]).get(address))
    assert draft.title in mine
    assert old.title in mine
    year = words_of(client.get(address + "?nam=2024"))
    assert draft.title not in year
    for nonsense in ("?nam=x", "?nam=20240000", "?cua=z", "?trang=99"):
        assert client.get(address + nonsense).status_code == 200
    leader = words_of(enter(client, college["leader"]).get(address))
    assert draft.title not in leader
    assert old.title in leader


def test_somebody_without_a_unit_has_no_lists(client, college):
    member = make_holder(college["farming"], Role.MEMBER)
    for name in ("lists", "new"):
        assert enter(client, member).get(reverse(f"recognition:{name}")).status_code == 403


def test_a_shared_account_is_asked_who_wrote(client, college):
    shared = make_user(is_shared=True)
    hold(shared, make_unit(college["school"], "office"), Role.REPORTER)
    assert "Người lập" in words_of(enter(client, shared).get(reverse("recognition:new")))
