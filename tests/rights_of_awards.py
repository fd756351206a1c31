"""Award submissions in the walk of addresses and roles."""

from collections.abc import Callable

from tests.rights import GONE, IN, NO, OK, only

# Who sits over a round; who writes a faculty's proposal; all of the school; who has a part in awards at all.
SIT = {"office", "leader", "council", "secretary", "administrator"}
WRITE_PROPOSAL = {"shared", "reporter", "head", "deputy", "administrator"}
IN_SCHOOL = SIT | WRITE_PROPOSAL | {"member"}
MEET = SIT | WRITE_PROPOSAL | {"foreign_head", "foreign_office"}


def walled(seen: set[str], inside: set[str]) -> Callable[[str], int]:
    """Those named see it; others who know of the round are refused; it is not there for anybody else."""

    def answer(who: str) -> int:
        if who == "anonymous":
            return IN
        if who in seen:
            return OK
        return NO if who in inside else GONE

    return answer


AWARDS: dict[str, tuple[str, Callable[[str], int]]] = {
    "awards:home": ("", only(MEET, NO)),
    "awards:new-round": ("", only({"office", "foreign_office", "administrator"}, NO)),
    # Whoever sits over it: the office, the council, the leader of the school.
    "awards:round": ("awards", walled(SIT, IN_SCHOOL)),
    "awards:checks": ("awards", walled(SIT, IN_SCHOOL)),
    # Its rules are changed by the office alone, and only before it opens.
    "awards:rules": ("closed_awards", walled({"office", "administrator"}, SIT)),
    # A draft is the unit's own: the office, too, sees it when it is handed in.
    "awards:dossier": ("proposal", only(WRITE_PROPOSAL, GONE)),
    "awards:add-people": ("proposal", only(WRITE_PROPOSAL, GONE)),
    "awards:add-collective": ("proposal", only(WRITE_PROPOSAL, GONE)),
    "awards:nominee": ("nominee", only(WRITE_PROPOSAL, GONE)),
    "awards:write": ("nominee", only(WRITE_PROPOSAL, GONE)),
    "awards:records": ("nominee", only(WRITE_PROPOSAL, GONE)),
}
# Doors and files, walked by their own tests; papers by who and what in test_award_paper_views.py.
AWARD_DOORS = {
    "awards:begin", "awards:autosave", "awards:lessons", "awards:mine", "awards:own-code", "awards:piece",
    "awards:remove-piece", "awards:confirmation", "awards:consent", "awards:take-back-consent",
    # Papers of awards: by who and what in tests/campaign/awards/test_award_paper_views.py.
    "awards:proposal", "awards:achievement", "awards:slip", "awards:consent-sheet", "awards:check-list",
    "awards:book", "awards:dossier-zip", "awards:round-zip", "awards:signed",
}  # fmt: skip
