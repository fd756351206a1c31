"""What the log keeps of people, for what, and for how long; and how it is forgotten."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from campaign.activities.choices import PICTURES, RESTRICTED
from campaign.activities.models import Activity, ActivityEvent, Evidence, Participant, StoryPhoto
from campaign.activities.purposes import ADULTS_PUBLIC, MINORS_PUBLIC
from campaign.activities.services.evidence import forget_files
from campaign.activities.services.stories import take_out
from campaign.units.models import Person
from core.text import fold, words
from core.workdays import months_before
from privacy.registry import FoundRecord, Purpose

# As long as the roster: an award or a count of a school year is still asked about.
LOG_MONTHS = 60
# Papers with names and signatures serve one round of reports and awards, and the check after it.
PAPER_MONTHS = 24
PHOTO_MONTHS = 60
FORGOTTEN = "Đã xóa tên"
MOST_FOUND = 50
AT_ONCE = 200

LOG = Purpose(
    key="nhat-ky-hoat-dong",
    title="Nhật ký hoạt động: người của trường đã tham gia",
    why="Để biết ai đã làm việc gì trong phong trào, tính điểm rèn luyện, báo cáo và khen thưởng đúng người. "
    "Người dân được hỗ trợ chỉ được đếm, không ghi tên.",
    fields=(
        "họ và tên người tham gia, nhiệm vụ, số lượt của riêng người đó",
        "người lập, người xác nhận và ngày giờ",
    ),
    recipients="Trưởng đơn vị, đơn vị thường trực; sở chỉ thấy hoạt động đã xác nhận.",
    basis="Nhiệm vụ của nhà trường trong tổ chức phong trào; vì vậy không hỏi đồng ý.",
    keep_months=LOG_MONTHS,
    kept_from="ngày hoạt động; sau đó tên gõ tay được xóa, con số ở lại",
    purge=lambda now: purge_names(now),
)
PAPERS = Purpose(
    key="giay-to-minh-chung",
    title="Giấy tờ minh chứng có tên người",
    why="Danh sách ký tên, giấy xác nhận của địa phương, thư cảm ơn cho biết hoạt động có thật. "
    "Không tải lên ảnh căn cước.",
    fields=("tên, chữ ký và nhận xét có trong giấy tờ được tải lên",),
    recipients="Người lập, trưởng đơn vị, đơn vị thường trực; không ai khác mở được.",
    basis="Nhiệm vụ của nhà trường trong tổ chức phong trào.",
    keep_months=PAPER_MONTHS,
    kept_from="lúc tải lên",
    purge=lambda now: purge_files(now, RESTRICTED, PAPER_MONTHS),
)
PHOTOS = Purpose(
    key="anh-hoat-dong",
    title="Ảnh hoạt động",
    why="Để người xác nhận thấy hoạt động đã diễn ra. Vị trí và thông tin máy ảnh bị bỏ ngay khi tải lên.",
    fields=("hình người có trong ảnh",),
    recipients="Những người xem được hoạt động đó. Chỉ đưa lên trang công khai khi người trong ảnh, và người "
    "giám hộ của trẻ em, đã đồng ý.",
    basis="Nhiệm vụ của nhà trường; đăng công khai thì phải có sự đồng ý.",
    keep_months=PHOTO_MONTHS,
    kept_from="lúc tải lên",
    purge=lambda now: purge_files(now, PICTURES, PHOTO_MONTHS),
)
PHOTOS_ONLINE = Purpose(
    key=ADULTS_PUBLIC,
    title="Ảnh hoạt động đăng lên trang công khai",
    why="Để kể lại hoạt động cho mọi người cùng biết.",
    fields=("hình người có trong ảnh", "tên người đã đồng ý, nếu có ghi"),
    recipients="Mọi người đọc trang.",
    basis="Sự đồng ý của người trong ảnh; rút lại lúc nào thì ảnh được gỡ lúc đó.",
    keep_months=PHOTO_MONTHS,
    kept_from="lúc đăng",
    consent="Tôi là người trong ảnh và đồng ý để nhà trường đăng ảnh này trên trang của phong trào. Tôi có thể "
    "rút lại bất cứ lúc nào.",
    purge=lambda now: purge_stories(now),
)
MINORS_ONLINE = Purpose(
    key=MINORS_PUBLIC,
    title="Ảnh có trẻ em đăng lên trang công khai",
    why="Để kể lại hoạt động có trẻ em tham gia.",
    fields=("hình trẻ em có trong ảnh", "tên người giám hộ đã đồng ý"),
    recipients="Mọi người đọc trang. Tên người giám hộ không đăng.",
    basis="Sự đồng ý của người giám hộ, và của trẻ em từ đủ 7 tuổi.",
    keep_months=PHOTO_MONTHS,
    kept_from="lúc đăng",
    consent="Tôi là người giám hộ của trẻ em trong ảnh; tôi và trẻ từ đủ 7 tuổi đồng ý để nhà trường đăng "
    "ảnh này trên trang của phong trào. Tôi có thể rút lại bất cứ lúc nào.",
)


def purge_names(now: datetime) -> int:
    """Forget names that were typed into old activities; people of the roster have their own end."""
    before = months_before(now, LOG_MONTHS).date()
    old = Activity.objects.filter(starts_on__lt=before, purged_at=None)
    done = 0
    for pk in list(old.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            held = Activity.objects.select_for_update().get(pk=pk)
            typed = Participant.objects.filter(activity=held, person=None)
            typed.update(name=FORGOTTEN, task="")
            ActivityEvent.objects.filter(activity=held).exclude(prepared_by="").update(
                prepared_by=FORGOTTEN
            )
            held.prepared_by = FORGOTTEN if held.prepared_by else ""
            held.purged_at = now
            held.save(update_fields=["prepared_by", "purged_at"])
        done += 1
    return done


def purge_files(now: datetime, kinds: frozenset[str], months: int) -> int:
    """Forget the files of old evidence of these kinds; that there was a piece, and when, stays."""
    old = Evidence.objects.kept().filter(kind__in=kinds, uploaded_at__lt=months_before(now, months))
    keys = list(old.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        with transaction.atomic():
            rows = Evidence.objects.select_for_update().filter(pk__in=keys[start : start + AT_ONCE])
            forget_files(list(rows), now)
    return len(keys)


def purge_stories(now: datetime) -> int:
    """Take photos out of stories that were told long ago; the words stay with the editors."""
    before = months_before(now, PHOTO_MONTHS)
    old = StoryPhoto.objects.filter(withdrawn_at=None, story__made_at__lt=before)
    rows = list(old.select_related("story__made_by"))
    for photo in rows:
        take_out(photo, by=photo.story.made_by, now=now)
    return len(rows)


def activities_under(full_name: str, phone: str, email: str) -> list[FoundRecord]:
    """Activities in which somebody of exactly this name took part, of the roster or as typed."""
    wanted = fold(" ".join(full_name.split()))
    if not words(wanted):
        return []
    rows = Participant.objects.filter(person=None).exclude(name=FORGOTTEN)
    # Names as typed have no key of their own: they are read through, which a rare request may cost.
    named = rows.order_by().values_list("name", flat=True).distinct()
    same = [name for name in named if fold(" ".join(name.split())) == wanted]
    taking = Participant.objects.filter(person=None, name__in=same)
    found = {row.activity_id: row for row in taking.select_related("activity__unit")[:MOST_FOUND]}
    listed = Participant.objects.filter(person__in=_people(wanted))
    for row in listed.select_related("activity__unit")[:MOST_FOUND]:
        found.setdefault(row.activity_id, row)
    return [
        FoundRecord(
            label=f"Nhật ký hoạt động: {row.activity}, {row.activity.unit}",
            url=row.activity.get_absolute_url(),
            when=timezone.localtime(row.activity.created_at),
        )
        for row in found.values()
    ]


def _people(wanted: str) -> list[int]:
    rows = Person.objects.filter(purged_at=None).found(wanted)
    return [person.pk for person in rows[:MOST_FOUND] if fold(person.full_name) == wanted]
