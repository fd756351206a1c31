"""How a message moves from received to settled. Pure.

The office answers; the sender, who holds the private link, may ask on or say that all is clear. Nothing is
deleted by a move: what is not accepted keeps its reason, and can be taken up again.
"""

from collections.abc import Collection
from dataclasses import dataclass

from campaign.feedback.choices import OPEN, SETTLED, FeedbackState

OFFICE = "office"
SENDER = "sender"


@dataclass(frozen=True, slots=True)
class Move:
    """A move: its name, from where, to where, by whom, what its button says, whether it wants words."""

    name: str
    label: str
    sources: frozenset[str]
    target: str
    role: str
    wants_text: bool = False


ANSWERABLE = frozenset({*OPEN, FeedbackState.ANSWERED})
MOVES = (
    Move("assign", "Giao người xử lý", OPEN, FeedbackState.IN_PROGRESS, OFFICE),
    Move("answer", "Trả lời", ANSWERABLE, FeedbackState.ANSWERED, OFFICE, wants_text=True),
    Move("reject", "Không tiếp nhận", OPEN, FeedbackState.REJECTED, OFFICE, wants_text=True),
    Move("close", "Khép lại", frozenset({FeedbackState.ANSWERED}), FeedbackState.CLOSED, OFFICE),
    Move("reopen", "Mở lại", SETTLED, FeedbackState.IN_PROGRESS, OFFICE),
    Move("ask", "Hỏi thêm", frozenset({FeedbackState.ANSWERED}), FeedbackState.IN_PROGRESS, SENDER,
         wants_text=True),
    Move("settle", "Tôi đã rõ", frozenset({FeedbackState.ANSWERED}), FeedbackState.CLOSED, SENDER),
)  # fmt: skip


def allowed_moves(state: str, roles: Collection[str]) -> list[Move]:
    """The moves that somebody with `roles` may make from `state`, in the order of the table."""
    return [move for move in MOVES if state in move.sources and move.role in roles]


def move_named(name: str) -> Move:
    """The move called `name`; KeyError for any other word."""
    for move in MOVES:
        if move.name == name:
            return move
    raise KeyError(name)
