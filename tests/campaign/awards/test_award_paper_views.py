"""Papers of awards as files: who may take which, what is written down, the workbook of the round."""

import io
import zipfile
from uuid import uuid4

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.urls import reverse
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from campaign.awards import packing, services
from campaign.awards.models import Dossier, DossierOpening, SignedProposal
from campaign.units.choices import Role
from tests.campaign.awards.scenes import make_scene
from tests.factories.activities import picture, upload
from tests.factories.awards import make_award_round, shifted
from tests.factories.people import hold, make_holder, make_person, make_user
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EVERY = ("proposal", "achievement", "slip", "consent-sheet", "check-list", "book", "dossier-zip",
         "round-zip", "signed")  # fmt: skip
OF_DOSSIER = {"proposal", "achievement", "slip", "consent-sheet", "dossier-zip", "signed"}
# Who gets what of a proposal that was handed in; everybody else gets 403 or 404.
MAY = {
    "writer": OF_DOSSIER,
    "head": OF_DOSSIER,
    "deputy": OF_DOSSIER,
    "shared": OF_DOSSIER,
    "office": set(EVERY),
    "secretary": set(EVERY),
    "administrator": set(EVERY),
    "council": {"check-list", "book"},
    "leader": {"check-list", "book"},
    "member": set(),
    "plain": set(),
    "foreign_office": set(),
    "department_office": set(),
    "officer": set(),
    "other_head": set(),
}


@pytest.fixture
def scene(home):
    """A proposal that was handed in, with its signed copy."""
    made = make_scene()
    made.submit()
    made.copy = services.add_signed_proposal(
        made.dossier, upload=upload(picture(1)), number="05/TTr-NL", signed_on=shifted(0),
        is_digital=False, by=made.head, now=timezone.now(),
    )  # fmt: skip
    return made


def address(scene, name):
    """Where the paper lies."""
    keys = {
        "achievement": scene.student.pk, "slip": scene.student.pk, "consent-sheet": scene.student.pk,
        "book": scene.round.pk, "round-zip": scene.round.pk, "signed": scene.copy.pk,
    }  # fmt: skip
    return reverse(f"awards:{name}", args=[keys.get(name, scene.dossier.pk)])


def somebody(scene, who):
    """A user by his part."""
    school = scene.units["school"]
    made = {
        "writer": lambda: scene.writer,
        "head": lambda: scene.head,
        "office": lambda: scene.office,
        "deputy": lambda: make_holder(scene.units["farming"], Role.DEPUTY),
        "shared": lambda: shared(scene),
        "plain": make_user,
        "department_office": lambda: make_holder(scene.units["department"], Role.STANDING_OFFICE),
        "officer": lambda: make_holder(scene.units["department"], Role.DEPARTMENT_OFFICER),
        "secretary": lambda: make_holder(school, Role.COUNCIL_SECRETARY),
        "council": lambda: make_holder(school, Role.COUNCIL_MEMBER),
        "leader": lambda: make_holder(school, Role.LEADER),
        "member": lambda: make_holder(scene.units["farming"], Role.MEMBER),
        "administrator": lambda: make_user("administrator"),
        "foreign_office": lambda: make_holder(make_unit(), Role.STANDING_OFFICE),
        "other_head": lambda: make_holder(scene.units["craft"], Role.UNIT_HEAD),
    }
    return made[who]()


def shared(scene):
    """The account that the faculty's office shares."""
    user = make_user(is_shared=True)
    hold(user, scene.units["farming"], Role.REPORTER)
    return user


def taken(client, user, url):
    """The answer with all its bytes: once read, a stream gives its place back."""
    client.force_login(user)
    response = client.get(url)
    response.body = b"".join(response.streaming_content) if response.streaming else response.content
    return response


def gone_away(response):
    """The reader is gone before he has all of it; the test's own connection stays."""
    request_finished.disconnect(close_old_connections)
    try:
        response.close()
    finally:
        request_finished.connect(close_old_connections)


@pytest.mark.parametrize("who", sorted(MAY))
def test_who_may_take_which_paper(client, scene, who):
    user = somebody(scene, who)
    got = {name: taken(client, user, address(scene, name)).status_code for name in EVERY}
    assert {name for name, status in got.items() if status == 200} == MAY[who]
    assert set(got.values()) <= {200, 403, 404}
    known = who in ("council", "leader")
    assert all(
        (status == 403) is known for name, status in got.items() if name in OF_DOSSIER - MAY[who]
    )


def test_nobody_takes_a_paper_unsigned_in(client, scene):
    for name in EVERY:
        assert client.get(address(scene, name)).status_code == 302


def test_a_draft_is_for_its_unit_alone(client, scene):
    services.return_dossier(scene.dossier, reason="Bổ sung", by=scene.office, now=timezone.now())
    Dossier.objects.filter(pk=scene.dossier.pk).update(state="draft")
    for who, status in (("writer", 200), ("office", 404), ("council", 404)):
        assert taken(client, somebody(scene, who), address(scene, "proposal")).status_code == status


@pytest.mark.parametrize("name", [name for name in EVERY if name not in ("book", "round-zip")])
def test_each_paper_taken_out_is_written_down_once(client, scene, name):
    DossierOpening.objects.all().delete()
    client.force_login(scene.office)
    assert client.head(address(scene, name)).status_code == 200
    assert not DossierOpening.objects.exists()
    taken(client, scene.office, address(scene, name))
    (row,) = DossierOpening.objects.all()
    assert (row.dossier, row.by) == (scene.dossier, scene.office)
    assert row.what


@pytest.mark.parametrize("name", ["book", "round-zip"])
def test_what_takes_the_whole_round_is_written_down_for_each_proposal(client, scene, name):
    taken(client, scene.office, address(scene, name))
    assert [row.dossier for row in DossierOpening.objects.all()] == [scene.dossier]


