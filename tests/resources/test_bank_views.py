"""The staff's pages of a bank."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission

from accounts.choices import SiteRole
from resources.models import BankImport, LibraryItemPage, QuestionTally
from resources.questions.rules import Answer
from resources.services import apply_import
from resources.services.banks import known_questions
from tests.factories.people import make_user
from tests.factories.questions import gift_of, make_bank, matching, multiple, short, single

pytestmark = pytest.mark.django_db
LONG = Answer("b", False, "Dòng một.\nDòng hai.")
EVERY_KIND = (
    single("Một?", code="A1", answers=(Answer("a"), LONG)),
    multiple("Hai?"),
    matching("Ba?"),
    short("a", text="Bốn?"),
)


def sent_file(data: bytes, name: str = "cau-hoi.gift") -> dict:
    """A form with a file."""
    return {"file": SimpleUploadedFile(name, data)}


def typed(question, **other) -> dict[str, str]:
    """The edit form filled with a question."""
    data = {name: getattr(question, name) for name in ("kind", "text", "code", "category")}
    data |= {"feedback": question.feedback, "competence": question.competence}
    data |= {"form-TOTAL_FORMS": "8", "form-INITIAL_FORMS": "0"}
    for n, answer in enumerate(question.answers):
        data |= {f"form-{n}-text": answer.text, f"form-{n}-match": answer.match}
        data[f"form-{n}-feedback"] = answer.feedback
        if answer.is_right:
            data[f"form-{n}-is_right"] = "on"
    return data | other


def test_a_file_is_shown_first_and_then_written_as_a_whole(sign_in, home):
    item, client = make_bank(), sign_in("librarian")
    page = client.post(reverse("question-bank", args=[item.pk]), sent_file(gift_of(*EVERY_KIND)))
    job = BankImport.objects.get()
    assert page["Location"] == reverse("question-import", args=[job.pk])
    said = client.get(page["Location"]).content.decode()
    assert "Sẽ thêm: 4" in said
    assert "Ghi tất cả" in said
    assert item.questions.count() == 0
    for _ in range(2):
        assert client.post(page["Location"]).status_code == 302
    assert item.questions.count() == 4
    assert "Ghi tất cả</button>" not in client.get(page["Location"]).content.decode()


def test_a_refused_file_names_its_lines_and_cannot_be_applied(sign_in, home):
    item, client = make_bank(), sign_in("librarian")
    data = gift_of(single("Một?")) + b"Hai? {=a =b ~c}\n"
    page = client.post(reverse("question-bank", args=[item.pk]), sent_file(data), follow=True)
    said = page.content.decode()
    assert "hơn một đáp án đúng" in said
    assert "Ghi tất cả</button>" not in said
    # Named by how it begins, with the mended file's place right here.
    assert "<td>Hai? {=a =b ~c}</td>" in said
    assert f'action="{reverse("question-bank", args=[item.pk])}"' in said
    client.post(page.request["PATH_INFO"])
    assert item.questions.count() == 0


def test_a_preview_that_another_file_replaced_says_so(sign_in, home):
    item, client = make_bank(), sign_in("librarian")
    first, _ = (
        client.post(reverse("question-bank", args=[item.pk]), sent_file(gift_of(single(text))))
        for text in ("Một?", "Hai?")
    )
    page = client.get(first["Location"], follow=True)
    assert page.redirect_chain == [(reverse("question-banks"), 302)]
    assert "có tệp khác đã được tải lên sau" in page.content.decode()


def test_a_bank_is_begun_by_its_name(sign_in, home):
    path, client = reverse("question-banks"), sign_in("librarian")
    for _ in range(2):
        answer = client.post(path, {"title": "  Tự kiểm tra:  VssID "})
    item = LibraryItemPage.objects.get()
    assert answer["Location"] == reverse("question-bank", args=[item.pk])
    assert (item.title, item.kind, item.live) == ("Tự kiểm tra: VssID", "bo-cau-hoi", False)
    assert item.get_latest_revision().user == item.owner
    assert "Đã tạo bản nháp." in client.get(answer["Location"]).content.decode()
    client.post(answer["Location"], sent_file(gift_of(single())))
    apply_import(BankImport.objects.get(), by=item.owner, now=timezone.now())
    for title, said in (("TỰ KIỂM TRA: vssid", "Đã có bộ câu hỏi tên này"), ("", "Hãy đặt tên")):
        assert said in client.post(path, {"title": title}).content.decode()
    assert LibraryItemPage.objects.count() == 1


def test_who_may_not_add_items_begins_no_bank(sign_in, home):
    client = sign_in("editor")
    GroupPagePermission.objects.all().delete()
    page = client.get(reverse("question-banks"))
    assert page.status_code == 200
    assert "Thêm bộ câu hỏi" not in page.content.decode()
    # Wagtail answers what is refused with its own first page and a message.
    answer = client.post(reverse("question-banks"), {"title": "Của ai"})
    assert answer["Location"] == reverse("wagtailadmin_home")
    assert not LibraryItemPage.objects.exists()


def test_banks_stand_in_vietnamese_order(sign_in, home):
    for title in ("Đồng hành", "Zalo", "An toàn", "Ăn uống"):
        make_bank(title=title)
    items = sign_in("librarian").get(reverse("question-banks")).context["items"]
    assert [item.title for item in items] == ["An toàn", "Ăn uống", "Đồng hành", "Zalo"]


@pytest.mark.parametrize(
    ("files", "said"),
    [({}, "Hãy chọn tệp"), (sent_file(b""), "Tệp rỗng"), (sent_file(b"x", "a.exe"), ".gift")],
)
def test_what_is_no_such_file_is_said_at_the_field(files, said, sign_in, home):
    page = sign_in("librarian").post(reverse("question-bank", args=[make_bank().pk]), files)
    assert said in page.content.decode()


@pytest.mark.parametrize("name", ["question-book", "question-gift"])
def test_what_is_taken_away_changes_nothing_when_it_comes_back(name, sign_in, home):
    item, client = make_bank(*EVERY_KIND), sign_in("librarian")
    taken = client.get(reverse(name, args=[item.pk]))
    ending = "xlsx" if name == "question-book" else "gift"
    assert f".{ending}" in taken["Content-Disposition"]
    file = sent_file(taken.content, f"a.{ending}")
    page = client.post(reverse("question-bank", args=[item.pk]), file, follow=True)
    assert "Giữ nguyên: 4" in page.content.decode()


@pytest.mark.parametrize("question", EVERY_KIND)
def test_a_question_is_written_shown_and_taken_away(question, sign_in, home):
    item, client = make_bank(), sign_in("librarian")
    client.post(reverse("question-add", args=[item.pk]), typed(question, code="X1"))
    (stored,) = known_questions(item)
    assert (stored.text, stored.answers, stored.code) == (question.text, question.answers, "X1")
    path = reverse("question-edit", args=[item.questions.get().pk])
    page = client.get(path)
    assert question.text in page.content.decode()
    # A box of one line would lose the second.
    assert 'type="text" name="form-0-feedback"' not in page.content.decode()
    # What a browser sends back: the form says how many rows were filled.
    filled = {
        f"form-{name}": str(value)
        for name, value in page.context["rows"].management_form.initial.items()
    }
    client.post(path, typed(question, code="X1", text="Khác hẳn?") | filled)
    assert known_questions(item)[0].text == "Khác hẳn?"
    client.post(path, {"viec": "xoa"})
    assert item.questions.count() == 0


def test_a_faulty_question_keeps_what_was_typed(sign_in, home):
    item = make_bank()
    page = sign_in("librarian").post(
        reverse("question-add", args=[item.pk]), typed(short("đáp án dài"), kind="single")
    )
    said = page.content.decode()
    assert "Cần ít nhất hai đáp án" in said
    assert 'value="đáp án dài"' in said
    assert item.questions.count() == 0


def test_the_share_of_right_answers_is_shown(sign_in, home):
    item = make_bank(single())
    QuestionTally.objects.update(shown=9, answered=8, right=6)
    said = sign_in("librarian").get(reverse("question-bank", args=[item.pk])).content.decode()
    assert "<b>75%</b> (6)" in said


def test_who_reaches_what(home):
    item = make_bank(single())
    client = Client()
    client.force_login(make_user("librarian"), backend="django.contrib.auth.backends.ModelBackend")
    client.post(reverse("question-bank", args=[item.pk]), sent_file(gift_of(single("Mới?"))))
    of_item = ("question-bank", "question-add", "question-book", "question-gift")
    paths = [reverse(name, args=[item.pk]) for name in of_item]
    paths.append(reverse("question-edit", args=[item.questions.get().pk]))
    paths.append(reverse("question-import", args=[BankImport.objects.get().pk]))
    for role in [*SiteRole.values, ""]:
        client = Client()
        client.force_login(make_user(role), backend="django.contrib.auth.backends.ModelBackend")
        may = role in {"administrator", "publisher", "librarian"}
        assert [client.get(path).status_code for path in paths] == [200 if may else 302] * 6, role
        assert (client.get(reverse("question-banks")).status_code == 200) is bool(role)
        client.post(paths[-1])
    assert [Client().get(path).status_code for path in paths] == [302] * 6


def test_pages_cost_the_same_for_one_and_for_thirty(sign_in, home):
    client = sign_in("librarian")

    def queries(path: str) -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        return len(seen)

    item = make_bank(single())
    list_path, bank_path = reverse("question-banks"), reverse("question-bank", args=[item.pk])
    before = queries(list_path), queries(bank_path)
    for n in range(29):
        make_bank(title=f"Bộ {n}")
    many = make_bank(*(single(f"{n}?") for n in range(30)), title="Nhiều")
    assert (queries(list_path), queries(reverse("question-bank", args=[many.pk]))) == before
