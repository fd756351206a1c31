"""What is kept of the people of a school, for what, and for how long; and how it is forgotten."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from campaign.units.choices import ImportState
from campaign.units.models import ImportLine, Person, RosterImport
from core.text import fold, words
from core.workdays import months_before
from privacy.registry import FoundRecord, Purpose

# Five years after the last day: as long as an award or a count of a school year is still asked about.
ROSTER_MONTHS = 60
# An import serves to look back at what was done; the roster itself holds the rest.
IMPORT_MONTHS = 3
FORGOTTEN = "Đã xóa tên"
MOST_FOUND = 50

ROSTER = Purpose(
    key="danh-sach-truong",
    title="Danh sách người của trường và tài khoản",
    why="Để biết ai thuộc lớp, đơn vị nào, ai được giao việc gì trong phong trào, và để mỗi người dùng tài "
    "khoản của riêng mình.",
    fields=(
        "họ và tên, mã sinh viên hoặc mã cán bộ",
        "lớp hoặc đơn vị, vai trò, ngày bắt đầu và ngày cuối",
        "năm sinh, chỉ khi cần biết có phải hỏi người giám hộ",
        "thư điện tử, nếu bạn muốn tự đặt lại mật khẩu",
    ),
    recipients="Trưởng đơn vị, chủ nhiệm lớp và đơn vị thường trực của trường; không chuyển ra ngoài trường.",
    basis="Nhiệm vụ của nhà trường trong tổ chức phong trào; vì vậy không hỏi đồng ý.",
    keep_months=ROSTER_MONTHS,
    kept_from="ngày cuối ở trường; tài khoản thì bị khóa ngay ngày đó",
    purge=lambda now: purge_people(now),
)
IMPORTS = Purpose(
    key="tep-nhap-danh-sach",
    title="Tệp bảng tính đã tải lên để nhập danh sách",
    why="Để xem trước từng dòng sẽ làm gì, và tra lại khi có sai sót.",
    fields=("những cột có trong tệp: họ và tên, mã, lớp, vai trò, thư điện tử",),
    recipients="Đơn vị thường trực của trường.",
    basis="Nhiệm vụ của nhà trường trong tổ chức phong trào.",
    keep_months=IMPORT_MONTHS,
    kept_from="lúc tải lên",
    purge=lambda now: purge_imports(now),
)


def people_under(full_name: str, phone: str, email: str) -> list[FoundRecord]:
    """Rows of the roster under exactly this name, or with an account of this address."""
    rows = Person.objects.filter(purged_at=None)
    found = rows.filter(user__email__iexact=email) if email else rows.none()
    named = rows.found(full_name) if words(fold(full_name)) else rows.none()
    people = {person.pk: person for person in found.select_related("unit")[:MOST_FOUND]}
    for person in named.select_related("unit")[:MOST_FOUND]:
        if fold(person.full_name) == fold(full_name):
            people[person.pk] = person
    return [
        FoundRecord(
            label=f"Danh sách người: {person.full_name}, {person.unit}",
            url=reverse("units:person", args=[person.pk]),
            when=_midnight(person),
        )
        for person in people.values()
    ]


def _midnight(person: Person) -> datetime:
    return timezone.make_aware(datetime.combine(person.since, datetime.min.time()))


def purge_people(now: datetime) -> int:
    """Forget names, codes and accounts of those who left long ago; that somebody was there stays for counts."""
    before = months_before(now, ROSTER_MONTHS).date()
    old = Person.objects.filter(left_on__lt=before, purged_at=None).values_list("pk", flat=True)
    for pk in list(old):
        with transaction.atomic():
            _forget(
                Person.objects.select_related("user").select_for_update(of=("self",)).get(pk=pk),
                now,
            )
    return len(old)


def _forget(person: Person, now: datetime) -> None:
    user = person.user
    person.full_name, person.code, person.birth_year = FORGOTTEN, f"X{person.pk}", None
    person.purged_at, person.user = now, None
    person.clean()
    person.save()
    if user is not None:
        # The row stays, since what others wrote points to it; nothing of the person is left in it.
        user.username, user.email = f"da-xoa-{user.pk}", ""
        user.last_name, user.first_name = "", FORGOTTEN
        user.is_active = False
        user.set_unusable_password()
        user.save()
        user.slips.all().delete()


def purge_imports(now: datetime) -> int:
    """Delete the files and lines of imports handed in long ago; that there was one stays."""
    old = RosterImport.objects.filter(
        given_at__lt=months_before(now, IMPORT_MONTHS), purged_at=None
    ).exclude(state=ImportState.APPLYING)
    purged = 0
    for job in old:
        with transaction.atomic():
            ImportLine.objects.filter(job=job).delete()
            name, storage = job.file.name, job.file.storage
            RosterImport.objects.filter(pk=job.pk).update(file="", purged_at=now)
            if name:
                transaction.on_commit(partial(storage.delete, name))
        purged += 1
    return purged
