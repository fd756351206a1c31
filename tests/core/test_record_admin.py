"""Every list of records in the staff area is built on the shared base, and closed to those without a right."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from wagtail_modeladmin.options import ModelAdmin

from campaign.units.choices import Role
from core.admin import (
    GuardedDeleteView,
    GuardedEditView,
    GuardedHistoryView,
    GuardedInspectView,
    ListedHistoryView,
    NumberedMixin,
    QueueAdmin,
    RecordAdmin,
    StaffAdmin,
)
from tests.factories.people import make_holder, make_user
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db

# Fields that only a service may write.
STATES = {"state", "status", "stage"}


def kinds(base: type = ModelAdmin) -> Iterator[type]:
    """Every list of records of the project."""
    for kind in base.__subclasses__():
        if getattr(kind, "model", None) is not None:
            yield kind
        yield from kinds(kind)


ADMINS = sorted(set(kinds()), key=lambda kind: kind.__name__)


def test_there_are_records_to_look_at():
    assert len(ADMINS) > 8


@pytest.mark.parametrize("kind", ADMINS)
def test_each_stands_on_the_shared_base(kind):
    assert issubclass(kind, StaffAdmin)
    assert issubclass(kind.history_view_class, ListedHistoryView)
    assert issubclass(kind.edit_view_class, NumberedMixin)
    if hasattr(kind.model._default_manager.all(), "visible_to") and issubclass(kind, RecordAdmin):
        assert issubclass(kind.edit_view_class, GuardedEditView)
        assert issubclass(kind.inspect_view_class, GuardedInspectView)
        assert issubclass(kind.delete_view_class, GuardedDeleteView)
        assert issubclass(kind.history_view_class, GuardedHistoryView)


@pytest.mark.parametrize("kind", ADMINS)
def test_no_form_writes_a_state(kind):
    # What is not editable comes into no form, whatever its panels say.
    fields = kind.model._meta.get_fields()
    has_state = {field.name for field in fields if getattr(field, "editable", False)} & STATES
    if has_state:
        assert issubclass(kind, QueueAdmin), f"{kind.__name__} has {has_state} and a form"


@pytest.mark.parametrize("kind", ADMINS)
@pytest.mark.parametrize("who", ["standing_office", "librarian"])
def test_a_list_is_shut_to_those_without_a_right(kind, who, home):
    user = make_user(who) if who == "librarian" else None
    user = user or make_holder(make_unit(None, "institution"), Role.STANDING_OFFICE)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    app, model = kind.model._meta.app_label, kind.model._meta.model_name
    acts = ["view", "add", "change", "delete"]
    may = any(user.has_perm(f"{app}.{act}_{model}") for act in acts)
    for act in ("index", "create", "edit", "delete", "inspect", "history"):
        if act == "inspect" and not kind.inspect_view_enabled:
            continue
        args = [] if act in ("index", "create") else [1]
        address = reverse(f"{app}_{model}_modeladmin_{act}", args=args)
        answer = client.get(address)
        if not may:
            assert answer.status_code in (302, 403, 404), address
            assert answer.status_code != 302 or answer["Location"] == reverse("wagtailadmin_home")


def test_the_history_of_a_record_is_for_those_who_see_it(home):
    from campaign.feedback.models import ContactPoint

    point = ContactPoint.objects.create(function="Hỗ trợ", phone="0901234567")
    address = reverse("feedback_contactpoint_modeladmin_history", args=[point.pk])
    office = Client()
    office.force_login(
        make_holder(make_unit(None, "institution"), Role.STANDING_OFFICE),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    assert office.get(address).status_code == 302
    editor = Client()
    editor.force_login(make_user("editor"), backend="django.contrib.auth.backends.ModelBackend")
    assert editor.get(address).status_code == 200
    assert editor.get(address.replace(f"/{point.pk}/", "/99999/")).status_code == 404
