"""The register in the staff area: lists, filters, search, what a form refuses and where it says so."""

from datetime import date

import pytest
from django.db.models.signals import pre_save
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from accounts.choices import SiteRole
from campaign.documents.choices import DocumentKind, RelationKind, Visibility
from campaign.documents.models import (
    DocumentRelation,
    FormTemplate,
    Issuer,
    OfficialDocument,
    Platform,
)
from core.models import Banner
from tests.factories.pages import (
    make_document,
    make_file,
    make_form_template,
    make_issuer,
    make_relation,
)

pytestmark = pytest.mark.django_db

MODELS = ["officialdocument", "issuer", "formtemplate", "platform"]
REPLACES = RelationKind.REPLACES


def address(act: str, *args, model: str = "officialdocument") -> str:
    """An address of the staff area."""
    return reverse(f"documents_{model}_modeladmin_{act}", args=args)


def document_form(**fields) -> dict:
    """What the form of a document posts; `files` and `relations` are lists of rows."""
    data = {
        "number": "8/KH", "kind": DocumentKind.PLAN, "abstract": "Ra quân", "visibility": "public",
        "issue_date": "20/11/2026", "effective_date": "", "expired_on": "", "signer": "", "signer_title": "",
        "recipients": "", "basis_text": "", "disclosure_note": "", "files": [], "relations": [],
    }  # fmt: skip
    data |= fields
    data.setdefault("issuer", make_issuer("Trường").pk)
    for name in ("files", "relations"):
        rows = data[name]
        stored = sum("id" in row for row in rows)
        data[name] = inline_formset(rows, initial=stored)
    return nested_form_data(data)


def row(target: OfficialDocument, kind: str = REPLACES) -> dict:
    """A row of relations."""
    return {"kind": kind, "target": target.pk}


def errors(response) -> dict[str, list[str]]:
    """What the form refused, by field; rows' fields as `relations-0-target`."""
    assert response.status_code == 200
    form = response.context["form"]
    found = dict(form.errors)
    for name, formset in form.formsets.items():
        for number, one in enumerate(formset.forms):
            found |= {f"{name}-{number}-{field}": said for field, said in one.errors.items()}
    return found


@pytest.fixture
def editor(sign_in):
    """An editor's client."""
    return sign_in("editor")


@pytest.mark.parametrize("model", MODELS)
def test_list_forgets_a_filter_it_does_not_know(editor, model):
    answer = editor.get(address("index", model=model), {"khong_co": "1"})
    assert (answer.status_code, answer.url) == (302, address("index", model=model))


@pytest.mark.parametrize("act", ["index", "create", "edit", "inspect", "delete"])
@pytest.mark.parametrize("role", ["", SiteRole.LIBRARIAN])
@pytest.mark.parametrize("model", ["officialdocument", "formtemplate"])
def test_register_is_closed_to_others(sign_in, role, act, model):
    made = make_document() if model == "officialdocument" else make_form_template()
    where = address(act, *([made.pk] if act in ("edit", "inspect", "delete") else []), model=model)
    client = sign_in(role)
    assert client.get(where).status_code in (302, 403)
    assert client.post(where).status_code in (302, 403, 405)
    assert type(made).objects.count() == 1


def listed(client, **query) -> list[str]:
    """The abstracts that the register's list shows."""
    response = client.get(address("index"), query)
    assert response.status_code == 200
    return [one.abstract for one in response.context["object_list"]]


@pytest.mark.parametrize(
    "query",
    [
        "khen thưởng",
        "khen thuong",
        "KHEN",
        "khen thƣởng",
        "15/QĐ-HT",
        "15 qd",
        "15",
        "qd 15",
        "15qdht",
        "015",
    ],
)
def test_register_is_searched_without_marks_and_by_half_a_number(editor, query):
    make_document(number="15/QĐ-HT", abstract="Khen thưởng tập thể")
    make_document(number="16/TB", abstract="Lịch nghỉ")
    assert listed(editor, q=query) == ["Khen thưởng tập thể"]


@pytest.mark.parametrize("query", ['"', "'", "\\", "%", "(", "a" * 3000, "\x00", "😀", "-", "AND"])
def test_register_search_bears_anything(editor, query):
    make_document()
    assert editor.get(address("index"), {"q": query}).status_code == 200


def test_register_is_filtered(editor):
    make_document(
        abstract="Một", issuer="Sở B", issue_date=date(2026, 1, 1), kind=DocumentKind.NOTICE
    )
    make_document(abstract="Hai", visibility=Visibility.PUBLIC)
    sought = make_issuer("Sở B").pk
    for query in ({"issue_year": "2026"}, {"issuer__id__exact": sought}, {"kind__exact": "thong-bao"},
                  {"visibility__exact": "internal"}):  # fmt: skip
        assert listed(editor, **query) == ["Một"], query


