"""Self-assessment and what units offer the library, in the walk of addresses and roles."""

from collections.abc import Callable

from tests.rights import GONE, IN, NO, OK, only

HEADS = {"head", "foreign_head"}
OFFICES = {"office", "foreign_office", "department_office"}
KEEP = {"shared", "reporter", "head", "deputy", "office", "administrator"}
# A faculty's self-assessment: who keeps or leads it, and who watches over figures; the council has none of it.
SEE_SURVEY = KEEP | {"leader", "officer", "department_office"}
MAKE_SURVEYS = (KEEP | {"foreign_head", "foreign_office", "department_office"}) - {"administrator"}
# Who offers material for the faculty, and who sees what it offers.
OFFER = {"shared", "reporter", "head", "deputy"}
WATCH_OFFERS = OFFER | {"office", "administrator"}
LIBRARY: dict[str, tuple[str, Callable[[str], int]]] = {
    "surveys:surveys": ("", only(SEE_SURVEY | MAKE_SURVEYS, NO)),
    "surveys:new": ("", only(MAKE_SURVEYS, NO)),
    "surveys:survey": ("survey", only(SEE_SURVEY, GONE)),
    "surveys:change": ("survey", lambda who: OK if who in KEEP else IN if who == "anonymous"
                       else NO if who in SEE_SURVEY else GONE),
    "surveys:results": ("survey", only(SEE_SURVEY, GONE)),
    "surveys:results-csv": ("survey", only(SEE_SURVEY, GONE)),
    "surveys:results-book": ("survey", only(SEE_SURVEY, GONE)),
    "resources:contributions": ("", only(WATCH_OFFERS | HEADS | OFFICES, NO)),
    "resources:new-contribution": ("", only(OFFER | {"foreign_head"}, NO)),
    # A draft is the unit's own: librarians see it once it has come to them.
    "resources:contribution": ("offer", only(WATCH_OFFERS, GONE)),
    "resources:edit-contribution": ("offer", lambda who: OK if who in OFFER else IN
                                    if who == "anonymous" else NO if who in WATCH_OFFERS else GONE),
    "resources:contribution-file": ("offer", only(WATCH_OFFERS, GONE)),
}  # fmt: skip
