"""Events: announced, postponed, cancelled, held; every page and feed says so."""

from datetime import timedelta
from uuid import uuid4

import icalendar
import pypdfium2
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.formats import date_format

from campaign.activities.models import Story, StoryPhoto
from campaign.activities.services import add_evidence
from campaign.events import services
from campaign.events.choices import EventState
from campaign.events.models import Event, EventMaterial, EventSession
from campaign.events.views import pictures_of
from campaign.units.choices import Role
from outbox.models import Letter
from tests.concurrency import at_once
from tests.factories.activities import make_commune, make_confirmed, picture, upload
from tests.factories.events import make_edition, make_event
from tests.factories.pages import make_article, make_document, make_picture, make_section
from tests.factories.people import make_holder, make_user
from tests.factories.units import make_college, make_unit
from tests.test_query_counts import queries, uncached

pytestmark = pytest.mark.django_db
PAGE = "/ngay-hoi/"


@pytest.fixture
def editor(home):
    """Somebody who keeps events."""
    return make_user("editor")


def ahead(days: int):
    """So many days from now."""
    return timezone.localdate() + timedelta(days=days)


def entries(client, address: str) -> list:
    """The events of a calendar file, read back."""
    answer = client.get(address)
    assert answer["Content-Type"].startswith("text/calendar")
    return icalendar.Calendar.from_ical(answer.content).walk("VEVENT")


def test_first_start_knows_the_yearly_day(home):
    from campaign.events.models import EventSeries

    series = EventSeries.objects.get()
    assert (series.name, series.month, series.day) == ("Ngày hội toàn dân học tập số", 10, 10)


def test_postponed_event_says_so_everywhere(client, editor):
    event = make_edition(2026, starts_on=ahead(10))
    before = event.starts_on
    services.postpone(event, day=ahead(21), reason="Mưa bão", by=editor, now=timezone.now())
    event.refresh_from_db()
    assert (event.state, event.starts_on, event.announced_on) == ("postponed", ahead(21), before)
    for address in (PAGE, event.get_absolute_url(), "/", f"{PAGE}{event.pk}/ap-phich/"):
        page = client.get(address).content.decode()
        assert "Hoãn" in page
        assert "Mưa bão" in page
    page = client.get(event.get_absolute_url()).content.decode()
    assert "EventRescheduled" in page
    assert before.isoformat() in page
    assert "HOÃN: Mưa bão" in page
    for address in (f"{PAGE}lich.ics", f"{PAGE}{event.pk}/lich.ics"):
        (entry,) = entries(client, address)
        assert entry.decoded("dtstart") == ahead(21)
        assert int(entry["sequence"]) == 1
        assert str(entry["summary"]).startswith("HOÃN:")
        assert "Mưa bão" in entry["description"]


def test_cancelled_event_stays_in_the_feed_as_cancelled(client, editor):
    event = make_event(starts_at="19:00", ends_at="21:00")
    services.cancel(event, reason="Nước lên", by=editor, now=timezone.now())
    (entry,) = entries(client, f"{PAGE}lich.ics")
    assert entry["status"] == "CANCELLED"
    assert entry.decoded("dtstart").utcoffset() == timedelta(hours=7)
    assert "EventCancelled" in client.get(event.get_absolute_url()).content.decode()


def test_new_day_may_be_left_open(client, editor):
    event = make_event()
    services.postpone(event, day=None, reason="Chờ đường thông", by=editor, now=timezone.now())
    page = client.get(event.get_absolute_url()).content.decode()
    assert "chưa định ngày mới" in page
    assert "EventPostponed" in page
    (entry,) = entries(client, f"{PAGE}lich.ics")
    assert entry["status"] == "TENTATIVE"
    assert event.title in client.get(PAGE).content.decode()


@pytest.mark.parametrize("move", ["postpone", "cancel", "hold"])
def test_held_or_cancelled_twice_is_refused_in_words(editor, move):
    event = make_event(starts_on=ahead(-1))
    now, words = (
        timezone.now(),
        {"postpone": {"day": ahead(3), "reason": "x"}, "cancel": {"reason": "x"}},
    )
    services.hold(event, by=editor, now=now)
    with pytest.raises(ValidationError, match="được nữa"):
        getattr(services, move)(event, by=editor, now=now, **words.get(move, {}))
    assert event.changes.count() == 1


