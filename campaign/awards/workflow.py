"""How a proposal moves from a draft to ready for the council. Pure.

Those who report for the unit write; its head, or his deputy, signs it off, and by that confirms each nominee;
then it is handed in. Until the standing office has opened it, it may be taken back. The office gives it back
as a whole or nominee by nominee, or finds it ready; what was found ready may be given back until the council.
"""

from collections.abc import Collection
from dataclasses import dataclass

from campaign.awards.choices import EDITABLE, Actor, DossierState


@dataclass(frozen=True, slots=True)
class Move:
    """A move: name, words of its button, from where, to where, in which parts."""

    name: str
    label: str
    sources: frozenset[str]
    target: str
    actors: frozenset[str]


_UNIT = frozenset({Actor.WRITER, Actor.HEAD})
_HEAD = frozenset({Actor.HEAD})
_OFFICE = frozenset({Actor.OFFICE})

MOVES = (
    Move("sign", "Ký duyệt tờ trình", EDITABLE, DossierState.SIGNED, _HEAD),
    Move("submit", "Nộp hồ sơ", frozenset({DossierState.SIGNED}), DossierState.SUBMITTED, _UNIT),
    Move("reopen", "Mở lại để sửa", frozenset({DossierState.SIGNED}), DossierState.DRAFT, _UNIT),
    Move("withdraw", "Rút hồ sơ về", frozenset({DossierState.SUBMITTED}), DossierState.DRAFT, _UNIT),
    Move("return", "Trả lại để bổ sung", frozenset({DossierState.SUBMITTED, DossierState.READY}),
         DossierState.RETURNED, _OFFICE),
    Move("ready", "Đủ điều kiện trình Hội đồng", frozenset({DossierState.SUBMITTED}),
         DossierState.READY, _OFFICE),
)  # fmt: skip

# Moves at which what the proposal says is frozen.
STAMPED = frozenset({"sign", "submit", "ready"})


def allowed_moves(state: str, actors: Collection[str], *, is_opened: bool = False) -> list[Move]:
    """The moves that somebody in these parts may make from `state`, in the order of the table.

    `is_opened`: the standing office has opened what was handed in; it is not taken back any more.
    """
    return [
        move
        for move in MOVES
        if state in move.sources
        and move.actors & frozenset(actors)
        and not (move.name == "withdraw" and is_opened)
    ]


def move_named(name: str) -> Move:
    """The move called `name`; KeyError for any other word."""
    for move in MOVES:
        if move.name == name:
            return move
    raise KeyError(name)
