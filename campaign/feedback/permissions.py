"""Who may do what with messages."""

from typing import Any

from campaign.feedback.workflow import OFFICE, SENDER


def user_can_handle(user: Any) -> bool:
    """Whether `user` answers for the office."""
    return bool(user.has_perm("feedback.change_feedback"))


def user_can_publish_faq(user: Any) -> bool:
    """Whether `user` may put a question before everybody."""
    return bool(user.has_perm("feedback.add_faqentry"))


def roles_of(user: Any) -> set[str]:
    """The roles of the workflow that a signed-in `user` has."""
    return {OFFICE} if user_can_handle(user) else set()


SENDER_ROLES = {SENDER}
