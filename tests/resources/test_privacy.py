"""What the library forgets of what units offered, and when."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaign.units.choices import Role
from core.workdays import months_before
from resources.models import Contribution
from resources.privacy import DECLINED_MONTHS, purge_declined
from resources.services import move_contribution
from tests.factories.contributions import make_contribution
from tests.factories.people import make_holder, make_user
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def declined(home):
    """A function that gives a contribution declined on a day."""
    faculty = make_unit(make_unit(), "faculty")
    head, librarian = make_holder(faculty, Role.UNIT_HEAD), make_user("librarian")

    def made(settled_at, **fields):
        row = make_contribution(faculty, head, source="Nguyễn Văn Mẫu", note="Gấp", **fields)
        now = timezone.now()
        move_contribution(row, "send", by=head, now=now)
        move_contribution(row, "decline", by=librarian, now=now, reason="Trùng")
        Contribution.objects.filter(pk=row.pk).update(settled_at=settled_at)
        return Contribution.objects.get(pk=row.pk)

    return made


def test_file_and_names_go_half_a_year_after_the_no(declined, django_capture_on_commit_callbacks):
    now = timezone.localtime()
    edge = months_before(now, DECLINED_MONTHS)
    gone, kept = declined(edge - timedelta(minutes=1)), declined(edge)
    with django_capture_on_commit_callbacks(execute=True):
        assert purge_declined(now) == 1
    assert purge_declined(now) == 0
    row = Contribution.objects.get(pk=gone.pk)
    assert (row.title, row.file.name, row.file_name, row.source, row.note) == (
        gone.title,
        "",
        "",
        "",
        "",
    )
    assert row.events.get(move="decline").note == "Trùng"
    assert not gone.file.storage.exists(gone.file.name)
    still = Contribution.objects.get(pk=kept.pk)
    assert still.file.storage.exists(still.file.name)
    assert still.source == "Nguyễn Văn Mẫu"


def test_what_waits_or_was_taken_back_is_left_alone(declined):
    row = declined(timezone.now() - timedelta(days=900))
    Contribution.objects.filter(pk=row.pk).update(
        state="returned", settled_at=None, settled_by=None
    )
    assert purge_declined(timezone.now()) == 0


def test_the_page_says_why_the_file_is_not_there(declined, client):
    row = declined(timezone.now() - timedelta(days=900))
    purge_declined(timezone.now())
    client.force_login(row.author, backend="django.contrib.auth.backends.ModelBackend")
    assert "quá hạn lưu giữ" in client.get(row.get_absolute_url()).content.decode()