def test_editor_registers_a_document_with_files_and_what_it_replaces(editor, home):
    old, file = make_document(number="7/KH"), make_file()
    data = document_form(
        number="8/KH", files=[{"file": file.pk, "label": "Bản chính"}],
        relations=[row(old), row(old, RelationKind.BASED_ON)], recipients="Các khoa\nLưu: VT",
    )  # fmt: skip
    response = editor.post(address("create"), data)
    assert response.status_code == 302
    new = OfficialDocument.objects.get(number="8/KH")
    assert (new.issue_date, new.issue_year) == (date(2026, 11, 20), 2026)
    assert [(one.label, one.file) for one in new.files.all()] == [("Bản chính", file)]
    assert [(r.kind, r.target) for r in new.relations.all()] == [
        (REPLACES, old),
        (RelationKind.BASED_ON, old),
    ]
    for act in ("edit", "inspect", "delete"):
        assert editor.get(address(act, new.pk)).status_code == 200


def test_double_number_is_refused_at_the_number(editor, home):
    assert editor.post(address("create"), document_form()).status_code == 302
    said = errors(editor.post(address("create"), document_form(number="08 kh")))
    assert list(said) == ["number"]
    assert "năm 2026 đã có trong danh mục" in said["number"][0]
    undated = errors(editor.post(address("create"), document_form(issue_date="")))
    assert "Hãy ghi ngày ban hành" in undated["issue_date"][0]
    assert OfficialDocument.objects.count() == 1
    last_year = document_form(issue_date="20/11/2025")
    assert editor.post(address("create"), last_year).status_code == 302


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"effective_date": "19/11/2026"}, "effective_date", "không thể trước ngày ban hành"),
        ({"effective_date": "31/02/2026"}, "effective_date", "hợp lệ"),
        ({"expired_on": "19/11/2026"}, "expired_on", "không thể trước ngày có hiệu lực"),
        ({"number": "…/KH"}, "number", "phải có chữ số"),
        ({"issuer": "99999"}, "issuer", ""),
        ({"issuer": ""}, "issuer", ""),
        ({"kind": "khong-co"}, "kind", ""),
        ({"abstract": ""}, "abstract", ""),
    ],
)
def test_impossible_values_are_refused_at_their_field(editor, home, fields, field, said):
    found = errors(editor.post(address("create"), document_form(**fields)))
    assert list(found) == [field]
    assert said in found[field][0]
    assert OfficialDocument.objects.count() == 0


def test_party_document_is_not_made_public_without_a_ground(editor, home):
    party = make_issuer("Tỉnh ủy", is_party=True).pk
    refused = errors(editor.post(address("create"), document_form(issuer=party)))
    assert "không mặc nhiên được công khai" in refused["disclosure_note"][0]
    inner = document_form(issuer=party, visibility="internal")
    assert editor.post(address("create"), inner).status_code == 302
    public = document_form(issuer=party, number="9/KH", disclosure_note="Đã đăng Báo Nhân Dân")
    assert editor.post(address("create"), public).status_code == 302


@pytest.fixture
def chain(home):
    """1/KH replaces 2/KH, 2/KH replaces 3/KH."""
    one, two, three = (make_document(number=f"{n}/KH", issuer="Trường") for n in (1, 2, 3))
    make_relation(one, REPLACES, two)
    make_relation(two, REPLACES, three)
    return one, two, three


def changed(document: OfficialDocument, rows: list[dict]) -> dict:
    """The form of a stored document with other relations."""
    return document_form(
        number=document.number, issuer=document.issuer_id, issue_date="", relations=rows
    )


def test_circle_through_three_documents_is_refused_at_its_row(editor, chain):
    one, _, three = chain
    said = errors(editor.post(address("edit", three.pk), changed(three, [row(one)])))
    assert list(said) == ["relations-0-target"]
    assert "3/KH → 1/KH → 2/KH → 3/KH" in said["relations-0-target"][0]
    assert DocumentRelation.objects.count() == 2


def test_of_several_new_rows_only_the_wrong_ones_are_refused(editor, chain):
    one, two, three = chain
    other = make_document(number="4/KH")
    rows = [row(other), row(one), row(three), row(two, RelationKind.AMENDS),
            row(one, RelationKind.BASED_ON)]  # fmt: skip
    said = errors(editor.post(address("edit", three.pk), changed(three, rows)))
    assert sorted(said) == [f"relations-{number}-target" for number in (1, 2, 3)]
    assert "→" in said["relations-1-target"][0]
    assert "chính nó" in said["relations-2-target"][0]
    assert "3/KH → 2/KH → 3/KH" in said["relations-3-target"][0]
    assert DocumentRelation.objects.count() == 2


def test_same_row_twice_is_refused(editor, home):
    old = make_document(number="7/KH")
    said = errors(editor.post(address("create"), document_form(relations=[row(old), row(old)])))
    assert list(said) == ["relations-1-__all__"]
    assert not DocumentRelation.objects.exists()


def test_circle_is_opened_by_taking_a_row_away(editor, chain):
    one, two, three = chain
    stored = one.relations.get()
    gone = {"id": stored.pk, "kind": REPLACES, "target": two.pk, "DELETE": "1"}
    assert editor.post(address("edit", one.pk), changed(one, [gone])).status_code == 302
    assert list(one.relations.all()) == []
    assert editor.post(address("edit", three.pk), changed(three, [row(one)])).status_code == 302


