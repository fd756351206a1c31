"""Verbs on accounts: site-wide roles, passwords on paper and by letter, addresses, demo accounts."""

from accounts.services.addresses import ask_address, confirm_address, read_address
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
    demo_password_opens,
    ensure_demo_accounts,
    ensure_roles,
    grant_pages,
)

__all__ = [
    "PasswordChosenElsewhere",
    "ask_address",
    "choose_password",
    "confirm_address",
    "demo_password",
    "demo_password_opens",
    "ensure_demo_accounts",
    "ensure_roles",
    "forget_password",
    "grant_pages",
    "invite",
    "issue_slips",
    "link_parts",
    "read_address",
    "user_of_link",
]
