"""How a list of the first tier moves from a draft to the leader's decision. Pure.

No council, no criteria, no quota (plan SL 4.2.1): those of the unit write, its head or deputy (for the
school's own list the standing office) sends it straight to the leader, in person. Until the leader has opened
it, it may be taken back. He recognises it as a whole, or gives it back with a reason; nobody decides on what he
has sent himself, which the caller sees to when it says in which parts somebody acts.
"""

from collections.abc import Collection

from campaign.awards.recognition_choices import EDITABLE_LISTS, RecognitionPart, RecognitionState
from core.moves import Move, move_in, moves_from

_SENT = frozenset({RecognitionState.SENT})
_UNIT = frozenset({RecognitionPart.WRITER, RecognitionPart.SENDER})
_SENDER = frozenset({RecognitionPart.SENDER})
_LEADER = frozenset({RecognitionPart.LEADER})

RECOGNITION_MOVES = (
    Move("send", "Trình lãnh đạo", EDITABLE_LISTS, RecognitionState.SENT, _SENDER),
    Move("withdraw", "Rút về để sửa", _SENT, RecognitionState.DRAFT, _UNIT),
    Move("recognise", "Công nhận, biểu dương", _SENT, RecognitionState.RECOGNISED, _LEADER),
    Move("return", "Trả lại để bổ sung", _SENT, RecognitionState.RETURNED, _LEADER),
)

# Moves at which what the list says is frozen.
FROZEN_AT = frozenset({"send", "recognise"})


def recognition_moves(
    state: str, parts: Collection[str], *, is_opened: bool = False
) -> list[Move]:  # fmt: skip
    """The moves that somebody in these parts may make; `is_opened`: the leader has looked at it."""
    return moves_from(RECOGNITION_MOVES, state, parts, is_opened=is_opened)


def recognition_move(name: str) -> Move:
    """The move called `name`; KeyError for any other word."""
    return move_in(RECOGNITION_MOVES, name)
