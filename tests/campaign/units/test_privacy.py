"""What is forgotten of the people of a school, and when."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import User
from campaign.units.choices import ImportState
from campaign.units.models import ImportLine, Person, RosterImport
from campaign.units.privacy import FORGOTTEN, people_under, purge_imports, purge_people
from core.workdays import months_before
from tests.factories.people import make_person
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def klass(home):
    """A class of a school."""
    return make_unit(make_unit(None, "institution"), "student_class")


def test_names_codes_and_accounts_go_five_years_after_the_last_day(klass):
    now = timezone.localtime()
    edge = months_before(now, 60).date()
    gone, kept = make_person(klass, account=True), make_person(klass, account=True)
    for person, last in ((gone, edge - timedelta(days=1)), (kept, edge)):
        Person.objects.filter(pk=person.pk).update(since=last, left_on=last)
    assert purge_people(now) == 1
    assert purge_people(now) == 0
    row, user = Person.objects.get(pk=gone.pk), User.objects.get(pk=gone.user_id)
    assert (row.full_name, row.birth_year, row.user) == (FORGOTTEN, None, None)
    assert gone.code not in (row.code, user.username)
    assert not user.is_active
    assert not user.has_usable_password()
    assert Person.objects.get(pk=kept.pk).full_name == kept.full_name


def test_files_and_lines_of_imports_go_after_three_months(klass):
    now = timezone.now()
    jobs = []
    for given in (months_before(now, 3) - timedelta(days=1), now):
        job = RosterImport(
            school=klass.institution, name="a.xlsx", given_at=given, moved_at=given,
            state=ImportState.CHECKED,
        )  # fmt: skip
        job.file.save("a.xlsx", ContentFile(b"x"), save=False)
        job.save()
        ImportLine.objects.create(job=job, sheet="Người", row=2, verdict="add", what="Mẫu")
        jobs.append(job)
    assert purge_imports(now) == 1
    assert purge_imports(now) == 0
    old, new = (RosterImport.objects.get(pk=job.pk) for job in jobs)
    assert not old.file
    assert old.lines.count() == 0
    assert new.file
    assert new.lines.count() == 1


def test_the_file_itself_is_deleted(klass, django_capture_on_commit_callbacks):
    now = timezone.now()
    job = RosterImport(
        school=klass.institution, name="a.xlsx", given_at=now - timedelta(days=120), moved_at=now
    )
    job.file.save("a.xlsx", ContentFile(b"x"), save=False)
    job.save()
    storage, name = job.file.storage, job.file.name
    with django_capture_on_commit_callbacks(execute=True):
        purge_imports(now)
    assert not storage.exists(name)


def test_a_person_is_found_for_a_request_on_his_data(klass):
    person = make_person(klass, full_name="Mẫu Thị Ước", account=True)
    User.objects.filter(pk=person.user_id).update(email="uoc@example.vn")
    make_person(klass, full_name="Mẫu Thị Ước An")
    (found,) = people_under("mẫu thị ước", "", "")
    assert found.url.endswith(f"/{person.pk}/")
    assert len(people_under("", "", "UOC@example.vn")) == 1
    assert people_under("", "0900000000", "") == []
