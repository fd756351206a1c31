"""What the walks of addresses and roles share: who walks, and what may be answered."""

from collections.abc import Callable

# Answers: seen, to sign in, forbidden, not there for him.
OK, IN, NO, GONE = 200, 302, 403, 404
EVERYBODY = (
    "anonymous", "plain", "shared", "member", "reporter", "head", "deputy", "office", "leader", "council",
    "secretary", "foreign_head", "foreign_office", "officer", "department_office", "administrator",
)  # fmt: skip
SIGNED_IN = set(EVERYBODY) - {"anonymous"}


def only(seen: set[str], otherwise: int) -> Callable[[str], int]:
    """Those named see it; others signed in get `otherwise`; others are led to sign in."""

    def answer(who: str) -> int:
        if who == "anonymous":
            return IN
        return OK if who in seen else otherwise

    return answer
