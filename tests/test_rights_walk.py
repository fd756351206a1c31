"""Every address of the desk and of its staff pages, walked by every role at one's own and at foreign units.

A new address must be given a row here, or the walk fails.
"""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from campaign.activities.models import Activity, Evidence
from campaign.awards.models import (
    RecognitionList,
)
from campaign.reporting.models import ReportEvent
from campaign.reporting.queries import report_rows
from campaign.units.models import Person, Unit
from tests.factories.activities import picture, upload
from tests.rights import EVERYBODY, GONE, IN, NO, OK, SIGNED_IN, only
from tests.rights_of_awards import AWARD_DOORS, AWARDS
from tests.rights_of_library import LIBRARY
from tests.rights_of_praise import PRAISE, PRAISE_MOVES
from tests.rights_world import World, make_world

pytestmark = pytest.mark.django_db

PREFIXES = ("don-vi/", "quan-tri/don-vi/", "tai-khoan/", "mat-khau/")
KEEP_FACULTY = {"head", "deputy", "office", "administrator"}
SEE_FACULTY = KEEP_FACULTY | {"shared", "reporter", "leader", "council", "secretary"}
KEEP_SOMETHING = KEEP_FACULTY | {"foreign_head", "foreign_office", "department_office"}
SEE_SOMETHING = SEE_FACULTY | KEEP_SOMETHING
IMPORT = {"office", "foreign_office", "department_office"}
HEADS = {"head", "foreign_head"}
OFFICES = {"office", "foreign_office", "department_office"}
MEND = {"shared", "reporter", "head", "deputy", "office", "administrator"}
TELL = MEND
SEE_COUNTED = SEE_FACULTY | {"officer", "department_office"}
# A school's own event: for all of the school, and nobody outside.
IN_SCHOOL = SEE_FACULTY | {"member"}
WRITE_REPORT = {"shared", "reporter", "head", "deputy", "office", "administrator"}
OPEN_REPORT = WRITE_REPORT | {"member", "leader"}
# Who receives reports, watches over schools, or leads.
FOLLOW = HEADS | OFFICES | {"deputy", "leader", "officer", "administrator"}
TREE = {"office", "foreign_office", "department_office", "administrator"}


@pytest.fixture(scope="module")
def whole_world(load_once) -> World:
    """Everybody and everything, made once for all who look."""
    return load_once(make_world)


@pytest.fixture
def world(whole_world, db) -> World:
    """The whole of it; what a test changes is undone."""
    return whole_world


