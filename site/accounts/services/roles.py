"""Verbs on site-wide roles, and demo accounts."""

from collections.abc import Iterable
from functools import cache

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.crypto import salted_hmac
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from accounts.choices import FILE_PERMISSIONS, MODEL_PERMISSIONS, PAGE_PERMISSIONS, SiteRole
from accounts.models import User
from core.registry import demo_accounts

# The administrator manages content, people and settings, but nobody edits logs or migrations by hand.
ADMIN_APPS = [
    "wagtailadmin", "wagtailcore", "wagtailusers", "wagtailimages", "wagtailredirects", "accounts", "auth",
    "activities", "core", "counters", "documents", "events", "feedback", "home", "news", "outbox", "plan",
    "privacy", "reporting", "resources", "units", "wagtailmedia", "wagtaildocs",
]  # fmt: skip
# Wagtail asks for the rights on its own models, also where a site has models of its own.
FILE_MODELS = {"wagtailimages": "image", "wagtaildocs": "document", "wagtailmedia": "media"}


def ensure_roles() -> None:
    """Make the site-wide groups and give each what its role needs; doing it again changes nothing."""
    for role in SiteRole:
        group, _ = Group.objects.get_or_create(name=role.value)
        group.permissions.add(*_model_permissions(role))
        _grant_files(group, FILE_PERMISSIONS.get(role, []))


def grant_pages(root: Page, permissions: dict[str, list[str]] = PAGE_PERMISSIONS) -> None:
    """Give each role its rights on `root` and all below it."""
    for role, codenames in permissions.items():
        group = Group.objects.get(name=role)
        for permission in Permission.objects.filter(
            content_type__app_label="wagtailcore",
            content_type__model="page",
            codename__in=codenames,
        ):
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)


def _model_permissions(role: str) -> Iterable[Permission]:
    if role == SiteRole.ADMINISTRATOR:
        return Permission.objects.filter(content_type__app_label__in=ADMIN_APPS)
    wanted = Q(pk=None)
    for name in MODEL_PERMISSIONS.get(role, []):
        app, codename = name.split(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    return Permission.objects.filter(wanted)


def _grant_files(group: Group, acts: list[str]) -> None:
    root = Collection.get_first_root_node() or Collection.add_root(name="Root")
    wanted = Q(pk=None)
    for app, model in FILE_MODELS.items():
        codenames = [f"{act}_{model}" for act in acts]
        wanted |= Q(content_type__app_label=app, codename__in=codenames)
    if "delete" in acts:
        # Who may delete files also keeps their folders in order.
        wanted |= Q(content_type__app_label="wagtailcore", content_type__model="collection")
    for permission in Permission.objects.filter(wanted):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=permission
        )


def demo_password(username: str) -> str:
    """The password of a demo account: the same at every start on this machine, known nowhere else."""
    digest = salted_hmac("accounts.demo", username).hexdigest()
    return f"hoc-so-{int(digest[:8], 16) % 1_000_000:06d}"


@cache
def demo_password_opens(password: str, stored: str) -> bool:
    """Whether `stored` is the hash of `password`; asked once a process, since a hash is slow by design."""
    return check_password(password, stored)


def ensure_demo_accounts() -> list[dict[str, str]]:
    """One account for each site-wide role, with its password; PermissionDenied where demo is not allowed."""
    if not settings.DEMO_ALLOWED:
        raise PermissionDenied("Demo accounts are refused in production.")
    rows = []
    for role in SiteRole:
        username = f"demo.{role.value}"
        user, _ = User.objects.get_or_create(
            username=username, defaults={"last_name": f"{role.label} Hoa Ban", "first_name": "Demo"}
        )
        password = demo_password(username)
        if not demo_password_opens(password, user.password):
            user.set_password(password)
            user.save(update_fields=["password"])
        user.groups.set([Group.objects.get(name=role.value)])
        rows.append({"role": role.value, "username": username, "password": password, "unit": ""})
    return [*rows, *(row for source in demo_accounts for row in source())]
