"""Who may see and who may change the tree."""

from typing import Any


def user_can_see_tree(user: Any) -> bool:
    """Whether `user` works with units."""
    return bool(user.has_perm("units.view_unit"))


def user_can_shape_tree(user: Any) -> bool:
    """Whether `user` may add, rename, move, merge and end units."""
    return bool(user.has_perm("units.change_unit"))