def test_new_document_does_not_replace_a_later_one(editor, home):
    later = make_document(issue_date=date(2026, 12, 1))
    said = errors(editor.post(address("create"), document_form(relations=[row(later)])))
    assert "01/12/2026" in said["relations-0-target"][0]


def test_half_a_row_is_refused_at_its_field(editor, home):
    rows = [{"kind": REPLACES, "target": ""}, {"kind": "", "target": make_document().pk}]
    said = errors(editor.post(address("create"), document_form(relations=rows)))
    assert sorted(said) == ["relations-0-target", "relations-1-kind"]


def test_document_that_others_replace_is_not_deleted(editor, chain):
    response = editor.post(address("delete", chain[1].pk))
    assert response.status_code == 200
    assert OfficialDocument.objects.count() == 3
    assert editor.post(address("delete", chain[0].pk)).status_code == 302


def test_double_that_comes_in_between_is_said_at_the_number(editor, home):
    issuer = make_issuer("Trường")

    def rival(sender, instance, **kwargs) -> None:
        # Past the form's own check, before the row is written: as a second clerk would.
        double = OfficialDocument(number="8/KH", number_key="8kh", issue_year=2026, issuer=issuer)
        OfficialDocument.objects.bulk_create([double])

    pre_save.connect(rival, sender=OfficialDocument)
    try:
        said = errors(editor.post(address("create"), document_form()))
    finally:
        pre_save.disconnect(rival, sender=OfficialDocument)
    assert list(said) == ["number"]
    assert "Vừa có người lưu" in said["number"][0]


def test_issuer_with_documents_is_not_deleted(editor, home):
    issuer = make_document().issuer
    assert editor.post(address("delete", issuer.pk, model="issuer")).status_code == 200
    assert Issuer.objects.count() == 1


def test_issuer_is_entered_once(editor, home):
    make_issuer("Bộ Công an")
    data = {"name": "bộ công an ", "short_name": "", "is_party": ""}
    response = editor.post(address("create", model="issuer"), data)
    assert "Cơ quan này đã có" in response.context["form"].errors["name"][0]


def test_editor_enters_a_form_with_its_versions(editor, home):
    versions = [{"version": "1.0", "since": "01/01/2026", "file": "", "note": ""}]
    data = {"name": "Báo cáo quý", "purpose": "", "audience": "Khoa", "document": make_document().pk,
            "annex": "Phụ lục III", "visibility": "public"}  # fmt: skip
    where = address("create", model="formtemplate")
    doubled = nested_form_data(data | {"versions": inline_formset(versions * 2)})
    assert editor.post(where, doubled).status_code == 200
    posted = nested_form_data(data | {"versions": inline_formset(versions)})
    assert editor.post(where, posted).status_code == 302
    form = FormTemplate.objects.get()
    assert [(one.version, one.file) for one in form.versions.all()] == [("1.0", None)]
    assert editor.get(address("index", model="formtemplate"), {"q": "bao cao"}).context[
        "object_list"
    ]


def platform_form(**fields) -> dict:
    """What the form of a platform posts."""
    data = {
        "name": "Cổng thử", "url": "https://thu.example/", "kind": "national", "order": "10", "owner": "",
        "audience": "", "purpose": "Học", "audiences": inline_formset([{"group": "nguoi-dan"}]),
    }  # fmt: skip
    return nested_form_data(data | fields)


def test_editor_hangs_a_platform_on_a_banner_and_takes_it_down(editor, home):
    create = address("create", model="platform")
    assert editor.post(create, platform_form(on_banner="on")).status_code == 302
    platform = Platform.objects.get(url="https://thu.example/")
    banner = platform.banner
    assert (banner.title, banner.url, banner.text, banner.is_active) == (
        "Cổng thử", "https://thu.example/", "Học", True,
    )  # fmt: skip
    content = editor.get("/").content.decode()
    assert content.count("https://thu.example/") == 2

    edit = address("edit", platform.pk, model="platform")
    assert editor.get(edit).context["form"]["on_banner"].initial is True
    group = {"id": platform.audiences.get().pk, "group": "nguoi-dan"}
    kept = {"audiences": inline_formset([group], initial=1)}
    new = platform_form(name="Tên mới", url="https://moi.example/", on_banner="on", **kept)
    assert editor.post(edit, new).status_code == 302
    banner.refresh_from_db()
    assert (banner.title, banner.url) == ("Tên mới", "https://moi.example/")

    assert editor.post(edit, platform_form(**kept)).status_code == 302
    banner.refresh_from_db()
    assert banner.is_active is False
    assert Banner.objects.filter(title="Cổng thử").count() == 1


def test_address_of_a_platform_is_entered_once(editor, home):
    create = address("create", model="platform")
    editor.post(create, platform_form())
    response = editor.post(create, platform_form(name="Khác"))
    assert list(response.context["form"].errors) == ["url"]
