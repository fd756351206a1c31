"""The privacy page, the form of a request and its private page."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from accounts.choices import SiteRole
from core.registry import privacy_notes
from privacy import requests
from privacy.choices import EXPLAINED
from privacy.models import ConsentText, DataRequest, PrivacySettings
from privacy.registry import purposes
from privacy.services import new_wording
from tests.factories.people import make_user
from tests.factories.privacy import ASKED, make_request

pytestmark = pytest.mark.django_db

PAGE = "/quyen-rieng-tu/"
FORM = "/quyen-rieng-tu/yeu-cau/"


@pytest.fixture
def typed(client, home, time_machine):
    """A function: what the opened form posts after half a minute, with `fields` typed in."""
    time_machine.move_to(timezone.now().replace(minute=1, second=0))

    def fields(**more: str) -> dict[str, str]:
        stamp = client.get(FORM).context["form"]["stamp"].value()
        time_machine.shift(timedelta(seconds=30))
        known = {"stamp": stamp, "kind": "delete", "message": ASKED, "full_name": "Người mẫu",
                 "phone": "0912 345 678"}  # fmt: skip
        return {**known, **more}

    return fields


def test_page_tells_every_registered_purpose_and_note(client, home):
    said = client.get(PAGE).content.decode()
    assert len(list(purposes)) >= 3
    for purpose in purposes:
        for words in (
            purpose.title,
            purpose.why,
            purpose.basis,
            purpose.recipients,
            *purpose.fields,
        ):
            assert words in said
        assert f'id="{purpose.key}"' in said
        assert f"{purpose.keep_months} tháng" in said
    for note in privacy_notes:
        assert f'id="{note.anchor}"' in said
    assert 'id="luot-xem"' in said
    assert "91/2025/QH15" in said


def test_page_shows_the_wording_in_use_and_the_editors_words(client, home):
    new_wording("phan-hoi", "Tôi đồng ý với câu do trường viết lại.")
    words = PrivacySettings.load()
    words.legal_references = "<p>Luật mới của năm sau.</p>"
    words.officer = "Phòng Hành chính"
    words.save()
    said = client.get(PAGE).content.decode()
    for part in ("câu do trường viết lại", "Luật mới của năm sau.", "Phòng Hành chính", "20 ngày"):
        assert part in said
    words.uses_processor = True
    words.save()
    assert "30 ngày" in client.get(PAGE, {"lai": "1"}).content.decode()


def test_contents_at_the_top_lead_to_parts_of_the_page(client, home):
    soup = BeautifulSoup(client.get(PAGE).content, "html.parser")
    anchors = [link["href"] for link in soup.select(".toc a")]
    assert len(anchors) >= 6
    assert [anchor for anchor in anchors if soup.select_one(anchor) is None] == []


def test_page_names_the_day_of_its_last_change(client, home):
    PrivacySettings.load()
    day = timezone.now() - timedelta(days=40)
    PrivacySettings.objects.update(changed_at=day)
    ConsentText.objects.update(since=day)
    said = client.get(PAGE).content.decode()
    assert f'<time datetime="{timezone.localtime(day):%Y-%m-%d}">' in said
    new_wording("phan-hoi", "Tôi đồng ý với câu viết lại hôm nay.")
    said = client.get(PAGE, {"lai": "1"}).content.decode()
    assert f'<time datetime="{timezone.localdate():%Y-%m-%d}">' in said


def test_page_never_cites_the_lapsed_decree(client, home):
    said = client.get(PAGE).content.decode()
    assert "356/2025" in said
    assert "13/2023" not in said


def test_page_is_kept_in_the_page_cache(client, home, settings):
    settings.PAGE_CACHE_SECONDS = 600
    assert [client.get(PAGE)["X-Page-Cache"] for _ in range(2)] == ["miss", "hit"]


def test_person_sends_a_request_and_gets_a_private_page(client, typed):
    answer = client.post(FORM, typed())
    asked = DataRequest.objects.get()
    assert answer.url == f"{asked.get_absolute_url()}?vua-gui=1"
    page = client.get(answer.url)
    said = page.content.decode()
    for words in (
        asked.reference,
        ASKED,
        f"{asked.due_on:%d/%m/%Y}",
        f"{asked.reply_due:%d/%m/%Y}",
    ):
        assert words in said
    assert asked.phone == "+84912345678"
    assert "no-store" in page["Cache-Control"]
    assert (page["Referrer-Policy"], page["X-Robots-Tag"]) == ("same-origin", "noindex, nofollow")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("kind", "", "Hãy chọn một việc."),
        ("kind", "khac", "Hãy chọn một việc."),
        ("message", "", "Hãy viết rõ yêu cầu"),
        ("message", "x" * 5001, "5.001"),
        ("full_name", "", "Hãy ghi họ và tên"),
        ("phone", "", "Hãy ghi số điện thoại hoặc thư điện tử"),
        ("phone", "123", "Số điện thoại chưa đúng"),
        ("email", "ai@", "Địa chỉ thư chưa đúng"),
    ],
)
def test_bad_input_gets_a_word_at_its_field_and_keeps_the_rest(client, typed, field, value, said):
    answer = client.post(FORM, typed(**{field: value}))
    assert answer.status_code == 422
    assert said in str(answer.context["form"].errors[field])
    kept = "message" if field == "full_name" else "full_name"
    assert answer.context["form"][kept].value() in (ASKED, "Người mẫu")
    assert DataRequest.objects.count() == 0


def test_problem_list_leads_to_the_field_also_to_the_choices(client, typed):
    soup = BeautifulSoup(
        client.post(FORM, typed(kind="", message="", email="ai@")).content, "html.parser"
    )
    links = [link["href"] for link in soup.select(".problem a")]
    assert links == ["#id_kind_0", "#id_message", "#id_email"]
    assert [soup.select_one(link).name for link in links] == ["input", "textarea", "input"]
    for link in links[1:]:
        said = soup.select_one(f"#{soup.select_one(link)['aria-describedby'].split()[-1]}")
        assert said.get_text(strip=True).startswith("⚠")


def test_each_kind_is_explained_in_a_line(client, home):
    said = client.get(FORM).content.decode()
    for kind, line in EXPLAINED.items():
        assert f'value="{kind}"' in said
        assert line in said
    assert "checked" not in said


def test_address_longer_than_its_column_gets_a_word(client, typed):
    long = "a@" + ".".join(["b" * 60] * 4) + "." + "c" * 30 + ".vn"
    answer = client.post(FORM, typed(email=long))
    assert answer.status_code == 422
    assert "254" in str(answer.context["form"].errors["email"])
    assert DataRequest.objects.count() == 0


def test_five_megabytes_are_refused_with_a_word(client, typed):
    answer = client.post(FORM, typed(message="á" * 2_500_000))
    assert answer.status_code == 422
    assert "2.500.000" in answer.content.decode()


def test_form_sent_twice_is_one_request(client, typed):
    data = typed()
    assert client.post(FORM, data).url == client.post(FORM, data).url
    assert DataRequest.objects.count() == 1


def test_person_takes_the_request_back(client, home):
    asked = make_request()
    path = asked.get_absolute_url()
    assert client.post(path).status_code == 302
    assert "Người gửi rút yêu cầu" in client.get(path).content.decode()
    assert client.post(path).status_code == 409


def test_sender_of_what_was_taken_for_spam_is_told_how_to_write_again(client, home):
    asked = make_request()
    requests.discard(asked, by=make_user(SiteRole.PUBLISHER), now=timezone.now())
    said = client.get(asked.get_absolute_url()).content.decode()
    assert "Không phải yêu cầu về dữ liệu" in said
    assert "gửi lại yêu cầu" in said
    assert client.post(asked.get_absolute_url()).status_code == 409


def test_unknown_links_open_nothing(client, home):
    asked = make_request()
    for token in ("khong-co", asked.reference, str(asked.pk), asked.token[1:]):
        assert client.get(f"{FORM}{token}/").status_code == 404
        assert client.post(f"{FORM}{token}/").status_code == 404
        assert client.get(f"{FORM}{token}/ma-qr/").status_code == 404
    assert client.get(asked.get_absolute_url() + "ma-qr/")["Content-Type"] == "image/svg+xml"
