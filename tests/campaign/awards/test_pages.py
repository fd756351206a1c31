"""The desk's pages of awards: told where it happened, nothing typed lost, private things kept."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaign.awards import services
from campaign.awards.models import AwardRound, Dossier, DossierOpening, Nominee
from campaign.units.choices import Role
from tests.factories.activities import picture, upload
from tests.factories.awards import (
    add_photo,
    make_award_round,
    make_collective,
    make_dossier,
    make_nominee,
    make_staff,
    make_submitted,
    make_whole,
    serve,
    shifted,
    write_report,
)
from tests.factories.people import make_holder, make_person, make_user

pytestmark = pytest.mark.django_db
HERE = "/don-vi/khen-thuong/"


def signed_in(user):
    """A browser of `user`."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def shown(form):
    """What stands in the fields of a form, as a browser sends it."""
    values = {field.html_name: field.value() for field in form}
    return {name: "" if value is None else value for name, value in values.items()}


@pytest.fixture
def writer(college):
    """The browser of whoever writes for the faculty."""
    return signed_in(college["writer"])


@pytest.fixture
def office(college):
    """The browser of the standing office."""
    return signed_in(college["standing"])


def test_the_first_page_shows_ones_own_units_and_begins_a_proposal(college):
    chief = make_holder(college["craft"], Role.UNIT_HEAD)
    client = signed_in(chief)
    said = client.get(HERE).content.decode()
    assert "Lập hồ sơ" in said
    answer = client.post(f"{HERE}{college['round'].pk}/lap/", {"don-vi": college["craft"].pk})
    made = Dossier.objects.get(unit=college["craft"])
    assert answer.headers["Location"] == made.get_absolute_url()
    assert (
        client.post(
            f"{HERE}{college['round'].pk}/lap/", {"don-vi": college["farming"].pk}
        ).status_code
        == 404
    )


def test_a_round_is_made_with_the_plans_rules_and_opened(college, office):
    page = office.get(f"{HERE}dot-moi/")
    told = shown(page.context["form"]) | {
        "plan": "KH số 5",
        "key": str(uuid4()),
        "template": "son-la",
    }
    answers = [office.post(f"{HERE}dot-moi/", told) for _ in range(2)]
    # Pressed twice: one round.
    assert len({answer.headers["Location"] for answer in answers}) == 1
    made = AwardRound.objects.latest("pk")
    path = made.get_absolute_url()
    assert "Đợt này chưa mở" in office.get(path).content.decode()
    office.post(path, {"viec": "open"})
    made.refresh_from_db()
    assert made.is_open
    assert office.get(f"{path}tieu-chi/").status_code == 403


def test_a_round_with_days_the_wrong_way_round_is_told_at_the_field(college, office):
    page = office.get(f"{HERE}dot-moi/")
    told = shown(page.context["form"]) | {"plan": "KH", "template": "son-la", "title": "Tên đã gõ"}
    answer = office.post(f"{HERE}dot-moi/", told | {"closes_on": "2020-01-01"})
    said = answer.content.decode()
    assert (answer.status_code, "Hạn nhận không được trước" in said, "Tên đã gõ" in said) == (
        422,
        True,
        True,
    )


def test_rules_are_edited_before_opening_and_clashes_are_told(college, office):
    asked = make_award_round(college["school"], college["standing"], is_open=False)
    path = f"{HERE}{asked.pk}/tieu-chi/"
    page = office.get(path)
    told = {}
    for form in [*page.context["criteria"], *page.context["quotas"]]:
        told |= shown(form)
    first = asked.quotas.filter(subject="student").order_by("size_from")[0]
    answer = office.post(path, told | {f"q{first.pk}-size_to": "15"})
    assert (answer.status_code, "hai mức" in answer.content.decode()) == (422, True)
    answer = office.post(path, told | {f"q{first.pk}-most": "nhiều"})
    assert (answer.status_code, "Hãy ghi bằng chữ số" in answer.content.decode()) == (422, True)
    assert office.post(path, told | {f"q{first.pk}-most": "2"}).status_code == 302
    assert asked.quotas.get(pk=first.pk).most == 2


