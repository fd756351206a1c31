"""Who may do what in the library beyond Wagtail's own rights on pages."""

from typing import Any

from resources.choices import ItemKind
from resources.models import LibraryIndexPage, LibraryItemPage


def user_can_edit_questions(user: Any, item: LibraryItemPage) -> bool:
    """Whether `user` may change the questions of `item`.

    What is stored is asked at once: on a public page that is for those who may publish it.
    """
    if item.kind != ItemKind.QUESTIONS:
        return False
    rights = item.permissions_for_user(user)
    return bool(rights.can_publish() if item.live else rights.can_edit())


def user_can_import_items(user: Any) -> bool:
    """Whether `user` may bring in many items at once: drafts below the library's page, and their files."""
    if not (user and user.is_active and user.has_perm("resources.add_itemimport")):
        return False
    index = LibraryIndexPage.objects.first()
    return bool(index and index.permissions_for_user(user).can_add_subpage())
