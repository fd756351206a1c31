"""Every permission that a role names exists in the database."""

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission

from accounts.choices import FILE_PERMISSIONS, MODEL_PERMISSIONS, PAGE_PERMISSIONS, SiteRole
from accounts.services import ensure_roles
from accounts.services.roles import FILE_MODELS

pytestmark = pytest.mark.django_db

NAMED = sorted({name for names in MODEL_PERMISSIONS.values() for name in names})


def names_of(permissions) -> set[str]:
    """Permissions as `app.codename`."""
    return {f"{p.content_type.app_label}.{p.codename}" for p in permissions}


@pytest.mark.parametrize("name", NAMED)
def test_named_permission_exists(name):
    app, codename = name.split(".")
    assert Permission.objects.filter(content_type__app_label=app, codename=codename).count() == 1


@pytest.mark.parametrize(
    "codename", sorted({c for names in PAGE_PERMISSIONS.values() for c in names})
)
def test_page_permission_exists(codename):
    pages = Permission.objects.filter(content_type__app_label="wagtailcore", codename=codename)
    assert pages.filter(content_type__model="page").count() == 1


@pytest.mark.parametrize("act", sorted({act for acts in FILE_PERMISSIONS.values() for act in acts}))
@pytest.mark.parametrize(("app", "model"), FILE_MODELS.items())
def test_file_permission_exists(app, model, act):
    held = Permission.objects.filter(content_type__app_label=app, codename=f"{act}_{model}")
    # Media are chosen by everybody who may add them: wagtailmedia knows no right to choose.
    assert held.count() == (0 if (app, act) == ("wagtailmedia", "choose") else 1)


def test_every_role_has_a_group(home):
    assert {role.value for role in SiteRole} <= set(Group.objects.values_list("name", flat=True))


@pytest.mark.parametrize("role", list(MODEL_PERMISSIONS))
def test_group_has_exactly_what_its_role_names(home, role):
    group = Group.objects.get(name=role)
    held = names_of(group.permissions.select_related("content_type"))
    assert held == set(MODEL_PERMISSIONS[role])


@pytest.mark.parametrize("role", list(PAGE_PERMISSIONS))
def test_group_has_its_page_permissions_from_the_front_page_down(home, role):
    held = GroupPagePermission.objects.filter(group__name=role)
    assert {(p.page_id, p.permission.codename) for p in held} == {
        (home.pk, codename) for codename in PAGE_PERMISSIONS[role]
    }


def test_librarian_has_page_permissions_on_guides_and_the_library_only(home):
    from resources.models import GuideIndexPage, LibraryIndexPage

    held = GroupPagePermission.objects.filter(group__name=SiteRole.LIBRARIAN)
    assert {p.page_id for p in held} == {
        GuideIndexPage.objects.get().pk,
        LibraryIndexPage.objects.get().pk,
    }


def test_roles_made_twice_stay_the_same(home):
    before = {
        group.name: names_of(group.permissions.select_related("content_type"))
        for group in Group.objects.all()
    }
    ensure_roles()
    after = {
        group.name: names_of(group.permissions.select_related("content_type"))
        for group in Group.objects.all()
    }
    assert after == before
