"""Numbers and links that can't be guessed."""

import secrets

# Read out on the telephone: nothing that looks or sounds like another (0 O, 1 I L, 5 S, 2 Z, 8 B, U V).
SPOKEN = "ACDEFGHJKMNPQRTWXY34679"


def make_reference(prefix: str) -> str:
    """A number to name a case by, such as `PA-K7MQ-3XFA`; it is drawn, so counting up finds no other case."""
    drawn = "".join(secrets.choice(SPOKEN) for _ in range(8))
    return f"{prefix}-{drawn[:4]}-{drawn[4:]}"


def make_token() -> str:
    """The secret part of a private link: 160 bits, safe in an address."""
    return secrets.token_urlsafe(20)
