"""From draft to public: the workflow, the check list past it, scheduled publishing, revisions."""

import io
import json
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from campaign.news.models import ArticlePage
from core.workflow import PUBLISHING_CHECKS
from tests.factories.forms import article_form
from tests.factories.pages import make_article, make_section

pytestmark = pytest.mark.django_db

ALL_TICKED = {check.name: "on" for check in PUBLISHING_CHECKS}


@pytest.fixture
def section(home):
    """A section to write in."""
    return make_section()


def add(client, section, **fields):
    """The answer to the form of a new article."""
    address = reverse("wagtailadmin_pages:add", args=["news", "articlepage", section.pk])
    return client.post(address, article_form(**fields))


def edit(client, article, **fields):
    """The answer to the editor's form."""
    address = reverse("wagtailadmin_pages:edit", args=[article.pk])
    return client.post(address, article_form(slug=article.slug, **fields))


def handed_in(sign_in, section) -> ArticlePage:
    """An article that an editor has written and handed in."""
    add(sign_in("editor"), section, **{"action-submit": "1"})
    return ArticlePage.objects.get()


def act(client, article, action: str, **data):
    """The answer to a publisher's step of the workflow."""
    state = article.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[article.pk, action, state.pk])
    return client.post(address, data, headers={"x-requested-with": "XMLHttpRequest"})


def test_editor_writes_a_draft_that_nobody_sees(client, sign_in, section):
    response = add(sign_in("editor"), section, title="Bài nháp")
    article = ArticlePage.objects.get()
    assert response.status_code == 302
    assert (article.title, article.live, article.has_unpublished_changes) == (
        "Bài nháp",
        False,
        True,
    )
    client.logout()
    assert client.get("/tin-tuc/hoat-dong/bai-moi/").status_code == 404


def test_editor_cannot_publish_by_a_forged_button(sign_in, section):
    add(sign_in("editor"), section, **{"action-publish": "1"})
    assert list(ArticlePage.objects.live()) == []


def test_editor_hands_in_and_the_article_waits(sign_in, section):
    article = handed_in(sign_in, section)
    assert article.live is False
    assert article.current_workflow_state.status == "in_progress"
    assert article.current_workflow_task.name == "Kiểm tra và duyệt"


def test_editor_cannot_approve_his_own(sign_in, section):
    article = handed_in(sign_in, section)
    act(sign_in("editor"), article, "approve", **ALL_TICKED)
    article.refresh_from_db()
    assert article.live is False


def test_publisher_publishes_with_every_line_ticked(client, sign_in, section):
    article = handed_in(sign_in, section)
    response = act(sign_in("publisher"), article, "approve", comment="Tốt.", **ALL_TICKED)
    assert response.status_code in (200, 302)
    article.refresh_from_db()
    assert article.live is True
    client.logout()
    assert "Thân bài." in client.get("/tin-tuc/hoat-dong/bai-moi/").content.decode()


@pytest.mark.parametrize("missing", [check.name for check in PUBLISHING_CHECKS])
def test_publisher_with_one_line_unticked_does_not_publish(sign_in, section, missing):
    article = handed_in(sign_in, section)
    ticked = {name: value for name, value in ALL_TICKED.items() if name != missing}
    response = act(sign_in("publisher"), article, "approve", **ticked)
    assert response.status_code == 200
    assert "Hãy kiểm tra và đánh dấu điều này trước khi đăng." in response.json()["html"]
    article.refresh_from_db()
    assert article.live is False
    assert article.current_workflow_state.status == "in_progress"


@pytest.mark.parametrize("extra", ["{}", '{"free_of_charge": true}', '{"comment": "x"}'])
def test_publisher_does_not_approve_by_a_forged_post_of_the_editor(sign_in, section, extra):
    article = handed_in(sign_in, section)
    edit(
        sign_in("publisher"), article,
        **{"action-workflow-action": "true", "workflow-action-name": "approve",
           "workflow-action-extra-data": extra},
    )  # fmt: skip
    article.refresh_from_db()
    assert article.live is False


def test_publisher_approves_from_the_editor_with_every_line_ticked(sign_in, section):
    article = handed_in(sign_in, section)
    edit(
        sign_in("publisher"), article,
        **{"action-workflow-action": "true", "workflow-action-name": "approve",
           "workflow-action-extra-data": json.dumps(dict.fromkeys(ALL_TICKED, True))},
    )  # fmt: skip
    article.refresh_from_db()
    assert article.live is True


def test_publishing_many_at_once_does_not_pass_the_check_list_by(sign_in, section):
    article = make_article(section, live=False)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    sign_in("publisher").post(f"{address}?id={article.pk}&next=/quan-tri/", {})
    article.refresh_from_db()
    assert article.live is False


def test_publisher_sends_an_article_back_with_a_word(sign_in, section):
    article = handed_in(sign_in, section)
    act(sign_in("publisher"), article, "reject", comment="Thiếu nguồn.")
    article = ArticlePage.objects.get()
    assert article.live is False
    assert article.current_workflow_state.status == "needs_changes"
    assert article.current_workflow_state.current_task_state.comment == "Thiếu nguồn."


