"""Traps: the same person twice, one class for two collectives, and what a dossier lacks."""

from dataclasses import replace
from datetime import date

import pytest

from campaign.awards.traps import Candidate, hard, is_child, traps_of

MINE = Candidate(
    1, 10, "Lò Thị Mẫu", "Khoa A", True, person=7, code_key="SV1", name_key="lo thi mau"
)
GROUP = Candidate(5, 10, "Đội Mẫu", "Khoa A", False, unit=3, classes=frozenset({1, 2}))


def names(mine: Candidate, *others: Candidate) -> list[str]:
    """What is wrong, by name."""
    return [trap.name for trap in traps_of(mine, others)]


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ({"person": 7}, ["twice"]),
        ({"person": None, "code_key": "SV1"}, ["twice"]),
        ({"person": 8, "code_key": "SV2"}, ["same_name"]),
        ({"person": 8, "code_key": "SV2", "name_key": "khac"}, []),
        ({"person": None, "code_key": "", "name_key": ""}, []),
    ],
)
def test_same_person_is_caught_and_same_name_asked_about(other, found):
    assert (
        names(MINE, replace(MINE, nominee=2, dossier=11, proposer="Đoàn trường", **other)) == found
    )


def test_trap_names_who_else_proposes():
    (trap,) = traps_of(MINE, [replace(MINE, nominee=2, dossier=11, proposer="Đoàn trường")])
    assert trap.said == "Đoàn trường cũng đề nghị Lò Thị Mẫu."
    assert (trap.is_hard, trap.other) == (True, 2)


def test_twice_in_one_dossier_is_said_so():
    (trap,) = traps_of(MINE, [replace(MINE, nominee=2)])
    assert trap.said == "Đã có trong hồ sơ này: Lò Thị Mẫu."


def test_nobody_is_his_own_double():
    assert names(MINE, MINE) == []


def test_person_and_collective_are_never_one():
    assert names(MINE, replace(GROUP, name="Lò Thị Mẫu", name_key="lo thi mau")) == []


@pytest.mark.parametrize(
    ("classes", "unit", "found"),
    [
        ({2, 9}, 4, ["class_twice"]),
        ({9}, 4, []),
        (set(), 4, []),
        ({9}, 3, ["twice"]),
    ],
)
def test_one_class_counts_for_one_collective(classes, unit, found):
    other = replace(GROUP, nominee=6, dossier=11, unit=unit, classes=frozenset(classes))
    assert names(GROUP, other) == found


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"is_present": False}, ["roster"]),
        ({"wants_size": True}, ["size"]),
        ({"wants_size": True, "size": 0}, []),
        ({"is_confirmed": False}, ["confirmation"]),
        ({"is_confirmed": False, "wants_confirmation": False}, []),
        ({"is_child": True, "may_publish": False}, ["guardian"]),
        ({"is_child": True}, []),
        ({"may_publish": False}, []),
    ],
)
def test_what_a_nominee_lacks(change, found):
    assert names(replace(MINE, **change)) == found


def test_questions_are_not_hard():
    traps = traps_of(replace(MINE, is_child=True, may_publish=False, is_present=False), [])
    assert [trap.name for trap in hard(traps)] == ["roster"]


@pytest.mark.parametrize(
    ("born", "year", "child"),
    [
        (date(2010, 11, 24), None, False),
        (date(2010, 11, 25), None, True),
        (date(2012, 1, 1), None, True),
        (date(1990, 1, 1), 2015, False),
        (None, 2011, True),
        (None, 2010, True),
        (None, 2009, False),
        (None, None, False),
    ],
)
def test_under_sixteen(born, year, child):
    assert is_child(born, year, date(2026, 11, 24)) is child


@pytest.mark.parametrize(("dossier", "is_units"), [(1, True), (2, False)])
def test_what_stands_twice_in_ones_own_proposal_is_ones_own_to_mend(dossier, is_units):
    mine = Candidate(1, 1, "Mẫu An", "Khoa Mẫu", True, person=7, is_confirmed=True)
    other = Candidate(2, dossier, "Mẫu An", "Đoàn trường", True, person=7)
    [trap] = [trap for trap in traps_of(mine, [other]) if trap.name == "twice"]
    assert (trap.is_hard, trap.is_units) == (True, is_units)