# Name of the address → (its argument, who sees it there). What lies in `faculty` is one's own for the head,
# the child's for the office, the parent's for nobody, foreign for the other school and the department.
DESK: dict[str, tuple[str, Callable[[str], int]]] = {
    "portal:desk": ("", only(SIGNED_IN, NO)),
    "accounts:account": ("", only(SIGNED_IN, NO)),
    "units:people": ("", only(SEE_SOMETHING, NO)),
    "units:add-person": ("", only(KEEP_SOMETHING - {"administrator"}, NO)),
    "units:person": ("student", only(SEE_FACULTY, GONE)),
    "units:slips": ("", only(KEEP_SOMETHING, NO)),
    "units:class-slips": ("klass", only(KEEP_FACULTY, GONE)),
    "units:school-slips": ("", only({"department_office"}, NO)),
    # The administrator comes by way of a unit.
    "units:imports": ("", only(IMPORT, NO)),
    "units:import-template": ("", only(IMPORT, NO)),
    "units:export": ("", only(IMPORT, NO)),
    "units:import": ("job", only({"office", "administrator"}, GONE)),
    "units:import-refused": ("job", only({"office", "administrator"}, GONE)),
    "units:roles": ("", only(SEE_SOMETHING, NO)),
    "units:grant": ("", only(KEEP_SOMETHING, NO)),
    "units:shared": ("", only(KEEP_SOMETHING, NO)),
    "units:role": ("role", only(SEE_FACULTY, GONE)),
    "units:teams": ("", only(SEE_SOMETHING, NO)),
    "units:team": ("team", only(SEE_FACULTY, GONE)),
    "units:member": ("mate", only(SEE_FACULTY, GONE)),
    "units:lines": ("", only({"office", "foreign_office", "department_office"}, NO)),
    "units:line": ("line", only({"office", "administrator"}, GONE)),
    "units:delegation": ("", only(HEADS, NO)),
    "activities:activities": ("", only(SIGNED_IN, NO)),
    "activities:new": ("", only(SIGNED_IN - {"plain"}, NO)),
    "activities:field-sheet": ("", only(SIGNED_IN - {"plain"}, NO)),
    "activities:participation": ("", only(SEE_SOMETHING - {"administrator"}, NO)),
    "activities:figures": ("", only(SIGNED_IN - {"plain", "administrator"}, NO)),
    "activities:doubts": ("", only(OFFICES, NO)),
    "activities:doubt": ("doubt", lambda who: OK if who == "office" else IN if who == "anonymous"
                         else GONE if who in OFFICES else NO),
    "activities:activity": ("draft", only(SEE_FACULTY, GONE)),
    "activities:edit": ("draft", lambda who: OK if who in MEND else IN if who == "anonymous"
                        else NO if who in SEE_FACULTY else GONE),
    # What was confirmed is seen above as well.
    "activities:slip": ("counted", only(SEE_COUNTED, GONE)),
    # Told by those who write it, decide on it, or are its office.
    "activities:tell": ("counted", lambda who: OK if who in TELL else IN if who == "anonymous"
                        else NO if who in SEE_COUNTED else GONE),
    "activities:participants": ("counted", only(SEE_COUNTED, GONE)),
    "activities:thumb": ("photo", only(SEE_COUNTED, GONE)),
    "events:desk": ("", only(SIGNED_IN - {"plain"}, NO)),
    "events:board": ("day", only(IN_SCHOOL, GONE)),
    "events:attendance-file": ("day", only(IN_SCHOOL, GONE)),
    # Who comes is for those who write for the school that holds it.
    "events:guests": ("day", lambda who: OK if who in {"office", "administrator"} else IN
                      if who == "anonymous" else NO if who in IN_SCHOOL else GONE),
    "events:guests-file": ("day", lambda who: OK if who in {"office", "administrator"} else IN
                           if who == "anonymous" else NO if who in IN_SCHOOL else GONE),
    "events:note": ("day", lambda who: OK if who in MEND else IN if who == "anonymous"
                    else NO if who in IN_SCHOOL else GONE),
    "reporting:reports": ("", only(SIGNED_IN - {"plain"}, NO)),
    # A draft is the unit's own: neither the council nor the department looks into it.
    "reporting:report": ("owed", only(OPEN_REPORT, GONE)),
    "reporting:fill": ("owed", lambda who: OK if who in WRITE_REPORT else IN if who == "anonymous"
                       else NO if who in OPEN_REPORT else GONE),
    "reporting:document": ("owed", only(OPEN_REPORT, GONE)),
    "reporting:book": ("owed", only(OPEN_REPORT, GONE)),
    "reporting:book-back": ("owed", lambda who: OK if who in WRITE_REPORT else IN
                            if who == "anonymous" else NO if who in OPEN_REPORT else GONE),
    "reporting:rounds": ("", only(FOLLOW, NO)),
    "reporting:grid": ("", only(FOLLOW, NO)),
    "reporting:new-round": ("", only(OFFICES | {"administrator"}, NO)),
    # Whoever only writes knows of the round, and follows nobody up.
    "reporting:standing": ("asked", lambda who: OK if who in {"head", "deputy", "office", "leader",
                           "administrator"} else IN if who == "anonymous"
                           else NO if who in {"shared", "reporter"} else GONE),
    "reporting:round": ("asked", lambda who: OK if who in {"head", "deputy", "office", "leader",
                        "administrator"} else IN if who == "anonymous"
                        else NO if who in {"shared", "reporter"} else GONE),
    **AWARDS,
    **PRAISE,
    **LIBRARY,
    # Papers that name people: neither those who only look on nor the department.
    "activities:evidence": ("paper", only(KEEP_FACULTY | {"reporter"}, GONE)),
}  # fmt: skip
# Addresses that are doors, not pages of somebody's: walked by their own tests.
DOORS = {
    "portal:switch", "accounts:choose-password", "accounts:forgotten", "accounts:forgotten-sent",
    "accounts:set-password", "accounts:confirm-address", "activities:autosave", "activities:upload",
    "activities:remove-evidence", "activities:take-out", "events:log", "reporting:autosave",
    "reporting:records", "reporting:compare", "reporting:remind", "reporting:feed",
    "surveys:act", "surveys:tally",
    "reporting:pieces", "reporting:piece", "reporting:remove-piece", "reporting:signed",
    *AWARD_DOORS,
    "resources:throw-away-contribution",
}  # fmt: skip


def staff(seen: set[str], otherwise: int) -> Callable[[str], int]:
    """Pages of the staff area: closed to those without its menu, which leads them back to the door."""

    def answer(who: str) -> int:
        if who not in TREE:
            return IN
        return OK if who in seen else otherwise

    return answer


