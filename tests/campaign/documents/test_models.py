"""The register of documents: who reads what, what is refused at which field, what follows by itself."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from accounts.choices import SiteRole
from campaign.documents.choices import DocumentKind, RelationKind, Visibility
from campaign.documents.models import (
    DocumentFile,
    DocumentRelation,
    FormTemplate,
    FormVersion,
    OfficialDocument,
)
from tests.factories.pages import (
    make_document,
    make_file,
    make_form_template,
    make_issuer,
    make_relation,
)
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

REPLACES, AMENDS, ENDS = RelationKind.REPLACES, RelationKind.AMENDS, RelationKind.ENDS


@pytest.fixture
def both(home):
    """An internal and a public document, as (internal, public)."""
    return make_document(), make_document(visibility=Visibility.PUBLIC)


def document(issuer: str = "Trường thử", **fields) -> OfficialDocument:
    """A document not yet stored."""
    known = {"kind": DocumentKind.PLAN, "abstract": "Triển khai", "issuer": make_issuer(issuer)}
    return OfficialDocument(**{**known, **fields})


def refusal(record) -> dict[str, list[str]]:
    """What is refused at which field, whatever the constraints then add; nothing when the record holds."""
    try:
        record.full_clean()
    except ValidationError as refused:
        said = refused.message_dict
        return {field: said[field] for field in said if field != "__all__"} or said
    return {}


def test_document_is_internal_unless_told_otherwise(home):
    assert make_document().visibility == Visibility.INTERNAL


def test_anybody_sees_public_documents_alone(both):
    assert list(OfficialDocument.objects.public()) == [both[1]]
    assert list(OfficialDocument.objects.visible_to(AnonymousUser())) == [both[1]]


@pytest.mark.parametrize(
    ("role", "sees_all"),
    [("", False), (SiteRole.LIBRARIAN, False), (SiteRole.EDITOR, True), (SiteRole.PUBLISHER, True),
     (SiteRole.ADMINISTRATOR, True)],
)  # fmt: skip
def test_those_who_keep_the_register_see_all(both, role, sees_all):
    inner = make_form_template(visibility=Visibility.INTERNAL)
    seen = set(OfficialDocument.objects.visible_to(make_user(role)))
    assert seen == (set(both) if sees_all else {both[1]})
    assert list(FormTemplate.objects.visible_to(make_user(role))) == ([inner] if sees_all else [])


def test_key_and_year_follow_however_the_document_is_made(home):
    made = make_document(number="05/KH-X", issue_date=date(2026, 5, 1))
    assert (made.number_key, made.issue_year) == ("5khx", 2026)
    made.number, made.issue_date = "", None
    made.save()
    made.refresh_from_db()
    assert (made.number_key, made.issue_year) == ("", None)


DAY = date(2026, 5, 1)


@pytest.mark.parametrize(
    ("number", "issuer", "day", "field"),
    [
        ("1/KH", "Trường A", DAY, "number"),
        ("01 kh", "Trường A", date(2026, 12, 31), "number"),
        ("1/KH", "Trường A", date(2025, 5, 1), ""),
        ("1/KH", "Trường B", DAY, ""),
        ("11/KH", "Trường A", DAY, ""),
        ("1/KH", "Trường A", None, "issue_date"),
        ("", "Trường A", DAY, ""),
    ],
)
def test_number_is_one_documents_in_its_issuer_and_year(home, number, issuer, day, field):
    make_document(number="1/KH", issuer="Trường A", issue_date=DAY)
    make_document(number="", issuer="Trường A", issue_date=DAY)
    problems = refusal(document(number=number, issuer=issuer, issue_date=day))
    assert list(problems) == ([field] if field else [])


@pytest.mark.parametrize("day", [None, DAY])
def test_number_of_an_undated_document_is_refused_with_or_without_a_day(home, day):
    make_document(number="1/KH", issuer="Trường A")
    assert list(refusal(document(number="1/kh", issuer="Trường A", issue_date=day))) == ["number"]


@pytest.mark.parametrize("day", [None, DAY])
def test_database_refuses_a_double_too(home, day):
    make_document(number="1/KH", issuer="Trường A", issue_date=day)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_document(number="01-KH", issuer="Trường A", issue_date=day)
    make_document(number="", issuer="Trường A", issue_date=day)
    make_document(number="", issuer="Trường A", issue_date=day)


def test_document_may_be_saved_again_under_its_own_number(home):
    made = make_document(number="1/KH", issue_date=DAY)
    assert refusal(made) == {}


@pytest.mark.parametrize(
    ("fields", "refused_at"),
    [
        ({"issue_date": date(1945, 9, 2)}, []),
        ({"issue_date": date(1, 1, 1)}, ["issue_date"]),
        ({"issue_date": DAY, "effective_date": date(2026, 4, 30)}, ["effective_date"]),
        ({"issue_date": DAY, "expired_on": date(2026, 4, 30)}, ["expired_on"]),
        ({"number": "…/KH-X"}, ["number"]),
        ({"kind": "Kế hoạch"}, ["kind"]),
        ({"abstract": "a" * 501}, ["abstract"]),
        ({"number": "…", "issue_date": date(1, 1, 1)}, ["issue_date", "number"]),
    ],
)
def test_impossible_values_are_refused_at_their_field(home, fields, refused_at):
    assert list(refusal(document(**fields))) == refused_at


def test_database_refuses_a_document_that_works_before_it_is_issued(home):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_document(issue_date=DAY, effective_date=date(2026, 4, 30))


def test_scanned_text_is_mended(home):
    new = document(
        number=" 12 /KH ", abstract="Khen  thƣởng\nnăm học", signer="Nguyê\u0303n",
        recipients="  Các phòng \r\n\r\n Lƣu: VT ",
    )  # fmt: skip
    new.full_clean()
    assert (new.number, new.abstract, new.signer) == ("12 /KH", "Khen thưởng năm học", "Nguyễn")
    assert new.recipients == "Các phòng\nLưu: VT"


def test_title_and_address_say_what_is_known(home):
    made = make_document(number="1/KH", abstract="Đội hình số")
    assert made.title == "1/KH: Đội hình số"
    assert made.url == f"/van-ban/{made.pk}/1-kh-doi-hinh-so/"
    assert document().title == "Kế hoạch: Triển khai"
    assert document(issue_date=DAY).title == "Kế hoạch ngày 01/05/2026: Triển khai"


def test_newest_documents_come_first_and_undated_ones_last(home):
    for number, day in (("1", date(2026, 1, 1)), ("2", None), ("3", DAY)):
        make_document(number=number, issue_date=day)
    assert [d.number for d in OfficialDocument.objects.all()] == ["3", "1", "2"]


@pytest.fixture
def party(home):
    """A Party body."""
    return make_issuer("Tỉnh ủy", is_party=True)


def test_party_document_needs_a_ground_to_be_public(party):
    public = {"issuer": party.name, "visibility": Visibility.PUBLIC}
    assert list(refusal(document(**public))) == ["disclosure_note"]
    assert refusal(document(**public, disclosure_note="Đã đăng Báo Nhân Dân")) == {}
    assert refusal(document(issuer=party.name)) == {}


def test_body_does_not_become_a_party_one_over_public_documents(home):
    make_document(issuer="Ban Chỉ đạo", visibility=Visibility.PUBLIC)
    issuer = make_issuer("Ban Chỉ đạo")
    issuer.is_party = True
    assert "1 văn bản đang công khai" in refusal(issuer)["is_party"][0]
    OfficialDocument.objects.update(disclosure_note="Đã đăng")
    assert refusal(issuer) == {}


def test_issuer_is_entered_once_whatever_its_case(home):
    make_issuer("Bộ Giáo dục và Đào tạo")
    issuer = make_issuer("Khác")
    issuer.name = " BỘ  giáo dục và đào tạo"
    assert list(refusal(issuer)) == ["name"]


def test_document_is_found_by_its_issuers_new_name(home):
    make_document(issuer="Sở cũ", visibility=Visibility.PUBLIC)
    issuer = make_issuer("Sở cũ")
    issuer.name = "Sở Khoa học"
    issuer.save()
    assert len(OfficialDocument.objects.search("khoa hoc")) == 1
    assert len(OfficialDocument.objects.search("cu", operator="and")) == 0


def relation(source, kind, target) -> DocumentRelation:
    """A relation not yet stored."""
    return DocumentRelation(source=source, kind=kind, target=target)


@pytest.fixture
def four(home):
    """Four documents of one day."""
    return [make_document(number=f"{n}/KH", issue_date=DAY) for n in range(1, 5)]


def test_relation_with_itself_is_refused(four):
    for kind in RelationKind:
        assert list(refusal(relation(four[0], kind, four[0]))["target"]) != []
    with pytest.raises(IntegrityError), transaction.atomic():
        make_relation(four[0], REPLACES, four[0])


def test_circle_is_refused_and_its_chain_named(four):
    one, two, three, fourth = four
    make_relation(one, REPLACES, two)
    make_relation(two, AMENDS, three)
    make_relation(three, ENDS, fourth)
    for kind in (REPLACES, AMENDS, ENDS):
        assert "2/KH → 1/KH → 2/KH" in refusal(relation(two, kind, one))["target"][0]
        said = refusal(relation(fourth, kind, one))["target"][0]
        assert "4/KH → 1/KH → 2/KH → 3/KH → 4/KH" in said
    assert refusal(relation(one, REPLACES, three)) == {}
    assert refusal(relation(fourth, RelationKind.BASED_ON, one)) == {}


def test_relation_is_entered_once(four):
    make_relation(four[0], REPLACES, four[1])
    assert refusal(relation(four[0], REPLACES, four[1])) != {}
    assert refusal(relation(four[0], AMENDS, four[1])) == {}
    with pytest.raises(IntegrityError), transaction.atomic():
        make_relation(four[0], REPLACES, four[1])


def test_earlier_document_does_not_replace_a_later_one(four):
    earlier = make_document(issue_date=date(2026, 4, 30))
    assert "30" not in refusal(relation(four[0], REPLACES, earlier))
    assert "01/05/2026" in refusal(relation(earlier, REPLACES, four[0]))["target"][0]
    assert refusal(relation(earlier, RelationKind.GUIDES, four[0])) == {}


def test_document_that_others_rest_on_is_not_deleted(four):
    make_relation(four[0], REPLACES, four[1])
    with pytest.raises(ProtectedError):
        four[1].delete()
    four[0].delete()
    four[1].delete()
    assert OfficialDocument.objects.count() == 2


def test_file_is_attached_once(home):
    file = make_file()
    made = make_document(file=file)
    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentFile.objects.create(file=file, document=made)


def test_form_has_the_version_that_has_begun(home):
    form = make_form_template()
    old = FormVersion.objects.create(form=form, version="0.9", since=date(2025, 1, 1))
    coming = FormVersion.objects.create(form=form, version="2.0", since=date(2027, 1, 1))
    current, others = form.on(date(2026, 11, 22))
    assert (current.version, others) == ("1.0", [coming, old])
    assert form.on(date(2027, 1, 1))[0] == coming
    assert form.on(date(2024, 1, 1)) == (None, [coming, form.versions.get(version="1.0"), old])


def test_form_version_is_entered_once(home):
    form = make_form_template()
    again = FormVersion(form=form, version="1.0", since=DAY)
    assert "Biểu mẫu này đã có phiên bản ấy." in str(refusal(again))
    ancient = FormVersion(form=form, version="2", since=date(26, 1, 1))
    assert list(refusal(ancient)) == ["since"]
