"""How an event moves: planned, postponed, cancelled, held. Pure.

Whatever is not as announced carries a reason, which every page and every feed tells. A new day is a
postponement, also the second time; what was cancelled may be planned anew.
"""

from dataclasses import dataclass

from campaign.events.choices import OPEN, EventState


@dataclass(frozen=True, slots=True)
class Move:
    """A move: name, words of its button, from where, to where, whether it wants a reason."""

    name: str
    label: str
    sources: frozenset[str]
    target: str
    wants_reason: bool = False


MOVES = (
    Move("postpone", "Hoãn, đổi ngày", OPEN, EventState.POSTPONED, wants_reason=True),
    Move("cancel", "Hủy", OPEN, EventState.CANCELLED, wants_reason=True),
    Move("hold", "Ghi đã tổ chức", OPEN, EventState.HELD),
    Move("reopen", "Mở lại", frozenset({EventState.CANCELLED, EventState.HELD}), EventState.PLANNED,
         wants_reason=True),
)  # fmt: skip


def allowed_moves(state: str) -> list[Move]:
    """The moves that are open from `state`, in the order of the table."""
    return [move for move in MOVES if state in move.sources]


def move_named(name: str) -> Move:
    """The move called `name`; KeyError for any other word."""
    for move in MOVES:
        if move.name == name:
            return move
    raise KeyError(name)