def test_publisher_past_the_workflow_is_led_to_the_check_list(sign_in, section):
    article = make_article(section, "Bài mới", live=False)
    response = edit(sign_in("publisher"), article, **{"action-publish": "1"})
    assert response.status_code == 302
    assert response["Location"] == reverse("publish-checklist", args=[article.pk])
    article.refresh_from_db()
    assert article.live is False


def test_publishing_a_new_page_leads_to_the_check_list_too(sign_in, section):
    response = add(sign_in("publisher"), section, **{"action-publish": "1"})
    article = ArticlePage.objects.get()
    assert response["Location"] == reverse("publish-checklist", args=[article.pk])
    assert article.live is False


def test_check_list_publishes_the_newest_draft_once_all_is_ticked(sign_in, section):
    article = make_article(section, "Bài mới", text="Chữ cũ.")
    client = sign_in("publisher")
    edit(client, article, text="Chữ mới.", **{"action-publish": "1"})
    assert "Chữ cũ." in str(ArticlePage.objects.get().body)
    address = reverse("publish-checklist", args=[article.pk])
    content = client.get(address).content.decode()
    assert all(check.label in content for check in PUBLISHING_CHECKS)
    assert client.post(address, ALL_TICKED).status_code == 302
    assert "Chữ mới." in str(ArticlePage.objects.get().body)


@pytest.mark.parametrize("missing", [check.name for check in PUBLISHING_CHECKS])
def test_check_list_with_one_line_unticked_publishes_nothing(sign_in, section, missing):
    article = make_article(section, live=False)
    ticked = {name: value for name, value in ALL_TICKED.items() if name != missing}
    response = sign_in("publisher").post(reverse("publish-checklist", args=[article.pk]), ticked)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [missing]
    article.refresh_from_db()
    assert article.live is False


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", ["editor", "librarian"])
def test_check_list_is_closed_to_those_who_may_not_publish(sign_in, section, role, method):
    article = make_article(section, live=False)
    response = getattr(sign_in(role), method)(
        reverse("publish-checklist", args=[article.pk]), ALL_TICKED
    )
    # Wagtail turns a refusal into a way back to the desk.
    assert response.status_code in (302, 403)
    article.refresh_from_db()
    assert article.live is False


def test_check_list_of_no_page_is_not_found(sign_in, home):
    assert sign_in("publisher").get(reverse("publish-checklist", args=[99999])).status_code == 404


def test_check_list_sends_a_passer_by_to_the_sign_in(client, section):
    article = make_article(section, live=False)
    response = client.post(reverse("publish-checklist", args=[article.pk]), ALL_TICKED)
    assert response["Location"].startswith("/dang-nhap/")
    article.refresh_from_db()
    assert article.live is False


def test_scheduled_article_appears_when_its_time_has_come(client, sign_in, section):
    article = make_article(section, "Bài hẹn giờ", live=False)
    due = timezone.now() + timedelta(hours=2)
    article.go_live_at = due
    article.save_revision()
    response = sign_in("publisher").post(
        reverse("publish-checklist", args=[article.pk]), ALL_TICKED, follow=True
    )
    assert "sẽ tự đăng lúc" in response.content.decode()
    client.logout()
    call_command("publish_scheduled", stdout=io.StringIO())
    assert client.get("/tin-tuc/hoat-dong/bai-hen-gio/").status_code == 404
    with time_machine.travel(due + timedelta(minutes=1)):
        call_command("publish_scheduled", stdout=io.StringIO())
    article.refresh_from_db()
    assert article.live is True
    assert client.get("/tin-tuc/hoat-dong/bai-hen-gio/").status_code == 200


def test_article_disappears_when_its_time_is_over(client, section):
    article = make_article(section, "Bài có hạn")
    article.expire_at = timezone.now() + timedelta(hours=1)
    article.save_revision().publish()
    assert client.get(article.url).status_code == 200
    with time_machine.travel(article.expire_at + timedelta(minutes=1)):
        call_command("publish_scheduled", stdout=io.StringIO())
    article.refresh_from_db()
    assert (article.live, article.expired) == (False, True)


def test_each_saving_keeps_a_revision_that_can_be_read_back(sign_in, section):
    client = sign_in("editor")
    add(client, section, title="Lần một")
    article = ArticlePage.objects.get()
    edit(client, article, title="Lần hai")
    edit(client, article, title="Lần ba")
    titles = [r.as_object().title for r in article.revisions.order_by("created_at", "pk")]
    assert titles == ["Lần một", "Lần hai", "Lần ba"]


def test_article_with_a_wrong_date_is_refused_at_the_field_and_keeps_what_was_typed(
    sign_in, section
):
    response = add(sign_in("editor"), section, title="Bài lạ", published_on="01/01/1900")
    assert response.status_code == 200
    content = response.content.decode()
    assert "Ngày quá xa trong quá khứ: sớm nhất là 01/01/2020." in content
    assert 'value="Bài lạ"' in content
    assert list(ArticlePage.objects.all()) == []
