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
    *all_of("documents", "issuer"),
    *all_of("documents", "formtemplate"),
    *all_of("feedback", "contactpoint"),
    *all_of("events", "event"),
    *all_of("events", "eventseries"),
    "feedback.view_feedback",
    "feedback.change_feedback",
    "feedback.view_faqentry",
    "counters.view_monthcount",
    "units.view_unit",
]
# What goes out in the school's name, and what touches persons' rights.
ANSWERABLE = [
    *all_of("activities", "activitykind"),
    *all_of("activities", "commune"),
    *all_of("plan", "programme"),
    "plan.change_campaignperiod",
    *all_of("feedback", "faqentry"),
    *all_of("core", "holiday"),
    "core.change_sitesettings",
    "feedback.change_feedbacksettings",
    "privacy.change_privacysettings",
    "privacy.view_consentrecord",
    "privacy.view_consenttext",
    "privacy.view_datarequest",
    "privacy.change_datarequest",
]
LEARNING = [
    *all_of("resources", "topic"),
    *all_of("resources", "audience"),
    *all_of("resources", "competencedomain"),
    *all_of("resources", "competence"),
    *all_of("resources", "competencelevel"),
    *all_of("resources", "language"),
    *all_of("resources", "licence"),
    "resources.view_survey",
    *all_of("core", "searchsynonym"),
]
# Deciding on what units offer, and looking after the library's health.
LIBRARY = [
    "resources.view_contribution",
    "resources.change_contribution",
    "resources.view_checkedlink",
    "resources.change_checkedlink",
    "resources.change_libraryhealthsettings",
]

MODEL_PERMISSIONS: dict[str, list[str]] = {
    SiteRole.EDITOR: [*ENTER, *EDITORIAL],
    SiteRole.PUBLISHER: [*ENTER, *EDITORIAL, *LEARNING, *ANSWERABLE],
    SiteRole.LIBRARIAN: [
        *ENTER,
        *LEARNING,
        *LIBRARY,
        "counters.view_monthcount",
        "resources.add_itemimport",
    ],
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