TREE_PAGES: dict[str, tuple[str, Callable[[str], int]]] = {
    "units-tree": ("", staff(TREE, IN)),
    # Wagtail answers what is forbidden by leading back to its front page.
    "units-add": ("", staff({"administrator"}, IN)),
    "units-unit": ("faculty", staff(TREE - {"foreign_office"}, GONE)),
    "units-add-below": ("faculty", lambda who: {
        "office": OK, "administrator": OK, "department_office": IN, "foreign_office": GONE,
    }.get(who, IN)),
}  # fmt: skip
WALKED = {**DESK, **TREE_PAGES}


def addresses() -> dict[str, str]:
    """Name → pattern of every address below the walked prefixes."""
    found: dict[str, str] = {}

    def walk(patterns, path: str, space: str) -> None:
        for entry in patterns:
            here = path + str(entry.pattern).lstrip("^")
            if isinstance(entry, URLResolver):
                walk(entry.url_patterns, here, f"{entry.namespace}:" if entry.namespace else space)
            elif isinstance(entry, URLPattern) and here.startswith(PREFIXES):
                found[f"{space}{entry.name}"] = here

    walk(get_resolver().url_patterns, "", "")
    return found


def test_every_address_is_in_the_walk():
    names = set(addresses())
    assert names - set(WALKED) - DOORS == set()
    assert (set(WALKED) | DOORS) - names == set()


def path_of(name: str, thing: str, world: World) -> str:
    """The address with its argument."""
    from django.urls import reverse

    return reverse(name, args=[getattr(world, thing).pk] if thing else [])


@pytest.mark.parametrize("app", sorted({name.partition(":")[0] for name in WALKED}))
def test_walk(app, world):
    """One world for all addresses of an app: looking changes nothing that another look would miss."""
    names = [name for name in WALKED if name.partition(":")[0] == app]
    paths = {name: path_of(name, WALKED[name][0], world) for name in names}
    said: dict[str, dict[str, int]] = {name: {} for name in names}
    for who in EVERYBODY:
        client = Client()
        if who != "anonymous":
            client.force_login(
                world.users[who], backend="django.contrib.auth.backends.ModelBackend"
            )
        for name, path in paths.items():
            said[name][who] = client.get(path).status_code
    assert said == {name: {who: WALKED[name][1](who) for who in EVERYBODY} for name in names}


ACTS = {
    "correct": {"correct-code": "X1", "correct-full_name": "Mẫu Khác"},
    "go": {"go-last_day": "23/11/2026"},
    "invite": {"invite-email": "a@example.vn"},
    "slip": {},
}


@pytest.mark.parametrize("act", list(ACTS))
@pytest.mark.parametrize("who", EVERYBODY)
def test_acts_on_a_person_are_for_keepers_alone(act, who, world):
    client = Client()
    if who != "anonymous":
        client.force_login(world.users[who], backend="django.contrib.auth.backends.ModelBackend")
    before = Person.objects.values().get(pk=world.student.pk)
    client.post(path_of("units:person", "student", world), {"viec": act, **ACTS[act]})
    changed = Person.objects.values().get(pk=world.student.pk) != before
    assert changed is (who in KEEP_FACULTY)


@pytest.mark.parametrize("who", EVERYBODY)
def test_nobody_but_the_office_ends_the_heads_time(who, world):
    client = Client()
    if who != "anonymous":
        client.force_login(world.users[who], backend="django.contrib.auth.backends.ModelBackend")
    client.post(
        path_of("units:person", "chief", world), {"viec": "go", "go-last_day": "23/11/2026"}
    )
    gone = Person.objects.get(pk=world.chief.pk).left_on is not None
    assert gone is (who in {"office", "administrator"})


@pytest.mark.parametrize("who", EVERYBODY)
def test_renaming_a_faculty_is_for_its_office(who, world):
    client = Client()
    if who != "anonymous":
        client.force_login(world.users[who], backend="django.contrib.auth.backends.ModelBackend")
    words = {"viec": "rename", "rename-name": "Khoa Mới", "rename-since": "23/11/2026"}
    client.post(path_of("units-unit", "faculty", world), words)
    renamed = Unit.objects.get(pk=world.faculty.pk).name == "Khoa Mới"
    assert renamed is (who in {"office", "administrator"})


def test_a_school_is_not_uprooted_by_its_own_office(world):
    client = Client()
    client.force_login(world.users["office"], backend="django.contrib.auth.backends.ModelBackend")
    path = f"/quan-tri/don-vi/{world.school.pk}/"
    said = client.get(path).content.decode()
    assert 'value="rename"' in said
    assert 'value="end"' not in said
    client.force_login(
        world.users["department_office"], backend="django.contrib.auth.backends.ModelBackend"
    )
    said = client.get(path).content.decode()
    assert 'value="end"' in said


