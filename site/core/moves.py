"""Tables of moves: what somebody may do with a record in its state. Pure.

A record of a unit that is handed on goes back and forth by such a table; each app says its own rows.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Move:
    """A move: name, words of its button, from where, to where, in which parts, whether it wants a reason."""

    name: str
    label: str
    sources: frozenset[str]
    target: str
    actors: frozenset[str]
    wants_reason: bool = False


def moves_from(
    table: Iterable[Move], state: str, actors: Collection[str], *, is_opened: bool = False
) -> list[Move]:
    """The moves that somebody in these parts may make from `state`, in the order of the table.

    `is_opened`: whoever received the record has looked at it; it is not withdrawn any more.
    """
    held = frozenset(actors)
    return [
        move
        for move in table
        if state in move.sources
        and move.actors & held
        and not (move.name == "withdraw" and is_opened)
    ]


def move_in(table: Iterable[Move], name: str) -> Move:
    """The move called `name`; KeyError for any other word."""
    for move in table:
        if move.name == name:
            return move
    raise KeyError(name)