def test_people_are_found_without_marks_and_taken_in_with_the_quota_told(college, writer):
    rows = [make_staff(college["dossier"], college["writer"]) for _ in range(2)]
    third = make_person(college["farming"], kind="staff", full_name="Mẫu Đức Đạt", code="CB-9")
    path = f"{HERE}ho-so/{college['dossier'].pk}/ca-nhan/"
    page = writer.get(path, {"q": "duc dat"})
    assert [person.full_name for person in page.context["items"]] == ["Mẫu Đức Đạt"]
    told = {"viec": "them", "key": str(uuid4()), "nguoi": [third.pk]}
    answer = writer.post(path, told, follow=True)
    said = answer.content.decode()
    assert "vượt chỉ tiêu" in said
    assert "KH mục 4.3.1" in said
    assert str(rows[0]) in said
    # The same press again.
    writer.post(path, told)
    assert Nominee.objects.filter(person=third).count() == 1


def test_nobody_ticked_is_said(college, writer):
    path = f"{HERE}ho-so/{college['dossier'].pk}/ca-nhan/"
    answer = writer.post(path, {"viec": "them", "key": str(uuid4())})
    assert (answer.status_code, "đánh dấu ít nhất một người" in answer.content.decode()) == (
        422,
        True,
    )


def test_people_of_another_school_are_not_taken_by_a_forged_form(college, writer):
    from tests.factories.units import make_unit

    stranger = make_person(make_unit(make_unit(), "student_class"))
    path = f"{HERE}ho-so/{college['dossier'].pk}/ca-nhan/"
    assert (
        writer.post(path, {"viec": "them", "key": str(uuid4()), "nguoi": [stranger.pk]}).status_code
        == 422
    )
    assert college["dossier"].nominees.count() == 0


def test_a_name_by_hand_is_told_where_it_is_wrong(college, writer):
    path = f"{HERE}ho-so/{college['dossier'].pk}/ca-nhan/"
    told = {"viec": "by-hand", "key": str(uuid4()), "full_name": "???", "subject": "student",
            "home": college["farmers"].pk}  # fmt: skip
    answer = writer.post(path, told)
    assert (answer.status_code, "Hãy ghi họ và tên" in answer.content.decode()) == (422, True)
    assert writer.post(path, told | {"full_name": "Mẫu Tay"}).status_code == 302
    assert str(college["dossier"].nominees.get()) == "Mẫu Tay"


def test_a_collective_comes_from_ones_own_part_of_the_tree(college, writer):
    path = f"{HERE}ho-so/{college['dossier'].pk}/tap-the/"
    key = str(uuid4())
    assert writer.post(path, {"unit": college["smiths"].pk, "key": key}).status_code == 422
    assert writer.post(path, {"unit": college["farmers"].pk, "key": key}).status_code == 302
    assert college["dossier"].nominees.get().home == college["farming"]


def test_saved_as_one_types_the_check_is_told_anew(college, writer):
    nominee = make_nominee(college["dossier"], college["writer"], college["student"])
    serve([college["student"]], 20, college["farmers"], college["member"], college["teacher"])
    page = writer.get(f"{HERE}nguoi/{nominee.pk}/soan/")
    told = shown(page.context["form"]) | {"process": "Dạy", "self_assessment": "Tốt"}
    answer = writer.post(f"{HERE}nguoi/{nominee.pk}/luu/", told).json()
    assert answer["version"] == 1
    assert "20/20 lượt" in answer["checks"]
    assert "Thiếu xác nhận nơi tham gia" in answer["checks"]
    # Another window, on the old version.
    stale = writer.post(f"{HERE}nguoi/{nominee.pk}/luu/", told)
    assert (stale.status_code, "stale" in stale.json()) == (409, True)
    page = writer.post(f"{HERE}nguoi/{nominee.pk}/soan/", told | {"process": "Bản kia"})
    said = page.content.decode()
    assert (page.status_code, "Người khác vừa lưu" in said, "Bản kia" in said) == (409, True, True)
    again = shown(page.context["form"])
    assert writer.post(f"{HERE}nguoi/{nominee.pk}/soan/", again).status_code == 302
    assert Nominee.objects.get().individual_report.process == "Bản kia"


def test_a_wrong_field_is_told_and_nothing_is_saved(college, writer):
    nominee = make_nominee(college["dossier"], college["writer"], college["student"])
    told = {"version": 0, "process": "Dạy", "phone": "abc", "declared": "rất nhiều"}
    answer = writer.post(f"{HERE}nguoi/{nominee.pk}/luu/", told)
    assert (answer.status_code, set(answer.json()["problems"])) == (422, {"phone", "declared"})
    page = writer.post(f"{HERE}nguoi/{nominee.pk}/soan/", told)
    assert (page.status_code, "rất nhiều" in page.content.decode()) == (422, True)


