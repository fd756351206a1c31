"""Narrowing by several filters, and the counts beside them."""

from hypothesis import given
from hypothesis import strategies as st

from resources.facets import listed, narrow, values_of

ROWS = [(1, "a", ",1,2,"), (2, "a", ",2,"), (3, "b", ""), (4, "b", ",1,")]


def test_alternatives_within_a_filter_and_all_filters_together():
    assert narrow(ROWS, ["kind", "topics"], {}).ids == [1, 2, 3, 4]
    chosen = {"kind": frozenset({"a"}), "topics": frozenset({"1"})}
    narrowed = narrow(ROWS, ["kind", "topics"], chosen)
    assert narrowed.ids == [1]
    # What each choice of a filter would leave, the other filters kept.
    assert narrowed.counts["kind"] == {"a": 1, "b": 1}
    assert narrowed.counts["topics"] == {"1": 1, "2": 2}
    either = narrow(ROWS, ["kind", "topics"], {"topics": frozenset({"1", "2"})})
    assert either.ids == [1, 2, 4]


def test_nothing_to_narrow():
    assert narrow([], ["kind"], {}).ids == []


rows = st.lists(
    st.tuples(st.sampled_from("ab"), st.sets(st.integers(1, 4), max_size=3)), max_size=12
)


@given(rows, st.sets(st.sampled_from("ab")), st.sets(st.integers(1, 4), max_size=2))
def test_counts_are_what_choosing_would_leave(cells, kinds, topics):
    table = [(n, kind, listed(sorted(some))) for n, (kind, some) in enumerate(cells)]
    chosen = {"kind": frozenset(kinds), "topics": frozenset(map(str, topics))}
    narrowed = narrow(table, ["kind", "topics"], chosen)
    for topic in range(1, 5):
        alone = narrow(table, ["kind", "topics"], {**chosen, "topics": frozenset({str(topic)})})
        assert len(alone.ids) == narrowed.counts["topics"][str(topic)]


@given(st.lists(st.integers(0, 99), max_size=5))
def test_cells_give_back_what_was_put_in(values):
    assert values_of(listed(values)) == [str(value) for value in values]
