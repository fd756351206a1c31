"""Numbers and links that can't be guessed."""

import re

from core.private_links import SPOKEN, make_reference, make_token


def test_reference_is_readable_aloud_and_drawn():
    drawn = {make_reference("PH") for _ in range(500)}
    assert len(drawn) == 500
    shape = re.compile(rf"PH-[{SPOKEN}]{{4}}-[{SPOKEN}]{{4}}")
    assert [reference for reference in drawn if not shape.fullmatch(reference)] == []
    assert not set("01ILOSZ258BUV") & set(SPOKEN)


def test_token_is_long_and_safe_in_an_address():
    tokens = {make_token() for _ in range(500)}
    assert len(tokens) == 500
    assert all(re.fullmatch(r"[\w-]{27}", token) for token in tokens)
