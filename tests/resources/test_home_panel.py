"""The first screen of the staff area: what waits in the library, and what to begin."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from campaign.units.choices import Role
from resources.home_panel import LibraryPanel
from resources.models import LibraryIndexPage
from resources.services import move_contribution
from tests.factories.contributions import make_contribution
from tests.factories.library import make_item
from tests.factories.people import make_holder, make_user
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db
HOME = "/quan-tri/"


@pytest.fixture
def librarian(client, home):
    """A client of a librarian."""
    client.force_login(make_user("librarian"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def waits(rf, user) -> dict[str, tuple[int, str]]:
    """What the panel says that waits, with the number and where it leads."""
    request = rf.get(HOME)
    request.user = user
    told = LibraryPanel().get_context_data({"request": request})["waits"]
    return {what: (count, url) for count, what, url in told}


def test_a_librarian_sees_what_to_begin_and_what_waits(librarian):
    from django.utils import timezone

    head = make_holder(make_unit(make_unit(), "faculty"), Role.UNIT_HEAD)
    offered = make_contribution(head.memberships.get().unit, head)
    move_contribution(offered, "send", by=head, now=timezone.now())
    make_item("Nháp", live=False)
    make_item("Thiếu năng lực")
    page = librarian.get(HOME).content.decode()
    index = LibraryIndexPage.objects.get()
    add = reverse("wagtailadmin_pages:add", args=["resources", "libraryitempage", index.pk])
    for address in (add, reverse("item-imports"), reverse("library-health")):
        assert f'href="{address}"' in page
    assert "<b>1</b> học liệu đơn vị góp, chờ bạn xem" in page
    assert "<b>1</b> học liệu còn là bản nháp" in page
    assert "<b>1</b> học liệu: chưa gắn năng lực số" in page
    assert librarian.get(add).status_code == 200


def test_every_line_leads_to_as_many_as_it_says(librarian, rf):
    make_item("Nháp", live=False)
    for title in ("Một", "Hai"):
        make_item(title)
    user = make_user("librarian")
    for count, url in waits(rf, user).values():
        shown = librarian.get(url)
        assert shown.status_code == 200
        assert shown.context["paginator"].count == count, url


def test_it_is_not_for_those_who_look_after_something_else(client, home):
    client.force_login(make_user("editor"), backend="django.contrib.auth.backends.ModelBackend")
    assert "viec-thu-vien" not in client.get(HOME).content.decode()


def test_it_costs_the_same_for_one_and_for_thirty(home, rf):
    number = make_user("librarian").pk

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            waits(rf, User.objects.get(pk=number))
        return len(asked)

    make_item()
    queries()
    few = queries()
    for _ in range(29):
        make_item()
    assert queries() == few


def test_nothing_waits_is_said(librarian):
    assert "Không có việc nào đang chờ." in librarian.get(HOME).content.decode()


def test_a_new_item_begins_in_the_first_language_of_the_list(librarian):
    index = LibraryIndexPage.objects.get()
    add = reverse("wagtailadmin_pages:add", args=["resources", "libraryitempage", index.pk])
    form = librarian.get(add).context["form"]
    assert form.initial["language"] == form.fields["language"].queryset.first().pk
