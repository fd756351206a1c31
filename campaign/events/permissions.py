"""Who keeps events."""

from typing import Any


def user_can_change(user: Any) -> bool:
    """Whether `user` makes, changes and moves events: editors, publishers, administrators."""
    return bool(user.has_perm("events.change_event"))
