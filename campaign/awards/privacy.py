"""What award dossiers keep of people, for what, and for how long; and how it is forgotten."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from campaign.awards.models import (
    CollectiveReport,
    Confirmation,
    DossierOpening,
    DossierRevision,
    IndividualReport,
    Invitation,
    Nominee,
    NomineeConsent,
    NomineePiece,
    SignedProposal,
)
from campaign.awards.purposes import DOSSIER, PICTURE, PUBLISH
from core.text import fold, words
from core.workdays import months_before
from privacy.registry import FoundRecord, Purpose

# Two school years: an award may be contested, and the next year's proposals lean on it.
KEEP_MONTHS = 24
MOST_FOUND = 50

KEPT = Purpose(
    key=DOSSIER,
    title="Hồ sơ đề nghị khen thưởng",
    why="Để viết báo cáo thành tích theo mẫu của kế hoạch, thẩm tra tiêu chí và liên lạc với người "
    "được đề nghị.",
    fields=(
        "họ và tên, lớp hoặc đơn vị, mã số",
        "ngày sinh, giới tính, số điện thoại, thư điện tử (nếu mẫu có)",
        "quá trình tham gia, minh chứng, giấy xác nhận và tờ trình có chữ ký",
    ),
    recipients="Đơn vị đề nghị, đơn vị thường trực và Hội đồng; mỗi lần mở hồ sơ đều được ghi lại.",
    basis="Nhiệm vụ khen thưởng của nhà trường theo quy chế.",
    keep_months=KEEP_MONTHS,
    kept_from="ngày hết hạn nhận hồ sơ; tên trong danh sách được khen thì giữ theo quy định lưu trữ",
    purge=lambda now: _purged(now),
)
PUBLIC = Purpose(
    key=PUBLISH,
    title="Công bố tên người được khen thưởng",
    why="Để nêu gương trên trang của phong trào.",
    fields=("họ và tên, lớp hoặc đơn vị, hình thức khen, số quyết định",),
    recipients="Mọi người đọc trang.",
    basis="Sự đồng ý của người được khen; với người dưới 16 tuổi là của cha mẹ hoặc người giám hộ.",
    keep_months=KEEP_MONTHS,
    kept_from="ngày hết hạn nhận hồ sơ",
    consent="Tôi đồng ý để nhà trường đăng họ tên, lớp hoặc đơn vị và hình thức khen thưởng trên trang của "
    "phong trào. Tôi có thể rút lại bất cứ lúc nào.",
)

PICTURES = Purpose(
    key=PICTURE,
    title="Công bố ảnh của người được khen thưởng",
    why="Để bài nêu gương có hình người thật, việc thật.",
    fields=("ảnh hoạt động có hình người được khen",),
    recipients="Mọi người đọc trang.",
    basis="Sự đồng ý của người trong ảnh; với người dưới 16 tuổi là của cha mẹ hoặc người giám hộ.",
    keep_months=KEEP_MONTHS,
    kept_from="ngày hết hạn nhận hồ sơ",
    consent="Tôi đồng ý để nhà trường đăng ảnh hoạt động của tôi trong hồ sơ này trên trang của phong trào. "
    "Tôi có thể rút lại bất cứ lúc nào.",
)


def _purged(now: datetime) -> int:
    return purge_dossiers(now)


@transaction.atomic
def purge_dossiers(now: datetime) -> int:
    """Forget what forms 2 and 3 asked of people, papers and frozen copies; who was proposed stays. How many."""
    before = months_before(now, KEEP_MONTHS).date()
    old = {"nominee__dossier__round__closes_on__lt": before}
    count = 0
    papers: tuple[Any, ...] = (Confirmation, NomineeConsent, NomineePiece)
    for model in papers:
        count += _forget_files(model.objects.filter(**old))
    # Before the revisions they were printed from.
    count += _forget_files(SignedProposal.objects.filter(dossier__round__closes_on__lt=before))
    told = IndividualReport.objects.filter(**old).exclude(
        phone="", email="", born_on=None, process=""
    )
    count += told.update(
        born_on=None, gender="", phone="", email="", process="", declared_why="", products="",
        self_assessment="",
    )  # fmt: skip
    named = CollectiveReport.objects.filter(**old).exclude(representative="", duties="")
    count += named.update(representative="", duties="")
    # What was written by invitation goes with its invitation.
    Invitation.objects.filter(**old).delete()
    DossierOpening.objects.filter(dossier__round__closes_on__lt=before).delete()
    DossierRevision.objects.filter(dossier__round__closes_on__lt=before).delete()
    return count


def dossiers_under(full_name: str, phone: str, email: str) -> list[FoundRecord]:
    """Proposals in which somebody of exactly this name stands, or who left this number or address."""
    key = " ".join(words(fold(full_name)))
    asked = Q(pk__in=[])
    if key:
        asked |= Q(name_key=key)
    if phone:
        asked |= Q(individual_report__phone=phone)
    if email:
        asked |= Q(individual_report__email__iexact=email)
    rows = Nominee.objects.filter(asked, unit=None).select_related(
        "dossier__round", "dossier__unit"
    )
    return [
        FoundRecord(
            label=f"Hồ sơ khen thưởng: {row}, {row.dossier}", url=row.get_absolute_url(),
            when=timezone.localtime(row.added_at),
        )
        for row in rows[:MOST_FOUND]
    ]  # fmt: skip


def _forget_files(rows: Any) -> int:
    """Delete rows with their files, those once the transaction stands. How many files."""
    kept = list(rows.exclude(file=""))
    for row in kept:
        transaction.on_commit(partial(row.file.storage.delete, str(row.file.name)))
    rows.delete()
    return len(kept)