SEES_BOTH = {"photo": SEE_COUNTED, "paper": KEEP_FACULTY | {"reporter"}}


@pytest.mark.parametrize("what", ["photo", "paper"])
@pytest.mark.parametrize("address", ["activities:evidence", "activities:thumb"])
def test_evidence_opens_for_those_named_and_its_small_picture_for_no_more(what, address, world):
    said = {}
    for who in EVERYBODY:
        client = Client()
        if who != "anonymous":
            client.force_login(
                world.users[who], backend="django.contrib.auth.backends.ModelBackend"
            )
        said[who] = client.get(path_of(address, what, world)).status_code
    assert said == {who: only(SEES_BOTH[what], GONE)(who) for who in EVERYBODY}


@pytest.mark.parametrize("who", EVERYBODY)
def test_evidence_comes_and_goes_only_by_those_who_write(who, world):
    client = Client()
    if who != "anonymous":
        client.force_login(world.users[who], backend="django.contrib.auth.backends.ModelBackend")
    path = path_of("activities:upload", "draft", world)
    client.post(path, {"kind": "photo", "file": upload(picture(3, (240, 180)))})
    assert world.draft.evidence.exists() is (who in MEND)
    # What was confirmed keeps its evidence, whoever asks.
    client.post(path_of("activities:remove-evidence", "photo", world))
    assert Evidence.objects.kept().filter(pk=world.photo.pk).exists()


MOVES = {
    "send": ("draft", {}, "sent", MEND),
    "unconfirm": ("counted", {"unconfirm-reason": "Sai"}, "returned", {"office"}),
}


@pytest.mark.parametrize("move", list(MOVES))
@pytest.mark.parametrize("who", EVERYBODY)
def test_moves_are_made_by_those_named_alone(move, who, world):
    thing, words, state, movers = MOVES[move]
    client = Client()
    if who != "anonymous":
        client.force_login(world.users[who], backend="django.contrib.auth.backends.ModelBackend")
    client.post(
        path_of("activities:activity", thing, world),
        {"viec": move, "send-prepared_by": "Mẫu Lập", **words},
    )
    reached = Activity.objects.get(pk=getattr(world, thing).pk).state == state
    assert reached is (who in movers)


# What was handed in is read by its unit, by whom it was sent to, and above; a department sees it too.
READ_GIVEN = OPEN_REPORT | {"officer", "department_office"}


@pytest.mark.parametrize("who", EVERYBODY)
def test_what_was_handed_in_is_read_by_its_readers_alone(who, world):
    from django.urls import reverse

    client = Client()
    if who != "anonymous":
        client.force_login(world.users[who], backend="django.contrib.auth.backends.ModelBackend")
    report = world.given.pk
    freeze_twice(world)
    addresses = {
        "report": reverse("reporting:report", args=[report]),
        "revisions": reverse("reporting:compare", args=[report]) + "?a=1&b=2",
        "word": reverse("reporting:document", args=[report]),
        "excel": reverse("reporting:book", args=[report]),
        "records": reverse("reporting:records", args=[report, "lop"]),
    }
    wanted = OK if who in READ_GIVEN else IN if who == "anonymous" else GONE
    assert {name: client.get(at).status_code for name, at in addresses.items()} == dict.fromkeys(
        addresses, wanted
    )


def freeze_twice(world: World) -> None:
    """Two revisions to compare."""
    from campaign.reporting.services.moves import freeze

    report = report_rows().get(pk=world.given.pk)
    for _ in range(2):
        event = ReportEvent.objects.create(
            report=report, at=timezone.now(), by=world.users["head"], move="submit",
            from_state="confirmed", to_state="submitted",
        )  # fmt: skip
        freeze(report, event)


@pytest.mark.parametrize("move", list(PRAISE_MOVES))
@pytest.mark.parametrize("who", EVERYBODY)
def test_lists_of_praise_are_moved_by_those_named_alone(move, who, world):
    thing, words, state, movers = PRAISE_MOVES[move]
    client = Client()
    if who != "anonymous":
        client.force_login(world.users[who], backend="django.contrib.auth.backends.ModelBackend")
    path = path_of("recognition:list", thing, world)
    client.post(path, {"viec": move, **words})
    reached = RecognitionList.objects.get(pk=getattr(world, thing).pk).state == state
    assert reached is (who in movers)
