"""Who may do what in the library beyond Wagtail's own rights on pages."""

from typing import Any

from resources.choices import ItemKind
from resources.models import LibraryItemPage


def user_can_edit_questions(user: Any, item: LibraryItemPage) -> bool:
    """Whether `user` may change the questions of `item`.

    What is stored is asked at once: on a public page that is for those who may publish it.
    """
    if item.kind != ItemKind.QUESTIONS:
        return False
    rights = item.permissions_for_user(user)
    return bool(rights.can_publish() if item.live else rights.can_edit())
