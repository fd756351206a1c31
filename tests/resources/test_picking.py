"""Which questions are asked."""

from hypothesis import given
from hypothesis import strategies as st

from resources.questions.picking import AT_ONCE, is_seed, picked, places
from resources.questions.rules import Question, true_false
from tests.factories.questions import matching, single

SEEDS = st.from_regex(r"[a-z0-9]{6}", fullmatch=True)


@given(st.sets(st.integers(1, 500)), SEEDS)
def test_ten_of_many_the_same_for_the_same_seed(pks, seed):
    known = sorted(pks)
    asked = picked(known, seed)
    assert asked == picked(known, seed)
    assert len(asked) == min(len(known), AT_ONCE)
    assert set(asked) <= pks
    assert len(set(asked)) == len(asked)


@given(SEEDS)
def test_all_answers_are_shown_once(seed):
    assert sorted(places(single(), seed)) == [0, 1, 2]
    assert sorted(places(matching(), seed)) == [0, 1, 2]
    assert places(Question("true_false", "A", true_false(True)), seed) == [0, 1]


def test_seeds_differ_and_each_question_gets_its_turn():
    sets = {tuple(picked(range(40), f"hat{n}")) for n in range(50)}
    assert len(sets) == 50
    assert {pk for chosen in sets for pk in chosen} == set(range(40))


def test_nonsense_is_no_seed():
    assert [is_seed(text) for text in ("ab12cd", "", "abc", "ABCD", "ab cd", "a" * 13, "ạbcd")] == [
        True, False, False, False, False, False, False,
    ]  # fmt: skip
