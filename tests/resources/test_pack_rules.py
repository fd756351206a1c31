"""Rules of packs to take away."""

import pytest

from resources.pack_rules import (
    GIB,
    MOST_BYTES,
    MOST_ITEMS,
    chosen_numbers,
    pack_problem,
)


@pytest.mark.parametrize(
    ("items", "size", "is_refused"),
    [
        (0, 0, False),
        (MOST_ITEMS, MOST_BYTES, False),
        (MOST_ITEMS + 1, 0, True),
        (1, MOST_BYTES + 1, True),
        (1, 40 * GIB, True),
    ],
)
def test_a_pack_has_an_end(items, size, is_refused):
    assert bool(pack_problem(items, size)) is is_refused


@pytest.mark.parametrize(
    ("values", "numbers"),
    [
        (["3", "1", "3"], [3, 1]),
        (["", "a", "-1", "1.5", "٣", "9" * 40, "12"], [12]),
        ([], []),
    ],
)
def test_what_an_address_chooses(values, numbers):
    assert chosen_numbers(values) == numbers
