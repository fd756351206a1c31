"""An activity told as an article: consent before any photo goes out, and out again when it is taken back."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from campaign.activities import services
from campaign.activities.choices import Faces
from campaign.activities.models import Evidence, Story, StoryPhoto
from campaign.activities.privacy import (
    activities_under,
    purge_files,
    purge_names,
    purge_stories,
)
from campaign.activities.services import ShareRow
from campaign.activities.services.stories import paragraphs
from campaign.news.models import ArticlePage
from campaign.units.choices import Role
from core.models import SiteImage
from privacy.models import ConsentRecord
from tests.concurrency import at_once
from tests.factories.activities import (
    kind_named,
    make_activity,
    make_confirmed,
    picture,
    upload,
)
from tests.factories.pages import make_section
from tests.factories.people import make_holder, make_person
from tests.factories.units import make_college

pytestmark = pytest.mark.django_db
TEXT = services.Text(
    "Lớp ở bản Mẫu", "Ba mươi người học VNeID.", "Đoạn một.\n\nĐoạn hai <b>lạ</b>."
)


@pytest.fixture
def college(home, settings, tmp_path):
    """A class with a member and a head, a section of the news."""
    settings.PRIVATE_ROOT = tmp_path / "private"
    settings.MEDIA_ROOT = tmp_path / "media"
    made = make_college()
    made["member"] = make_holder(made["farmers"], Role.MEMBER)
    made["head"] = make_holder(made["farmers"], Role.UNIT_HEAD)
    made["office_user"] = make_holder(made["school"], Role.STANDING_OFFICE)
    made["section"] = make_section()
    return made


def with_photos(college, number=2, **words):
    """A confirmed activity with photos."""
    activity = make_activity(college["farmers"], college["member"], **words)
    for seed in range(number):
        services.add_evidence(
            activity, upload=upload(picture(seed)), kind="photo", key=uuid4(),
            by=college["member"], now=timezone.now(),
        )  # fmt: skip
    services.send_activity(activity, by=college["member"], now=timezone.now())
    return services.confirm_activity(activity, by=college["head"], now=timezone.now())


def tell(college, activity, photos=(), **words):
    """The story of an activity."""
    given = {"key": uuid4(), "by": college["member"], "now": timezone.now(), **words}
    return services.tell_story(activity, TEXT, college["section"], photos, **given)


def chosen(activity, faces=Faces.ADULTS, **words):
    """All photos of an activity, agreed to."""
    known = {"agreed": True, "agreed_by": "Mẫu Thị Giám Hộ", **words}
    return [
        services.Chosen(piece, f"Ảnh {n}", faces, **known)
        for n, piece in enumerate(Evidence.objects.filter(activity=activity).order_by("pk"))
    ]


def test_article_waits_for_the_editors_with_words_and_pictures(college):
    activity = with_photos(college)
    page = tell(college, activity, chosen(activity)).page
    assert not page.live
    assert page.current_workflow_state is not None
    draft = page.get_latest_revision_as_object()
    assert (draft.title, draft.summary, draft.picture_alt) == (TEXT.title, TEXT.lead, "Ảnh 0")
    kinds = [block.block_type for block in draft.body]
    assert kinds == ["paragraph", "paragraph", "picture"]
    # What was typed is text: no tag of it is a tag of the page.
    assert "&lt;b&gt;" in draft.body[1].value.source
    draft.full_clean()
    assert ConsentRecord.objects.count() == 2
    assert {record.full_name for record in ConsentRecord.objects.all()} == {"Mẫu Thị Giám Hộ"}


@pytest.mark.parametrize(
    ("faces", "agreed", "by", "alt", "sound"),
    [
        (Faces.NOBODY, False, "", "Bàn tay trên máy", True),
        (Faces.ADULTS, False, "", "Lớp học", False),
        (Faces.ADULTS, True, "", "Lớp học", True),
        (Faces.MINORS, False, "Mẫu", "Lớp học", False),
        (Faces.MINORS, True, "", "Lớp học", False),
        (Faces.MINORS, True, "Mẫu Thị Giám Hộ", "Lớp học", True),
        ("", True, "Mẫu", "Lớp học", False),
        ("khác", True, "Mẫu", "Lớp học", False),
        (Faces.NOBODY, True, "", " ", False),
    ],
)
def test_what_a_photo_needs_to_go_out(college, faces, agreed, by, alt, sound):
    photo = services.Chosen(Evidence(), alt, faces, agreed, by)
    assert (services.photo_problem(photo) is None) is sound


def test_photo_without_consent_leaves_nothing_public(college):
    activity = with_photos(college)
    with pytest.raises(ValidationError, match="sự đồng ý"):
        tell(college, activity, chosen(activity, agreed=False))
    assert not SiteImage.objects.exists()
    assert not Story.objects.exists()


def test_paper_or_another_activitys_photo_never_goes_out(college):
    activity, other = with_photos(college), with_photos(college, title="Lớp khác")
    with pytest.raises(PermissionDenied):
        tell(college, activity, chosen(other))
    Evidence.objects.filter(activity=activity).update(kind="sign_in_sheet")
    with pytest.raises(PermissionDenied):
        tell(college, activity, chosen(activity))


def test_only_what_is_confirmed_is_told_a_media_product_before_that_too(college):
    draft = make_activity(college["farmers"], college["member"])
    with pytest.raises(PermissionDenied):
        tell(college, draft)
    product = make_activity(
        college["farmers"], college["member"], kind=kind_named("san-pham-truyen-thong"),
        people_count=None,
    )  # fmt: skip
    assert tell(college, product).page is not None
    with pytest.raises(ValidationError, match="Đã gửi bài"):
        services.discard_activity(product, by=college["member"], now=timezone.now())


def test_foreign_hands_tell_nothing(college):
    activity = with_photos(college, 0)
    for by in (
        make_holder(college["smiths"], Role.UNIT_HEAD),
        make_holder(college["farmers"], Role.MEMBER),
    ):
        with pytest.raises(PermissionDenied):
            tell(college, activity, by=by)


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_at_once_is_one_article(college):
    activity = with_photos(college, 1)
    key, photos = uuid4(), chosen(activity)
    stories = at_once(5, lambda: tell(college, activity, photos, key=key))
    assert len({story.pk for story in stories}) == 1
    assert ArticlePage.objects.filter(title=TEXT.title).count() == 1
    assert SiteImage.objects.count() == 1


@pytest.mark.parametrize("live", [True, False])
def test_consent_taken_back_takes_the_photo_out_everywhere(college, live):
    activity = with_photos(college)
    story = tell(college, activity, chosen(activity))
    if live:
        story.page.get_latest_revision().publish()
    names = [image.file.name for image in SiteImage.objects.all()]
    storage = SiteImage.objects.first().file.storage
    for photo in StoryPhoto.objects.all():
        services.withdraw_photo(photo, by=college["head"], now=timezone.now())
    page = ArticlePage.objects.get(pk=story.page.pk)
    assert page.live is live
    for shown in (page, page.get_latest_revision_as_object()):
        assert shown.picture is None
        assert [block.block_type for block in shown.body] == ["paragraph", "paragraph"]
    assert not SiteImage.objects.exists()
    assert not ConsentRecord.objects.standing().exists()
    assert names
    assert storage is not None
    # The evidence itself stays where it was.
    assert Evidence.objects.kept().filter(activity=activity).count() == 2


def test_confirmation_taken_back_takes_the_story_down(college):
    activity = with_photos(college, 0)
    story = tell(college, activity)
    story.page.get_latest_revision().publish()
    services.unconfirm_activity(
        activity, reason="Chưa đúng", by=college["office_user"], now=timezone.now()
    )
    assert not ArticlePage.objects.get(pk=story.page.pk).live


def test_screen_is_filled_and_sent_in_two_clicks(college):
    activity = with_photos(college, 1, content="Cài VNeID cho bà con.", result="Cả lớp dùng được.")
    client = Client()
    client.force_login(college["member"], backend="django.contrib.auth.backends.ModelBackend")
    address = f"{activity.get_absolute_url()}ke-thanh-bai/"
    assert address in client.get(activity.get_absolute_url()).content.decode()
    page = client.get(address)
    assert "Cài VNeID cho bà con." in page.content.decode()
    form = page.context["form"]
    words = {name: form[name].value() for name in ("title", "lead", "body")}
    piece = activity.evidence.get().pk
    words |= {"section": college["section"].pk, "named": "on", "key": str(page.context["key"])}
    refused = client.post(
        address, words | {f"photo-{piece}-use": "on", f"photo-{piece}-alt": "Lớp"}
    )
    assert refused.status_code == 422
    assert "trong ảnh nhận ra được ai" in refused.content.decode()
    assert "Cả lớp dùng được." in refused.content.decode()
    client.post(address, words)
    story = Story.objects.get()
    assert "30 người tham dự" in story.page.get_latest_revision_as_object().summary
    assert "Chờ biên tập" in client.get(activity.get_absolute_url()).content.decode()


@given(st.text(max_size=200))
def test_any_text_becomes_harmless_paragraphs(text):
    for part in paragraphs(text):
        inner = part[3:-4].replace("<br/>", "")
        assert part.startswith("<p>")
        assert "<" not in inner


def test_photos_are_forgotten_in_time_with_papers_sooner(college):
    activity = with_photos(college, 1, shares=[ShareRow(name="Mẫu Ngoài Danh Sách", task="Dạy")])
    tell(college, activity, chosen(activity))
    now = timezone.now()
    assert purge_files(now, frozenset({"photo"}), 60) == 0
    later = now + timedelta(days=61 * 31)
    assert purge_stories(later) == 1
    assert purge_files(later, frozenset({"photo"}), 60) == 1
    assert purge_names(later) == 1
    assert purge_names(later) == 0
    assert activity.participants.get().name == "Đã xóa tên"
    # What was counted stays counted.
    assert services.find_drift() == []


def test_somebody_finds_where_he_is_named(college):
    person = make_person(college["farmers"], code="NN1-07", full_name="Mẫu Thị Đông")
    shares = [ShareRow(person), ShareRow(name="mẫu văn tây")]
    activity = make_confirmed(college["farmers"], college["member"], college["head"], shares=shares)
    for name in ("Mẫu Thị Đông", "Mau Van Tay"):
        assert [found.url for found in activities_under(name, "", "")] == [
            activity.get_absolute_url()
        ]
    assert activities_under("Mẫu Thị", "", "") == []
    assert activities_under("", "0912345678", "") == []