def test_the_signed_slip_is_a_photo_and_anything_else_is_refused_by_name(college, writer):
    nominee = make_nominee(college["dossier"], college["writer"], college["student"])
    path = nominee.get_absolute_url()
    words = {"viec": "place", "place-signatory": "Mẫu Trưởng Bản", "place-office": "Trưởng bản",
             "place-signed_on": f"{shifted(-1)}"}  # fmt: skip
    answer = writer.post(path, words | {"place-upload": upload(b"MZ nothing", "giay.jpg")})
    assert (answer.status_code, "Mẫu Trưởng Bản" in answer.content.decode()) == (422, True)
    answer = writer.post(
        path, words | {"place-signed_on": f"{shifted(2)}", "place-upload": upload(picture(1))}
    )
    assert "Ngày ký chưa đến" in answer.content.decode()
    assert writer.post(path, words | {"place-upload": upload(picture(1))}).status_code == 302
    assert nominee.confirmations.get().signatory == "Mẫu Trưởng Bản"


def test_many_photos_at_once_the_good_ones_are_kept(college, writer):
    nominee = make_nominee(college["dossier"], college["writer"], college["student"])
    files = [upload(picture(n), f"anh-{n}.jpg") for n in range(3)] + [upload(b"xx", "hong.jpg")]
    told = {"viec": "piece", "key": str(uuid4()), "piece-uploads": files}
    answer = writer.post(nominee.get_absolute_url(), told)
    said = answer.content.decode()
    assert (answer.status_code, "hong.jpg" in said, "Đã lưu 3 tệp" in said) == (422, True, True)
    assert nominee.pieces.count() == 3


def private(college):
    """A proposal that was handed in, with a telephone, a birth date and a code in it."""
    nominee = make_nominee(college["dossier"], college["writer"], college["student"])
    make_whole(nominee, college["writer"], phone="+84912345678", born_on=shifted(-7300))
    make_submitted(college["dossier"], college["head"])
    return nominee


def test_who_only_reads_sees_neither_telephone_nor_birth_date_nor_code(college):
    nominee = private(college)
    born = f"{shifted(-7300):%d/%m/%Y}"
    seen = {}
    for role, handles in (
        (Role.COUNCIL_MEMBER, False),
        (Role.LEADER, False),
        (Role.COUNCIL_SECRETARY, True),
    ):
        client = signed_in(make_holder(college["school"], role))
        said = client.get(nominee.get_absolute_url()).content.decode()
        said += client.get(college["dossier"].get_absolute_url()).content.decode()
        seen[role] = [word in said for word in ("0912 345 678", born, "NN1-01")] == [handles] * 3
        slip = nominee.confirmations.filter(by_whom="place").get()
        assert client.get(slip.get_absolute_url()).status_code == (200 if handles else 403)
    assert set(seen.values()) == {True}


def test_every_look_is_written_down_and_shown_to_the_office(college, office):
    nominee = private(college)
    reader = make_holder(
        college["school"], Role.COUNCIL_MEMBER, last_name="Mẫu", first_name="Ủy Viên"
    )
    signed_in(reader).get(nominee.get_absolute_url())
    assert DossierOpening.objects.filter(by=reader).get().what == "Xem: Mẫu Thị Ánh"
    said = office.get(college["dossier"].get_absolute_url()).content.decode()
    assert "Ai đã mở hồ sơ này" in said
    assert "Ủy Viên" in said
    # Whoever does not check is not told who looked.
    assert (
        "Ai đã mở"
        not in signed_in(reader).get(college["dossier"].get_absolute_url()).content.decode()
    )


def test_evidence_is_served_after_the_rights_check_alone(college):
    nominee = make_nominee(college["dossier"], college["writer"], college["student"])
    piece = add_photo(nominee, college["writer"])
    assert signed_in(college["writer"]).get(piece.get_absolute_url()).status_code == 200
    for who in ("standing", "secretary", "member"):
        assert signed_in(college[who]).get(piece.get_absolute_url()).status_code == 404
    assert Client().get(piece.get_absolute_url()).status_code == 302
    assert signed_in(make_user()).get(piece.get_absolute_url()).status_code == 404


def test_the_office_gives_back_one_and_the_unit_sees_what(college, office, writer):
    nominee = private(college)
    path = college["dossier"].get_absolute_url()
    assert "Cần bổ sung gì" in office.get(path).content.decode()
    answer = office.post(
        path, {"viec": "return", f"can-{nominee.pk}": "Chụp lại giấy", "return-reason": ""}
    )
    assert answer.status_code == 302
    said = writer.get(path).content.decode()
    assert "Chụp lại giấy" in said
    assert writer.get(f"{HERE}nguoi/{nominee.pk}/soan/").status_code == 200


