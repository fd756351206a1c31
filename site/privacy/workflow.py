"""How a request about one's own data moves. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

from privacy.choices import WAITING, RequestState

OFFICE = "office"
SENDER = "sender"


@dataclass(frozen=True, slots=True)
class Move:
    """A move: name, from where, to where (None: stays), by whom, its words, whether it wants a text."""

    name: str
    label: str
    sources: frozenset[str]
    target: str | None
    role: str
    wants_text: bool = False


MOVES = (
    Move("acknowledge", "Báo đã tiếp nhận", frozenset({RequestState.RECEIVED}),
         RequestState.ACKNOWLEDGED, OFFICE),
    Move("assign", "Giao người xử lý", WAITING, None, OFFICE),
    Move("extend", "Gia hạn một lần", WAITING, None, OFFICE, wants_text=True),
    Move("complete", "Đã thực hiện", WAITING, RequestState.DONE, OFFICE, wants_text=True),
    Move("refuse", "Không thực hiện được", WAITING, RequestState.REFUSED, OFFICE, wants_text=True),
    # Only what nobody has taken for a request yet: afterwards it is decided, with words to the person.
    Move("discard", "Thư rác, không phải yêu cầu", frozenset({RequestState.RECEIVED}),
         RequestState.SPAM, OFFICE),
    Move("withdraw", "Rút yêu cầu", WAITING, RequestState.WITHDRAWN, SENDER),
)  # fmt: skip


def allowed_moves(state: str, roles: Collection[str], *, extended: bool = False) -> list[Move]:
    """The moves that somebody with `roles` may make; an extension is given once."""
    return [
        move
        for move in MOVES
        if state in move.sources and move.role in roles and not (move.name == "extend" and extended)
    ]


def move_named(name: str) -> Move:
    """The move called `name`; KeyError for any other word."""
    for move in MOVES:
        if move.name == name:
            return move
    raise KeyError(name)
