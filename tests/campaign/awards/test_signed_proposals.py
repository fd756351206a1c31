"""The signed proposal: who brings it, when, what it replaces, how it falls and is forgotten."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from campaign.awards import services
from campaign.awards.models import DossierRevision, SignedProposal
from campaign.awards.privacy import KEEP_MONTHS, purge_dossiers
from campaign.units.choices import Role
from tests.campaign.awards.scenes import make_scene
from tests.factories.activities import picture, upload
from tests.factories.awards import shifted
from tests.factories.people import make_holder

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def scene(home):
    """A proposal that was handed in."""
    made = make_scene()
    made.submit()
    return made


def pdf(words: bytes = b""):
    """A scanned paper."""
    return SimpleUploadedFile("to-trinh.pdf", PDF + words)


def bring(scene, file=None, **words):
    """The signed paper comes in."""
    known = {"number": "05/TTr-NL", "signed_on": shifted(0), "is_digital": False, "by": scene.writer,
             "now": timezone.now()}  # fmt: skip
    return services.add_signed_proposal(scene.dossier, upload=file or pdf(), **{**known, **words})


def test_it_is_tied_to_the_newest_revision_and_told_as_typed(scene):
    made = bring(scene, number="  05/TTr-NL ")
    made.refresh_from_db()
    assert made.revision == scene.dossier.revisions.latest("number")
    assert (made.number, made.size, str(made)) == (
        "05/TTr-NL",
        len(PDF),
        f"05/TTr-NL, {shifted(0):%d/%m/%Y}",
    )
    assert made.file.read() == PDF
    assert made.file.name.endswith(".pdf")


def test_a_photographed_paper_is_taken_too(scene):
    assert bring(scene, upload(picture(1))).file.name.endswith(".jpg")


def test_the_same_file_twice_is_one_and_another_replaces_it(scene):
    first = bring(scene)
    assert bring(scene) == first
    second = bring(scene, pdf(b"% 2"))
    first.refresh_from_db()
    assert first.replaced_at is not None
    assert list(scene.dossier.signed_proposals.current()) == [second]
    # The one before comes again: it is the current one, the other replaced.
    third = bring(scene)
    assert list(scene.dossier.signed_proposals.current()) == [third]
    assert scene.dossier.signed_proposals.count() == 3


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"number": "   "}, "number"),
        ({"number": "x" * 61}, "number"),
        ({"signed_on": shifted(1)}, "signed_on"),
        ({"file": SimpleUploadedFile("a.docx", b"PK\x03\x04")}, "upload"),
        ({"file": SimpleUploadedFile("a.pdf", b"")}, "upload"),
    ],
)
def test_bad_input_is_told_at_its_place(scene, words, field):
    with pytest.raises(ValidationError) as refused:
        bring(scene, **words)
    assert list(refused.value.message_dict) == [field]
    assert not SignedProposal.objects.exists()


def test_a_photo_is_never_signed_digitally(scene):
    with pytest.raises(ValidationError) as refused:
        bring(scene, upload(picture(1)), is_digital=True)
    assert list(refused.value.message_dict) == ["is_digital"]


def test_only_those_of_the_unit_bring_it(scene):
    bring(scene, by=scene.head)
    for user in (scene.office, make_holder(scene.units["craft"], Role.UNIT_HEAD)):
        with pytest.raises(PermissionDenied):
            bring(scene, by=user)


def test_before_it_is_signed_off_there_is_nothing_to_sign(home):
    draft = make_scene()
    with pytest.raises(ValidationError):
        bring(draft)


@pytest.mark.parametrize(
    ("state", "is_taken"),
    [("draft", False), ("signed", True), ("submitted", True), ("returned", False), ("ready", True)],
)
def test_in_which_states_it_comes_in(scene, state, is_taken):
    type(scene.dossier).objects.filter(pk=scene.dossier.pk).update(state=state)
    if is_taken:
        assert bring(scene).pk
    else:
        with pytest.raises(ValidationError):
            bring(scene)


def test_it_falls_with_the_signature(scene):
    made, now = bring(scene), timezone.now()
    services.return_dossier(scene.dossier, reason="Bổ sung", by=scene.office, now=now)
    made.refresh_from_db()
    assert made.replaced_at == now
    assert not scene.dossier.signed_proposals.current().exists()


def test_it_is_seen_by_those_who_see_the_proposal(scene):
    made = bring(scene)
    rows = SignedProposal.objects
    assert list(rows.visible_to(scene.office)) == [made]
    assert list(rows.visible_to(scene.writer)) == [made]
    assert list(rows.visible_to(make_holder(scene.units["craft"], Role.UNIT_HEAD))) == []


def test_it_is_forgotten_with_its_file_before_its_revision(
    scene, django_capture_on_commit_callbacks
):
    made = bring(scene)
    now = timezone.now() + timedelta(days=31 * (KEEP_MONTHS + 1))
    assert purge_dossiers(timezone.now()) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert purge_dossiers(now) > 0
    assert not SignedProposal.objects.exists()
    assert not DossierRevision.objects.exists()
    assert not made.file.storage.exists(made.file.name)
    assert scene.dossier.nominees.count() == 3
