"""How a report moves from a draft to accepted. Pure.

Those who report for the unit write; its head, or his deputy, signs it off; then it is handed in. Until the
receiver has opened it, it may be taken back. The receiver gives it back with a reason for each line, or
accepts it; what was accepted by mistake may still be given back. A head may sign off what he wrote himself:
signing says that the unit stands by it, and the receiver is the second pair of eyes.
"""

from collections.abc import Collection

from campaign.reporting.choices import EDITABLE, Actor, ReportState
from core.moves import Move, move_in, moves_from

_UNIT = frozenset({Actor.WRITER, Actor.HEAD})
_HEAD = frozenset({Actor.HEAD})
_RECEIVER = frozenset({Actor.RECEIVER})

MOVES = (
    Move("confirm", "Ký duyệt", EDITABLE, ReportState.CONFIRMED, _HEAD),
    Move("submit", "Nộp báo cáo", frozenset({ReportState.CONFIRMED}), ReportState.SUBMITTED, _UNIT),
    Move("reopen", "Mở lại để sửa", frozenset({ReportState.CONFIRMED}), ReportState.DRAFT, _UNIT),
    Move("withdraw", "Rút về", frozenset({ReportState.SUBMITTED}), ReportState.DRAFT, _UNIT),
    Move("return", "Trả lại để bổ sung", frozenset({ReportState.SUBMITTED, ReportState.ACCEPTED}),
         ReportState.RETURNED, _RECEIVER, wants_reason=True),
    Move("accept", "Nhận báo cáo", frozenset({ReportState.SUBMITTED}), ReportState.ACCEPTED, _RECEIVER),
)  # fmt: skip

# Moves at which what the report says is frozen.
STAMPED = frozenset({"confirm", "submit", "accept"})


def allowed_moves(state: str, actors: Collection[str], *, is_opened: bool = False) -> list[Move]:
    """The moves that somebody in these parts may make; `is_opened`: the receiver has looked at it."""
    return moves_from(MOVES, state, actors, is_opened=is_opened)


def move_named(name: str) -> Move:
    """The move called `name`; KeyError for any other word."""
    return move_in(MOVES, name)
