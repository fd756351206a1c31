"""The register of documents: who reads what, what is refused, what is shown as missing."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse

from accounts.choices import SiteRole
from campaign.documents.choices import PlatformKind, Visibility
from campaign.documents.models import OfficialDocument, Platform
from tests.factories.pages import make_document, make_file
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

LIST = "documents_officialdocument_modeladmin_index"


@pytest.fixture
def both(home):
    """An internal and a public document, as (internal, public)."""
    return make_document(), make_document(visibility=Visibility.PUBLIC)


def test_document_is_internal_unless_told_otherwise(home):
    assert make_document().visibility == Visibility.INTERNAL


def test_anybody_sees_public_documents_alone(both):
    assert list(OfficialDocument.objects.public()) == [both[1]]
    assert list(OfficialDocument.objects.all().visible_to(AnonymousUser())) == [both[1]]


@pytest.mark.parametrize(
    ("role", "sees_all"),
    [("", False), (SiteRole.LIBRARIAN, False), (SiteRole.EDITOR, True), (SiteRole.PUBLISHER, True),
     (SiteRole.ADMINISTRATOR, True)],
)  # fmt: skip
def test_those_who_keep_the_register_see_all(both, role, sees_all):
    seen = set(OfficialDocument.objects.all().visible_to(make_user(role)))
    assert seen == (set(both) if sees_all else {both[1]})


def document(**fields) -> OfficialDocument:
    """A document not yet stored."""
    known = {"kind": "Kế hoạch", "issuer": "Trường thử", "abstract": "Triển khai"}
    return OfficialDocument(**{**known, **fields})


def test_number_is_unique_for_each_issuer(home):
    make_document(number="1/KH", issuer="Trường A")
    with pytest.raises(ValidationError) as refused:
        document(number="1/KH", issuer="Trường A").full_clean()
    assert "Văn bản có số này của cơ quan này đã có trong danh mục." in str(refused.value)
    document(number="1/KH", issuer="Trường B").full_clean()
    with pytest.raises(IntegrityError):
        make_document(number="1/KH", issuer="Trường A")


def test_documents_without_a_number_are_many(home):
    make_document(number="", issuer="Trường A")
    document(number="", issuer="Trường A").full_clean()


@pytest.mark.parametrize(
    ("issued", "effective", "refused_at"),
    [
        (None, None, []),
        (date(1945, 9, 2), None, []),
        (date(1945, 9, 1), None, ["issue_date"]),
        (date(1, 1, 1), None, ["issue_date"]),
        (date(2026, 5, 1), date(2026, 5, 1), []),
        (date(2026, 5, 1), date(2026, 4, 30), ["effective_date"]),
        (None, date(2026, 4, 30), []),
    ],
)
def test_impossible_dates_are_refused_at_their_field(home, issued, effective, refused_at):
    new = document(issue_date=issued, effective_date=effective)
    if refused_at:
        with pytest.raises(ValidationError) as refused:
            new.full_clean()
        assert list(refused.value.message_dict) == refused_at
    else:
        new.full_clean()


def test_scanned_text_is_mended(home):
    new = document(number=" 12 /KH ", abstract="Khen  thƣởng\nnăm học", signer="Nguyê\u0303n")
    new.full_clean()
    assert (new.number, new.abstract, new.signer) == ("12 /KH", "Khen thưởng năm học", "Nguyễn")


def test_title_and_address_say_what_is_known(home):
    assert document(number="1/KH").title == "1/KH: Triển khai"
    assert document().title == "Kế hoạch: Triển khai"
    assert document().url == ""
    file = make_file()
    assert document(file=file).url == file.url


def test_newest_documents_come_first_and_undated_ones_last(home):
    for number, day in (("1", date(2026, 1, 1)), ("2", None), ("3", date(2026, 5, 1))):
        make_document(number=number, issue_date=day)
    assert [d.number for d in OfficialDocument.objects.all()] == ["3", "1", "2"]


def test_home_page_shows_what_is_missing(client, home):
    make_document(number="", visibility=Visibility.PUBLIC, abstract="Thiếu đủ thứ")
    content = client.get("/").content.decode()
    for said in ("Thiếu đủ thứ", "(chưa có số)", "Chưa có tệp đính kèm", "chưa rõ ngày"):
        assert said in content


def test_home_page_links_the_file(client, home):
    file = make_file()
    make_document(
        number="5/KH", visibility=Visibility.PUBLIC, file=file, issue_date=date(2026, 5, 4)
    )
    content = client.get("/").content.decode()
    assert f'href="{file.url}"' in content
    assert "04/05/2026" in content
    assert "Chưa có tệp đính kèm" not in content


def test_home_page_shows_five_public_documents_and_no_internal_one(client, home):
    make_document(abstract="Văn bản nội bộ")
    for day in range(1, 8):
        make_document(
            visibility=Visibility.PUBLIC, abstract=f"Văn bản {day}", issue_date=date(2026, 5, day)
        )
    content = client.get("/").content.decode()
    assert "Văn bản nội bộ" not in content
    assert [day for day in range(1, 8) if f"Văn bản {day}" in content] == [3, 4, 5, 6, 7]


def listed(client, query: str) -> list[str]:
    """The abstracts that the register's search finds."""
    response = client.get(reverse(LIST), {"q": query})
    assert response.status_code == 200
    return [row.abstract for row in response.context["object_list"]]


