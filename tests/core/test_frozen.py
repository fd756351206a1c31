"""Frozen copies are compared by what they say."""

from core.frozen import checksum_of


def test_the_same_content_has_the_same_sum_however_it_was_put_together():
    one = {"b": [1, "Đội"], "a": {"y": None, "x": 2}}
    other = {"a": {"x": 2, "y": None}, "b": [1, "Đội"]}
    assert checksum_of(one) == checksum_of(other)


def test_another_word_is_another_sum():
    assert checksum_of({"a": "Đội"}) != checksum_of({"a": "Doi"})