def test_who_is_refused_leaves_no_trace(client, scene):
    taken(client, somebody(scene, "council"), address(scene, "proposal"))
    assert not DossierOpening.objects.exists()


def test_what_the_office_takes_out_is_not_taken_back(client, scene):
    taken(client, scene.writer, address(scene, "proposal"))
    scene.dossier.refresh_from_db()
    assert scene.dossier.opened_at is None
    taken(client, scene.office, address(scene, "achievement"))
    scene.dossier.refresh_from_db()
    assert scene.dossier.opened_at is not None


def test_files_have_their_kind_and_a_vietnamese_name(client, scene):
    answer = taken(client, scene.writer, address(scene, "achievement"))
    assert answer["Content-Type"] == WORD
    assert "B%C3%A1o%20c%C3%A1o%20th%C3%A0nh%20t%C3%ADch" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    told = [one.text for one in Document(io.BytesIO(answer.body)).paragraphs]
    assert "Họ và tên: Lò Văn Ướm" in told


def test_a_collective_has_no_consent_sheet_and_nobody_withdrawn_has_papers(client, scene):
    url = reverse("awards:consent-sheet", args=[scene.group.pk])
    assert taken(client, scene.writer, url).status_code == 404
    type(scene.student).objects.filter(pk=scene.student.pk).update(state="withdrawn")
    for name in ("achievement", "slip", "consent-sheet"):
        assert taken(client, scene.writer, address(scene, name)).status_code == 404


def test_archives_are_whole(client, scene):
    for name in ("dossier-zip", "round-zip"):
        answer = taken(client, scene.office, address(scene, name))
        assert answer["Content-Type"] == "application/zip"
        assert zipfile.ZipFile(io.BytesIO(answer.body)).testzip() is None


def test_only_some_archives_are_made_at_once_and_places_come_back(client, scene):
    client.force_login(scene.writer)
    url = address(scene, "dossier-zip")
    running = [client.get(url) for _ in range(packing.MOST_AT_ONCE)]
    DossierOpening.objects.all().delete()
    refused = client.get(url)
    assert refused.status_code == 503
    assert refused["Retry-After"] == "120"
    assert "Hãy chờ vài phút" in refused.content.decode()
    assert not DossierOpening.objects.exists()
    for answer in running:
        gone_away(answer)
    again = client.get(url)
    assert again.status_code == 200
    assert b"".join(again.streaming_content)


def test_the_signed_copy_opens_and_runs_nothing(client, scene):
    answer = taken(client, scene.office, address(scene, "signed"))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer.body.startswith(b"\xff\xd8")
    SignedProposal.objects.get().file.storage.delete(SignedProposal.objects.get().file.name)
    assert taken(client, scene.office, address(scene, "signed")).status_code == 404


def test_the_rounds_workbook_holds_everybody_with_criteria_ranks_quota(client, scene):
    book = load_workbook(io.BytesIO(taken(client, scene.office, address(scene, "book")).body))
    assert book.sheetnames == ["Cá nhân", "Tập thể", "Chỉ tiêu"]
    head, *rows = book["Cá nhân"].iter_rows(values_only=True)
    student = dict(zip(head, next(row for row in rows if "Lò Văn Ướm" in row), strict=True))
    assert (student["Mã"], student["Sĩ số"], student["Số lượt"], student["Thẩm tra"]) == (
        "SV001", 25, 0, "Chờ thẩm tra",
    )  # fmt: skip
    first = next(name for name in head if name.startswith("TC 1: "))
    assert student[first] == "0/20 lượt: chưa đạt"
    assert student["Chỉ tiêu"].startswith("sĩ số 25: tối đa 3, đang đề nghị 1 (KH mục 4.3.1")
    assert sum(name.startswith("TC ") for name in head) == 6
    assert sum(cell.value.startswith("TC ") for cell in book["Tập thể"][1]) == 5
    quota = next(book["Chỉ tiêu"].iter_rows(min_row=2, values_only=True))
    assert quota[0].startswith("sĩ số 25: tối đa 3")


def test_codes_are_not_for_the_council(client, scene):
    council = somebody(scene, "council")
    book = load_workbook(io.BytesIO(taken(client, council, address(scene, "book")).body))
    cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "Lò Văn Ướm" in cells
    assert not {"Mã", "SV001"} & set(cells)


def test_a_formula_typed_as_a_name_stays_a_word(client, scene):
    type(scene.student).objects.filter(pk=scene.student.pk).update(full_name="=1+1")
    book = load_workbook(io.BytesIO(taken(client, scene.office, address(scene, "book")).body))
    cells = [cell for row in book["Cá nhân"].iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_a_round_without_anybody_is_an_empty_list(client, scene):
    asked = make_award_round(scene.units["school"], scene.office)
    url = reverse("awards:book", args=[asked.pk])
    book = load_workbook(io.BytesIO(taken(client, scene.office, url).body))
    assert [sheet.max_row for sheet in book] == [1, 1, 1]


QUERIES = 32


@pytest.mark.parametrize("people", [1, 30])
def test_the_rounds_workbook_asks_a_fixed_number_of_queries(
    client, scene, people, django_assert_num_queries
):
    Dossier.objects.filter(pk=scene.dossier.pk).update(state="returned")
    found = [make_person(scene.units["farmers"]) for _ in range(people)]
    scene.dossier.refresh_from_db()
    services.nominate_people(scene.dossier, found, key=uuid4(), by=scene.writer, now=timezone.now())
    client.force_login(scene.office)
    with django_assert_num_queries(QUERIES):
        client.get(address(scene, "book"))
