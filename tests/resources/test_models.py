"""The library: topics with their counts and order, the guide's own page."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from resources.models import GuidePage, Topic
from resources.queries import topics_with_counts, topics_with_guides
from tests.factories.pages import make_guide, make_topic

pytestmark = pytest.mark.django_db


def ordered_topic(name: str, order: int) -> Topic:
    """A topic with its place."""
    topic = make_topic(name)
    topic.order = order
    topic.save()
    return topic


def test_topics_are_counted_in_order_by_their_live_guides(home):
    second, first = ordered_topic("Dịch vụ công", 20), ordered_topic("An toàn", 10)
    ordered_topic("Bảo mật", 20)
    make_guide(second)
    make_guide(second)
    draft = make_guide(first)
    draft.unpublish()
    counted = [(topic.name, topic.guide_count) for topic in topics_with_counts()]
    assert counted == [("An toàn", 0), ("Bảo mật", 0), ("Dịch vụ công", 2)]


def test_topics_carry_their_live_guides_in_the_editors_order(home):
    topic, empty = make_topic("Dịch vụ công"), make_topic("An toàn")
    first, second = make_guide(topic, "Bước hai"), make_guide(topic, "Bước một")
    second.move(first, pos="left")
    make_guide(topic, "Còn nháp").unpublish()
    listed = {t.name: [guide.title for guide in t.listed] for t in topics_with_guides()}
    assert listed == {topic.name: ["Bước một", "Bước hai"], empty.name: []}


def test_index_shows_each_topic_with_its_guides(client, home):
    make_guide(make_topic("Dịch vụ công"), "Nộp hồ sơ")
    make_topic("An toàn")
    content = client.get("/huong-dan/").content.decode()
    assert 'id="dich-vu-cong"' in content
    assert '<a href="/huong-dan/nop-ho-so/">Nộp hồ sơ</a>' in content
    assert content.count("Đang soạn hướng dẫn cho chủ đề này.") == 1


def test_index_without_topics_says_so(client, home):
    assert "Chưa có chủ đề nào." in client.get("/huong-dan/").content.decode()


def test_home_page_leads_to_each_topic(client, home):
    make_guide(make_topic("Dịch vụ công"))
    make_topic("An toàn")
    content = client.get("/").content.decode()
    assert 'href="/huong-dan/#dich-vu-cong"' in content
    assert "1 hướng dẫn" in content
    assert "Đang soạn" in content


def test_guide_shows_its_topic_and_the_others_of_it(client, home):
    topic = make_topic("Dịch vụ công")
    guide = make_guide(topic, "Nộp hồ sơ", text="Mở ứng dụng.")
    make_guide(topic, "Tra cứu hồ sơ")
    make_guide(make_topic("An toàn"), "Đặt mật khẩu")
    response = client.get(guide.url)
    assert [sibling.title for sibling in response.context["siblings"]] == ["Tra cứu hồ sơ"]
    content = response.content.decode()
    for piece in ("Mở ứng dụng.", "Dịch vụ công", "Tra cứu hồ sơ"):
        assert piece in content
    assert "Đặt mật khẩu" not in content


def test_guide_that_is_not_live_is_not_found(client, home):
    guide = make_guide(make_topic())
    guide.unpublish()
    assert client.get(f"/huong-dan/{guide.slug}/").status_code == 404


@pytest.mark.parametrize(
    ("minutes", "kept"), [(None, True), (1, True), (600, True), (0, False), (601, False)]
)
def test_minutes_of_a_guide_are_sensible(home, minutes, kept):
    guide = make_guide(make_topic())
    guide.minutes = minutes
    if kept:
        guide.full_clean()
    else:
        with pytest.raises(ValidationError) as refused:
            guide.full_clean()
        assert list(refused.value.message_dict) == ["minutes"]


def test_topics_address_is_made_of_its_name_and_stays(home):
    topic = make_topic("Dịch vụ thƣ công")
    assert (topic.name, topic.slug) == ("Dịch vụ thư công", "dich-vu-thu-cong")
    topic.name = "Tên mới"
    topic.full_clean()
    assert topic.slug == "dich-vu-thu-cong"


def test_topic_with_guides_is_not_deleted(home):
    topic = make_topic()
    make_guide(topic)
    with pytest.raises(ProtectedError):
        topic.delete()
    assert GuidePage.objects.count() == 1


@pytest.mark.parametrize("first", ["Bò"])
def test_topics_whose_names_differ_by_marks_alone_are_told_apart_or_refused(home, first):
    make_topic(first)
    with pytest.raises(ValidationError):
        make_topic("Bơ")