def test_what_is_still_to_come_was_not_held(editor):
    with pytest.raises(ValidationError, match="chưa tới"):
        services.hold(make_event(), by=editor, now=timezone.now())


def test_next_edition_is_one_however_often_pressed(editor):
    this = make_edition(2026, script="Chào cờ.", live_url="https://example.vn/live")
    EventSession.objects.create(event=this, starts_at="07:00", title="Chào cờ")
    EventMaterial.objects.create(event=this, document=make_document())
    first = services.next_edition(this, by=editor, now=timezone.now())
    again = services.next_edition(this, by=editor, now=timezone.now())
    assert first == again
    assert first.title == "Ngày hội toàn dân học tập số 2027"
    # 10/10/2027 is a Sunday.
    assert first.starts_on.isoformat() == "2027-10-11"
    assert (first.state, first.script, first.live_url) == (EventState.PLANNED, "Chào cờ.", "")
    assert [row.title for row in first.sessions.all()] == ["Chào cờ"]
    # A document belongs to its year.
    assert not first.materials.exists()
    with pytest.raises(ValidationError, match="không có kỳ sau"):
        services.next_edition(make_event(unit=this.unit), by=editor, now=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_next_edition_pressed_at_once_is_one(editor):
    this = make_edition(2026)
    made = at_once(4, lambda: services.next_edition(this, by=editor, now=timezone.now()).pk)
    assert len(set(made)) == 1
    assert Event.objects.count() == 2


def test_department_gives_each_school_its_edition_once(editor):
    department = make_unit(None, "department", name="Sở Thử")
    schools = [make_unit(department, name=f"Trường {n}") for n in range(2)]
    make_unit(schools[0], "faculty")
    event = make_edition(2026, unit=department)
    services.editions_below(event, by=editor, now=timezone.now())
    services.editions_below(event, by=editor, now=timezone.now())
    assert {child.unit for child in event.children.all()} == set(schools)
    assert {child.starts_on for child in event.children.all()} == {event.starts_on}


def test_only_editors_move_events(client, editor):
    event = make_event()
    for by in (make_user(), make_user("librarian")):
        with pytest.raises(PermissionDenied):
            services.cancel(event, reason="x", by=by, now=timezone.now())


def test_classes_are_listed_by_commune_with_a_telephone_number(client, home):
    unit = make_unit()
    for name in ("Suối Mẫu", "Hoa Mẫu"):
        make_event(
            commune=make_commune(name), phone="0212 000 000", unit=unit, title=f"Lớp ở {name}"
        )
    page = client.get(f"{PAGE}?loai=lop-hoc").content.decode()
    assert page.index("Xã Hoa Mẫu</h3>") < page.index("Xã Suối Mẫu</h3>")
    assert 'href="tel:0212000000"' in page


def test_hidden_event_is_nowhere(client, home):
    event = make_event(is_public=False)
    for address in (
        event.get_absolute_url(),
        f"{PAGE}{event.pk}/lich.ics",
        f"{PAGE}{event.pk}/ap-phich/",
    ):
        assert client.get(address).status_code == 404
    assert event.title not in client.get(PAGE).content.decode()
    assert event.title not in client.get(f"{PAGE}lich.ics").content.decode()


def test_internal_document_of_an_event_is_not_shown(client, home):
    event = make_event()
    document = make_document()
    EventMaterial.objects.create(event=event, document=document)
    assert document.abstract not in client.get(event.get_absolute_url()).content.decode()


def test_old_address_leads_to_the_present_one(client, home):
    event = make_event()
    answer = client.get(f"{PAGE}{event.pk}/ten-cu/")
    assert answer.status_code == 301
    assert answer.url == event.get_absolute_url()


@pytest.mark.parametrize(
    "query", ["?thang=2026-13", "?thang=%00", "?loai=khac", "?trang=0", "?thang=9999-99"]
)
def test_nonsense_in_the_address_is_borne(client, home, query):
    assert client.get(f"{PAGE}{query}").status_code == 200


def test_month_shows_its_events_and_turns(client, home):
    event = make_event(starts_on="2026-10-12", title="Ngày hội tháng Mười")
    assert event.title in client.get(f"{PAGE}?thang=2026-10").content.decode()
    assert "thang=2027-01" in client.get(f"{PAGE}?thang=2026-12").content.decode()


def test_acts_in_the_staff_area(sign_in, home):
    client = sign_in("editor")
    event = make_edition(2026, starts_on=ahead(5))
    address = f"/quan-tri/su-kien/{event.pk}/"
    assert "Tạo kỳ 2027" in client.get(address).content.decode()
    empty = client.post(
        address, {"viec": "postpone", "postpone-reason": "", "postpone-day": "hôm nào"}
    )
    assert "Hãy ghi lý do" in empty.content.decode()
    assert "Ngày viết dạng" in empty.content.decode()
    client.post(
        address,
        {"viec": "postpone", "postpone-reason": "Bão", "postpone-day": ahead(9).isoformat()},
    )
    event.refresh_from_db()
    assert event.starts_on == ahead(9)
    answer = client.post(address, {"viec": "next"})
    assert answer.url == f"/quan-tri/su-kien/{Event.objects.get(year=2027).pk}/"
    assert client.get(f"/quan-tri/su-kien/{event.pk}/").content.decode().count("Bão") >= 1


@pytest.mark.parametrize("role", ["", "librarian"])
def test_acts_are_closed_to_others(sign_in, home, role):
    event = make_event()
    assert sign_in(role).get(f"/quan-tri/su-kien/{event.pk}/").status_code == 302


def test_lists_cost_the_same_with_one_event_and_with_thirty(client, home):
    unit = make_unit()

    def add(number: int) -> Event:
        commune = make_commune(f"Mẫu {number}")
        return make_event(unit=unit, commune=commune, starts_on=ahead(number + 1))

    first = add(0)
    make_event(unit=unit, starts_on=ahead(-30))
    month = f"{PAGE}?thang={ahead(1):%Y-%m}"
    pages = [PAGE, f"{PAGE}lich.ics", f"{PAGE}?loai=lop-hoc", month, first.get_absolute_url()]
    few = {page: queries(client, uncached(page)) for page in pages}
    for number in range(1, 30):
        add(number)
        make_event(unit=unit, starts_on=ahead(-30 - number))
    assert {page: queries(client, uncached(page)) for page in pages} == few


def test_event_is_found_without_marks_and_stands_in_the_sitemap(client, home):
    event = make_event(title="Lớp mã QR ở chợ phiên", summary="Nhận tiền bằng mã QR.")
    page = client.get("/tim-kiem/?q=cho+phien").content.decode()
    assert event.get_absolute_url() in page
    assert "Sự kiện" in page
    assert event.get_absolute_url() in client.get("/sitemap.xml").content.decode()
    assert "/ngay-hoi/" in client.get("/so-do-trang/").content.decode()


def letters() -> dict[str, str]:
    """What waits to be sent, by address."""
    return {letter.to_email: letter.body for letter in Letter.objects.all()}


def test_change_is_told_by_mail_to_those_who_pass_it_on(editor):
    college = make_college()
    make_holder(college["farmers"], Role.UNIT_HEAD, email="co.chu.nhiem@example.vn")
    make_holder(college["farmers"], Role.MEMBER, email="sinh.vien@example.vn")
    make_holder(college["office"], Role.REPORTER)
    make_holder(make_unit(None, "institution"), Role.LEADER, email="truong.khac@example.vn")
    event = make_event(unit=college["school"], starts_on=ahead(5))
    services.postpone(event, day=ahead(9), reason="Mưa bão", by=editor, now=timezone.now())
    assert list(letters()) == ["co.chu.nhiem@example.vn"]
    body = letters()["co.chu.nhiem@example.vn"]
    assert f"Ngày mới: {date_format(ahead(9), 'l, d/m/Y')}" in body
    assert "Mưa bão" in body


def test_department_tells_its_schools_and_not_their_classes(editor):
    department = make_unit(None, "department")
    school = make_unit(department, "institution")
    lesson = make_unit(make_unit(school, "faculty"), "student_class")
    make_holder(school, Role.STANDING_OFFICE, email="thuong.truc@example.vn")
    make_holder(lesson, Role.UNIT_HEAD, email="chu.nhiem@example.vn")
    make_holder(department, Role.DEPARTMENT_OFFICER, email="can.bo@example.vn")
    make_holder(department, Role.LEADER, email="lanh.dao@example.vn")
    event = make_event(unit=department, starts_on=ahead(5))
    services.cancel(event, reason="Mưa bão", by=editor, now=timezone.now())
    assert set(letters()) == {
        f"{name}@example.vn" for name in ("thuong.truc", "lanh.dao", "can.bo")
    }


def test_old_event_put_right_is_told_to_nobody(editor):
    college = make_college()
    make_holder(college["school"], Role.LEADER, email="lanh.dao@example.vn")
    event = make_event(unit=college["school"], starts_on=ahead(-30))
    services.cancel(event, reason="Ghi nhầm", by=editor, now=timezone.now())
    assert letters() == {}


def sheet(client, event):
    """The poster's only page."""
    answer = client.get(f"{PAGE}{event.pk}/ap-phich.pdf")
    assert answer["Content-Type"] == "application/pdf"
    (page,) = pypdfium2.PdfDocument(answer.content)
    return page


def test_poster_is_one_sheet_of_a4_with_code_and_short_address(client, home):
    page = sheet(client, make_event(title="Lớp học số ở bản Mẫu", phone="0900000000"))
    assert [round(side / 72 * 25.4) for side in page.get_size()] == [210, 297]
    text = page.get_textpage().get_text_range()
    for words in ("Lớp học số ở bản Mẫu", "0900000000", f"{PAGE}{Event.objects.get().pk}/"):
        assert words in text


def test_longest_words_of_a_poster_leave_room_for_its_code(client, editor):
    words = "Nghiêng ngả khuỷu tay "
    event = make_event(
        title=(words * 10)[:200], theme=(words * 14)[:300], place=(words * 10)[:200], phone="0900000000",
        contact=(words * 6)[:120],
    )  # fmt: skip
    services.postpone(event, day=None, reason=(words * 14)[:300], by=editor, now=timezone.now())
    page = sheet(client, event)
    found = page.get_textpage()
    asked = found.search("0900000000").get_next()
    code = found.search("Miễn phí").get_next()
    low = min(found.get_charbox(asked[0] + place)[1] for place in range(10))
    assert low > found.get_charbox(code[0])[3]


def test_school_page_says_what_became_of_the_departments_day(client, editor):
    department = make_unit(None, "department")
    school = make_unit(department, "institution")
    above = make_edition(2030, unit=department, starts_on=ahead(5))
    (below,) = services.editions_below(above, by=editor, now=timezone.now())
    assert below.unit == school
    services.postpone(above, day=ahead(9), reason="Mưa bão", by=editor, now=timezone.now())
    page = client.get(below.get_absolute_url()).content.decode()
    assert f"sang {ahead(9):%d/%m/%Y}</b>: Mưa bão" in page


def test_pictures_are_those_that_live_articles_carry(client, home):
    college = make_college()
    member, head = (
        make_holder(college["farmers"], Role.MEMBER),
        make_holder(college["farmers"], Role.UNIT_HEAD),
    )
    activity = make_confirmed(college["farmers"], member, head)
    event = make_event(unit=college["school"], starts_on=ahead(-1), activity=activity)
    article = make_article(make_section(), "Ngày hội ở bản")
    story = Story.objects.create(
        activity=activity, page=article, key=uuid4(), made_by=member, made_at=timezone.now()
    )
    evidence = add_evidence(activity, upload=upload(picture(1, (240, 180))), kind="thanks", key=uuid4(),
                            by=member, now=timezone.now())  # fmt: skip
    photo = StoryPhoto.objects.create(
        story=story, evidence=evidence, image=make_picture(), alt="Cô giáo chỉ bà cụ mở ứng dụng",
        faces="adults",
    )  # fmt: skip

    assert [row.pk for row in pictures_of(event)] == [photo.pk]
    assert photo.alt in client.get(event.get_absolute_url()).content.decode()
    article.unpublish()
    assert pictures_of(event) == []
    article.get_latest_revision_as_object().save_revision().publish()
    assert len(pictures_of(event)) == 1
    StoryPhoto.objects.update(withdrawn_at=timezone.now(), withdrawn_by=member)
    assert pictures_of(event) == []
