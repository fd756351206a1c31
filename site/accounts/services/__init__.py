"""Verbs on accounts: site-wide roles, passwords on paper and by letter, demo accounts."""

from accounts.services.passwords import (
    PasswordChosenElsewhere,
    choose_password,
    forget_password,
    invite,
    issue_slips,
    link_parts,
    user_of_link,
)
from accounts.services.roles import (
    demo_password,
    ensure_demo_accounts,
    ensure_roles,
    grant_pages,
)

__all__ = [
    "PasswordChosenElsewhere",
    "choose_password",
    "demo_password",
    "ensure_demo_accounts",
    "ensure_roles",
    "forget_password",
    "grant_pages",
    "invite",
    "issue_slips",
    "link_parts",
    "user_of_link",
]
