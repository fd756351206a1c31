"""Verbs that write, by noun: the tree, the people, their roles, the lines."""

from campaign.units.services.letters import write_to_holders
from campaign.units.services.lines import add_line, end_line
from campaign.units.services.people import (
    add_person,
    add_team_member,
    change_task,
    correct_person,
    end_team_member,
    home_of,
    invite_person,
    let_go,
    move_person,
    open_account,
    print_slips,
    take_back,
)
from campaign.units.services.roles import derive_groups, end_role, grant_role, grant_to_person
from campaign.units.services.shared import open_shared_account, print_shared_slip
from campaign.units.services.tree import (
    add_unit,
    end_unit,
    merge_units,
    move_unit,
    record_enrolment,
    rename_unit,
    tree_lock,
)

__all__ = [
    "add_line",
    "add_person",
    "add_team_member",
    "add_unit",
    "change_task",
    "correct_person",
    "derive_groups",
    "end_line",
    "end_role",
    "end_team_member",
    "end_unit",
    "grant_role",
    "grant_to_person",
    "home_of",
    "invite_person",
    "let_go",
    "merge_units",
    "move_person",
    "move_unit",
    "open_account",
    "open_shared_account",
    "print_shared_slip",
    "print_slips",
    "record_enrolment",
    "rename_unit",
    "take_back",
    "tree_lock",
    "write_to_holders",
]
