"""How a proposal moves from a draft to ready for the council. Pure.

Those who report for the unit write; its head, or his deputy, signs it off, and by that confirms each nominee;
then it is handed in. Until the standing office has opened it, it may be taken back. The office gives it back
as a whole or nominee by nominee, or finds it ready; what was found ready may be given back until the council.
"""

from collections.abc import Collection

from campaign.awards.choices import EDITABLE, Actor, DossierState
from core.moves import Move, move_in, moves_from

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
    """The moves that somebody in these parts may make; `is_opened`: the standing office has looked at it."""
    return moves_from(MOVES, state, actors, is_opened=is_opened)


def move_named(name: str) -> Move:
    """The move called `name`; KeyError for any other word."""
    return move_in(MOVES, name)
