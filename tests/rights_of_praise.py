"""Who sees which address of the first tier, and who moves its lists: rows of the walk."""

from tests.rights import GONE, IN, NO, OK, SIGNED_IN, only

# A draft of the faculty: neither the office nor the leader looks into it.
WRITE_PRAISE = {"shared", "reporter", "head", "deputy", "administrator"}
COUNCIL = {"council", "secretary"}
READ_PRAISE = WRITE_PRAISE | COUNCIL | {"office", "leader"}
MEET_PRAISE = READ_PRAISE | {"foreign_head", "foreign_office"}
PRAISE = {
    "recognition:lists": ("", only(MEET_PRAISE, NO)),
    "recognition:new": ("", only(WRITE_PRAISE - {"administrator"} | {
        "office", "foreign_head", "foreign_office"}, NO)),
    "recognition:template": ("", only(SIGNED_IN, NO)),
    "recognition:list": ("praise", only(WRITE_PRAISE, GONE)),
    "recognition:change": ("praise", only(WRITE_PRAISE, GONE)),
    "recognition:choose": ("praise", only(WRITE_PRAISE, GONE)),
    "recognition:from-log": ("praise", only(WRITE_PRAISE, GONE)),
    "recognition:by-hand": ("praise", only(WRITE_PRAISE, GONE)),
    "recognition:collectives": ("praise", only(WRITE_PRAISE, GONE)),
    "recognition:import": ("praise", only(WRITE_PRAISE, GONE)),
    "recognition:entry": ("praised", only(WRITE_PRAISE, GONE)),
    # What was sent is read by the office, the council and the leader; codes by those who handle it.
    "recognition:document": ("sent_praise", only(READ_PRAISE, GONE)),
    "recognition:names": ("sent_praise", only(READ_PRAISE, GONE)),
    "recognition:book": ("sent_praise", lambda who: OK if who in READ_PRAISE - COUNCIL else IN
                         if who == "anonymous" else NO if who in COUNCIL else GONE),
}  # fmt: skip
PRAISE_MOVES = {
    "send": ("praise", {}, "sent", {"head", "deputy"}),
    # The administrator writes for every unit, and signs for none.
    "withdraw": ("sent_praise", {}, "draft", WRITE_PRAISE),
    "return": ("sent_praise", {"return-reason": "Thiếu"}, "returned", {"leader"}),
    "recognise": ("sent_praise", {"recognise-number": "1/QĐ", "recognise-day": "01/11/2026"},
                  "recognised", {"leader"}),
}  # fmt: skip
