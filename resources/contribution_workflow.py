"""How material of a unit comes into the library. Pure.

Those who report for a unit write; its head, or his deputy, hands it to the library, his own at once, others'
after reading it. Until a librarian has begun to read, it may be taken back. A librarian takes it up, which
makes a draft of the library out of it, gives it back with a reason, or declines it with one.
"""

from collections.abc import Collection

from core.moves import Move, move_in, moves_from
from resources.choices import AT_LIBRARY, OPEN_TO_WRITE, ContributionState, Part

_HEAD = frozenset({Part.HEAD})
_LIBRARIAN = frozenset({Part.LIBRARIAN})
_WAITS = frozenset({ContributionState.WITH_HEAD, ContributionState.SENT})

MOVES = (
    Move("send", "Gửi thư viện", OPEN_TO_WRITE, ContributionState.SENT, _HEAD),
    Move("hand_up", "Gửi trưởng đơn vị", OPEN_TO_WRITE, ContributionState.WITH_HEAD,
         frozenset({Part.WRITER})),
    Move("pass_on", "Chuyển thư viện", frozenset({ContributionState.WITH_HEAD}),
         ContributionState.SENT, _HEAD),
    Move("give_back", "Trả lại người soạn", frozenset({ContributionState.WITH_HEAD}),
         ContributionState.RETURNED, _HEAD, wants_reason=True),
    Move("withdraw", "Rút về sửa", _WAITS, ContributionState.DRAFT,
         frozenset({Part.WRITER, Part.HEAD})),
    Move("read", "Bắt đầu xem", frozenset({ContributionState.SENT}), ContributionState.READING,
         _LIBRARIAN),
    Move("take_up", "Nhận vào thư viện", AT_LIBRARY, ContributionState.TAKEN, _LIBRARIAN),
    Move("return", "Trả lại để sửa", AT_LIBRARY, ContributionState.RETURNED, _LIBRARIAN,
         wants_reason=True),
    Move("decline", "Không nhận", AT_LIBRARY, ContributionState.DECLINED, _LIBRARIAN,
         wants_reason=True),
)  # fmt: skip


def allowed_moves(state: str, parts: Collection[str]) -> list[Move]:
    """The moves that somebody in these parts may make. A head does not hand his own up to himself."""
    found = moves_from(MOVES, state, parts)
    return [move for move in found if not (move.name == "hand_up" and Part.HEAD in parts)]


def move_named(name: str) -> Move:
    """The move called `name`; KeyError for any other word."""
    return move_in(MOVES, name)
