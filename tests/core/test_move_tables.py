"""Tables of moves: by state, by part, and not taken back once opened."""

import pytest

from core.moves import Move, move_in, moves_from

ANY = frozenset({"writer", "head"})
TABLE = (
    Move("send", "Gửi", frozenset({"draft"}), "sent", frozenset({"head"})),
    Move("withdraw", "Rút", frozenset({"sent"}), "draft", ANY),
    Move(
        "return", "Trả", frozenset({"sent"}), "returned", frozenset({"office"}), wants_reason=True
    ),
)


@pytest.mark.parametrize(
    ("state", "actors", "is_opened", "names"),
    [
        ("draft", {"head"}, False, ["send"]),
        ("draft", {"writer"}, False, []),
        ("sent", {"writer", "office"}, False, ["withdraw", "return"]),
        ("sent", {"writer", "office"}, True, ["return"]),
        ("returned", {"head", "office"}, False, []),
        ("draft", set(), False, []),
    ],
)
def test_moves(state, actors, is_opened, names):
    found = moves_from(TABLE, state, actors, is_opened=is_opened)
    assert [move.name for move in found] == names


def test_a_move_by_its_name():
    assert move_in(TABLE, "send").target == "sent"
    with pytest.raises(KeyError):
        move_in(TABLE, "khong-co")
