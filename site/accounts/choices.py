"""Site-wide roles. Roles inside a unit are memberships, not groups."""

from django.db import models


class SiteRole(models.TextChoices):
    """Groups by the name others rely on."""

    ADMINISTRATOR = "administrator", "Quản trị"
    EDITOR = "editor", "Biên tập"
    PUBLISHER = "publisher", "Duyệt đăng"
    LIBRARIAN = "librarian", "Thủ thư"


def all_of(app: str, model: str) -> list[str]:
    """The four usual permissions of a model."""
    return [f"{app}.{act}_{model}" for act in ("view", "add", "change", "delete")]


ENTER = ["wagtailadmin.access_admin"]
EDITORIAL = [
    *all_of("core", "banner"),
    *all_of("documents", "officialdocument"),
    *all_of("documents", "platform"),
]
LEARNING = [*all_of("resources", "topic"), *all_of("core", "searchsynonym")]

MODEL_PERMISSIONS: dict[str, list[str]] = {
    SiteRole.EDITOR: [*ENTER, *EDITORIAL],
    SiteRole.PUBLISHER: [*ENTER, *EDITORIAL, *LEARNING, "core.change_sitesettings"],
    SiteRole.LIBRARIAN: [*ENTER, *LEARNING],
}
# What each role may do with pages, from the front page down.
PAGE_PERMISSIONS: dict[str, list[str]] = {
    SiteRole.ADMINISTRATOR: ["add_page", "change_page", "publish_page", "lock_page", "unlock_page",
                             "bulk_delete_page"],
    SiteRole.EDITOR: ["add_page", "change_page"],
    SiteRole.PUBLISHER: ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"],
}  # fmt: skip
# Files: everybody who writes may add and choose; the rest is for those who answer for them.
FILE_PERMISSIONS: dict[str, list[str]] = {
    SiteRole.ADMINISTRATOR: ["add", "change", "delete", "choose"],
    SiteRole.EDITOR: ["add", "choose"],
    SiteRole.PUBLISHER: ["add", "change", "choose"],
    SiteRole.LIBRARIAN: ["add", "change", "delete", "choose"],
}
