"""How an activity moves from a draft to what counts. Pure.

Whoever entered it sends it; the head of the unit, or his deputy, confirms or gives back, never his own entry;
the standing office may take a confirmation back. What is taken back stops to count at once and goes to its
author, who mends it and sends it again.
"""

from collections.abc import Collection
from dataclasses import dataclass

from campaign.activities.choices import EDITABLE, ActivityState, Actor


@dataclass(frozen=True, slots=True)
class Move:
    """A move: name, words of its button, from where, to where, in which part, and whether it wants a reason."""

    name: str
    label: str
    sources: frozenset[str]
    target: str
    actor: str
    wants_reason: bool = False


MOVES = (
    Move("send", "Gửi xác nhận", EDITABLE, ActivityState.SENT, Actor.AUTHOR),
    Move("withdraw", "Rút về sửa", frozenset({ActivityState.SENT}), ActivityState.DRAFT, Actor.AUTHOR),
    Move("confirm", "Xác nhận", frozenset({ActivityState.SENT}), ActivityState.CONFIRMED,
         Actor.CONFIRMER),
    Move("return", "Trả lại", frozenset({ActivityState.SENT}), ActivityState.RETURNED, Actor.CONFIRMER,
         wants_reason=True),
    Move("unconfirm", "Bỏ xác nhận", frozenset({ActivityState.CONFIRMED}), ActivityState.RETURNED,
         Actor.OFFICE, wants_reason=True),
)  # fmt: skip


def allowed_moves(state: str, actors: Collection[str]) -> list[Move]:
    """The moves that somebody in these parts may make from `state`, in the order of the table."""
    return [move for move in MOVES if state in move.sources and move.actor in actors]


def move_named(name: str) -> Move:
    """The move called `name`; KeyError for any other word."""
    for move in MOVES:
        if move.name == name:
            return move
    raise KeyError(name)