def test_a_move_that_is_not_ones_own_changes_nothing(college, writer):
    private(college)
    path = college["dossier"].get_absolute_url()
    assert writer.post(path, {"viec": "ready"}).status_code == 422
    college["dossier"].refresh_from_db()
    assert college["dossier"].state == "submitted"


def test_the_check_list_is_narrowed_found_and_ranked(college, office):
    nominee = private(college)
    serve([college["student"]], 30, college["farmers"], college["member"], college["teacher"])
    dossier = make_dossier(college["round"], college["union"], college["secretary"])
    make_whole(
        make_nominee(dossier, college["secretary"], unit=college["smiths"]), college["secretary"]
    )
    make_submitted(dossier, college["secretary"])
    path = f"{HERE}{college['round'].pk}/tham-tra/"
    found = {
        query: [str(one.nominee) for one in office.get(f"{path}?{query}").context["items"]]
        for query in ("", "q=thi+anh", "loc=vuong", "la=team", "xep=luot", "loc=xyz")
    }
    other = str(dossier.nominees.get())
    assert found["q=thi+anh"] == [str(nominee)]
    # The class of the other has no size on record.
    assert found["loc=vuong"] == [other]
    assert found["la=team"] == []
    assert found["xep=luot"] == [str(nominee), other]
    assert len(found[""]) == len(found["loc=xyz"]) == 2


@pytest.mark.parametrize("which", ["home", "dossier", "round", "check-list"])
def test_lists_cost_the_same_with_one_row_and_with_thirty(which, college, office, writer):
    make_whole(
        make_nominee(college["dossier"], college["writer"], college["student"]), college["writer"]
    )
    make_collective(college["dossier"], college["writer"], college["farmers"])
    write_report(
        Nominee.objects.get(unit=college["farmers"]), college["writer"], claims={4: "Nhiều nhất"}
    )
    make_submitted(college["dossier"], college["head"])
    client = writer if which in ("home", "dossier") else office
    path = {
        "home": HERE, "dossier": college["dossier"].get_absolute_url(),
        "round": college["round"].get_absolute_url(),
        "check-list": f"{HERE}{college['round'].pk}/tham-tra/",
    }[which]  # fmt: skip

    def asked():
        client.get(path)
        with CaptureQueriesContext(connection) as counted:
            assert client.get(path).status_code == 200
        return len(counted)

    first = asked()
    for _ in range(20):
        person = make_person(college["farmers"])
        Nominee.objects.create(
            dossier=college["dossier"], person=person, subject="student", full_name=person.full_name,
            code=person.code, home=college["farmers"], home_name="Lớp", key=uuid4(),
            added_at=timezone.now(), added_by=college["writer"],
        )  # fmt: skip
    for _ in range(10):
        make_award_round(college["school"], college["standing"])
    assert asked() == first


def test_a_shared_account_drafts_and_names_who_prepared_it(college):
    shared = make_user(is_shared=True)
    from tests.factories.people import hold

    hold(shared, college["farming"], Role.REPORTER)
    make_whole(make_nominee(college["dossier"], shared, college["student"]), shared)
    services.sign_dossier(college["dossier"], by=college["head"], now=timezone.now())
    client, path = signed_in(shared), college["dossier"].get_absolute_url()
    answer = client.post(path, {"viec": "submit", "submit-prepared_by": ""})
    assert (answer.status_code, "Hãy ghi người lập" in answer.content.decode()) == (422, True)
    assert client.post(path, {"viec": "submit", "submit-prepared_by": "Mẫu Lập"}).status_code == 302
    assert college["dossier"].events.latest("pk").prepared_by == "Mẫu Lập"


def test_merits_typed_in_two_windows_stand_side_by_side(college, writer):
    path = college["dossier"].get_absolute_url()
    page = writer.get(path)
    told = shown(page.context["merits"]) | {"viec": "merits"}
    writer.post(path, told | {"merits": "Cửa sổ một"})
    answer = writer.post(path, told | {"merits": "Cửa sổ hai"})
    said = answer.content.decode()
    assert (answer.status_code, "Cửa sổ một" in said, "Cửa sổ hai" in said) == (409, True, True)
    writer.post(path, shown(answer.context["merits"]) | {"viec": "merits"})
    assert Dossier.objects.get(pk=college["dossier"].pk).merits == "Cửa sổ hai"