@pytest.mark.parametrize(
    "query", ["khen thưởng", "khen thuong", "KHEN", "khen thƣởng", "15/QĐ-HT", "15 qd", "15"]
)
def test_register_is_searched_without_marks(sign_in, query):
    make_document(number="15/QĐ-HT", abstract="Khen thưởng tập thể")
    make_document(number="16/TB", abstract="Lịch nghỉ")
    assert listed(sign_in("editor"), query) == ["Khen thưởng tập thể"]


@pytest.mark.parametrize("query", ['"', "'", "\\", "%", "(", "a" * 3000, "\x00", "😀", "-", "AND"])
def test_register_search_bears_anything(sign_in, query):
    make_document()
    response = sign_in("editor").get(reverse(LIST), {"q": query})
    assert response.status_code == 200


@pytest.mark.parametrize("act", ["index", "create", "edit", "inspect", "delete"])
@pytest.mark.parametrize("role", ["", SiteRole.LIBRARIAN])
def test_register_is_closed_to_others(sign_in, role, act):
    args = [make_document().pk] if act in ("edit", "inspect", "delete") else []
    response = sign_in(role).get(reverse(f"documents_officialdocument_modeladmin_{act}", args=args))
    assert response.status_code in (302, 403)
    response = sign_in(role).post(
        reverse(f"documents_officialdocument_modeladmin_{act}", args=args)
    )
    assert response.status_code in (302, 403, 405)
    assert OfficialDocument.objects.count() == len(args)


def test_editor_adds_a_document_and_a_double_is_refused_with_a_word(sign_in, home):
    client = sign_in("editor")
    data = {
        "number": "8/KH", "kind": "Kế hoạch", "issuer": "Trường", "abstract": "Ra quân",
        "visibility": "public", "issue_date": "20/11/2026", "effective_date": "", "signer": "", "file": "",
    }  # fmt: skip
    address = reverse("documents_officialdocument_modeladmin_create")
    assert client.post(address, data).status_code == 302
    assert OfficialDocument.objects.get().issue_date == date(2026, 11, 20)
    response = client.post(address, data)
    assert response.status_code == 200
    assert "Văn bản có số này của cơ quan này đã có trong danh mục." in response.content.decode()
    assert OfficialDocument.objects.count() == 1


def test_platforms_stand_on_the_home_page_in_their_order(client, home):
    for name, order in (("Hai", 20), ("Một", 10)):
        Platform.objects.create(
            name=f"Nền {name}", url=f"https://{order}.example/", order=order,
            kind=PlatformKind.NATIONAL, purpose="Học miễn phí",
        )  # fmt: skip
    content = client.get("/").content.decode()
    assert content.index("Nền Một") < content.index("Nền Hai")
    assert 'href="https://10.example/" rel="noopener"' in content
