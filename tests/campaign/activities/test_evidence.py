"""What is taken as evidence, made of it, refused; and photos that were seen before."""

import io
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from PIL import Image

from campaign.activities import services
from campaign.activities.choices import EvidenceKind
from campaign.activities.models import Band, Evidence, Suspicion
from campaign.activities.queries import MOST_PHOTOS
from campaign.units.choices import Role
from tests.concurrency import at_once
from tests.factories.activities import make_activity, make_sent, picture, upload
from tests.factories.people import make_holder
from tests.factories.units import make_college, make_unit

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def college(home):
    """A class with a member, its head, another class with its own."""
    made = make_college()
    made["member"] = make_holder(made["farmers"], Role.MEMBER)
    made["head"] = make_holder(made["farmers"], Role.UNIT_HEAD)
    made["smith"] = make_holder(made["smiths"], Role.MEMBER)
    made["draft"] = make_activity(made["farmers"], made["member"])
    return made


def add(activity, by, data, *, kind=EvidenceKind.PHOTO, name="IMG.jpg", key=None) -> Evidence:
    """One piece."""
    return services.add_evidence(
        activity,
        upload=upload(data, name),
        kind=kind,
        key=key or uuid4(),
        by=by,
        now=timezone.now(),
    )


def test_photo_is_kept_small_outside_every_public_folder_and_without_its_place(college):
    image = Image.new("RGB", (3000, 2000), "green")
    exif = Image.Exif()
    exif[0x0110] = "Máy Mẫu"
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    piece = add(college["draft"], college["member"], out.getvalue())
    path = Path(piece.file.path)
    assert path.is_relative_to(Path(settings.PRIVATE_ROOT))
    assert not path.is_relative_to(Path(settings.MEDIA_ROOT))
    kept = Image.open(path)
    assert max(kept.size) == 2000
    assert dict(kept.getexif()) == {}
    assert (piece.width, piece.height) == (2000, 1333)


@pytest.mark.parametrize(
    ("data", "name", "kind", "said"),
    [
        (b"", "IMG.jpg", "photo", "rỗng"),
        (PDF, "IMG.jpg", "photo", "không phải ảnh"),
        (b"GIF89a" + b"\0" * 50, "a.gif", "photo", "không phải ảnh|Chỉ nhận"),
        (b"MZ" + b"\0" * 500, "a.pdf", "document", "không phải là .pdf"),
        (b"", "a.pdf", "document", "rỗng"),
        (b"abc", "a.docx", "document", "không phải ảnh"),
        (PDF, "a.pdf", "", "Hãy chọn loại"),
        (PDF, "a.pdf", "link", "Hãy chọn loại"),
    ],
)
def test_file_that_is_not_what_it_says_is_refused_with_a_word(college, data, name, kind, said):
    with pytest.raises(ValidationError, match=said):
        add(college["draft"], college["member"], data, kind=kind, name=name)
    assert not Evidence.objects.exists()


def test_paper_comes_as_pdf_or_as_a_photo_of_it(college):
    kind = EvidenceKind.SIGN_IN_SHEET
    sheet = add(college["draft"], college["member"], PDF, kind=kind, name="ds.pdf")
    photo = add(college["draft"], college["member"], picture(5), kind=kind)
    assert (sheet.is_photo, photo.is_photo) == (False, True)
    assert sheet.is_restricted
    assert photo.likeness is None


def test_same_press_or_same_file_twice_is_one_piece(college):
    key, data = uuid4(), picture(1)
    first = add(college["draft"], college["member"], data, key=key)
    assert add(college["draft"], college["member"], picture(2), key=key) == first
    assert add(college["draft"], college["member"], data) == first
    assert Evidence.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_press_sent_many_times_at_once_is_one_piece_and_leaves_no_file_behind(college):
    key, data = uuid4(), picture(1)
    made = at_once(6, lambda: add(college["draft"], college["member"], data, key=key).pk)
    assert len(set(made)) == 1
    piece = Evidence.objects.get()
    kept = [path for path in Path(piece.file.path).parent.iterdir() if str(key) in path.name]
    assert len(kept) == 2


def test_room_is_limited_and_says_so(college):
    for number in range(MOST_PHOTOS):
        add(college["draft"], college["member"], picture(number, (240, 180)))
    with pytest.raises(ValidationError, match="nhiều nhất 20 ảnh"):
        add(college["draft"], college["member"], picture(99, (240, 180)))
    assert Evidence.objects.count() == MOST_PHOTOS


def test_sent_activity_takes_only_what_others_sign(college):
    sent = make_sent(college["farmers"], college["member"])
    with pytest.raises(PermissionDenied):
        add(sent, college["member"], picture(1))
    slip = add(sent, college["member"], picture(1), kind=EvidenceKind.LOCAL_CONFIRMATION)
    with pytest.raises(PermissionDenied):
        services.remove_evidence(slip, by=college["member"], now=timezone.now())
    with pytest.raises(PermissionDenied):
        add(sent, college["smith"], picture(2), kind=EvidenceKind.THANKS)


def test_removed_piece_leaves_its_row_and_takes_its_files(
    college, django_capture_on_commit_callbacks
):
    piece = add(college["draft"], college["member"], picture(1))
    paths = [Path(piece.file.path), Path(piece.thumb.path)]
    with django_capture_on_commit_callbacks(execute=True):
        services.remove_evidence(piece, by=college["member"], now=timezone.now())
    assert not any(path.exists() for path in paths)
    assert not Band.objects.exists()
    assert Evidence.objects.kept().count() == 0
    assert Evidence.objects.get().removed_at


def test_copy_of_a_photo_is_known_within_the_school_recompressed_and_halved(college):
    add(college["draft"], college["member"], picture(7))
    other = make_activity(college["smiths"], college["smith"])
    add(other, college["smith"], picture(7, (400, 300), quality=50))
    (doubt,) = services.doubts_about(other)
    assert (doubt.one, doubt.other, doubt.why) == (college["draft"], other, "photo")
    assert doubt.one_photo != doubt.other_photo
    # The same pair is named once, however many photos are alike; and another picture names nobody.
    add(other, college["smith"], picture(7, (600, 450), quality=70))
    add(other, college["smith"], picture(8))
    assert Suspicion.objects.count() == 1


def test_copy_in_another_school_is_no_concern_of_this_one(college):
    add(college["draft"], college["member"], picture(7))
    elsewhere = make_unit(None, "institution", code="KHAC")
    author = make_holder(elsewhere, Role.MEMBER)
    add(make_activity(elsewhere, author), author, picture(7))
    assert not Suspicion.objects.exists()


def test_link_must_be_an_address(college):
    given = {"title": "", "key": uuid4(), "by": college["member"], "now": timezone.now()}
    with pytest.raises(ValidationError, match="http"):
        services.add_link(college["draft"], url="javascript:alert(1)", **given)
    assert services.add_link(college["draft"], url="https://example.vn/bai", **given).url
