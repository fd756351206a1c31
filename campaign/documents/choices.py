"""Closed lists of documents, forms and platforms. Values that stand in addresses are Vietnamese slugs."""

from django.db import models


class Visibility(models.TextChoices):
    """Who may read a document. A Party document is not public by itself."""

    INTERNAL = "internal", "Nội bộ"
    PUBLIC = "public", "Công khai"


class DocumentKind(models.TextChoices):
    """What sort of document; after Nghị định 30/2020/NĐ-CP, with laws and decrees before them."""

    LAW = "luat", "Luật"
    DECREE = "nghi-dinh", "Nghị định"
    RESOLUTION = "nghi-quyet", "Nghị quyết"
    DIRECTIVE = "chi-thi", "Chỉ thị"
    DECISION = "quyet-dinh", "Quyết định"
    CIRCULAR = "thong-tu", "Thông tư"
    REGULATION = "quy-che", "Quy chế, quy định"
    PLAN = "ke-hoach", "Kế hoạch"
    PROGRAMME = "chuong-trinh", "Chương trình"
    LETTER = "cong-van", "Công văn"
    NOTICE = "thong-bao", "Thông báo"
    GUIDANCE = "huong-dan", "Hướng dẫn"
    REPORT = "bao-cao", "Báo cáo"
    PROPOSAL = "to-trinh", "Tờ trình"
    MINUTES = "bien-ban", "Biên bản"
    INVITATION = "giay-moi", "Giấy mời"
    OTHER = "khac", "Văn bản khác"


class RelationKind(models.TextChoices):
    """What a document does to another, read from the later one."""

    BASED_ON = "based_on", "Căn cứ vào"
    AMENDS = "amends", "Sửa đổi, bổ sung"
    REPLACES = "replaces", "Thay thế"
    ENDS = "ends", "Làm hết hiệu lực"
    GUIDES = "guides", "Hướng dẫn thi hành"


# The same relations read from the other end.
TURNED = {
    RelationKind.BASED_ON: "Là căn cứ của",
    RelationKind.AMENDS: "Được sửa đổi, bổ sung bởi",
    RelationKind.REPLACES: "Được thay thế bằng",
    RelationKind.ENDS: "Hết hiệu lực theo",
    RelationKind.GUIDES: "Được hướng dẫn thi hành bởi",
}
# These order documents in time: none may come back to where it began.
ORDERED = (RelationKind.REPLACES, RelationKind.AMENDS, RelationKind.ENDS)


class PlatformKind(models.TextChoices):
    """What sort of place a link leads to."""

    NATIONAL = "national", "Nền tảng quốc gia"
    PROGRAMME = "programme", "Chương trình phổ cập kỹ năng số"
    PROVINCIAL = "provincial", "Cổng của tỉnh"
    MOOC = "mooc", "Khóa học trực tuyến mở"
    SERVICE = "service", "Dịch vụ công, tiện ích số"
    PARTNER = "partner", "Đối tác cùng làm"


class AudienceGroup(models.TextChoices):
    """Whom a platform serves (plan HN 1b names three; the others are the plans' own groups)."""

    EVERYBODY = "moi-nguoi", "Mọi người"
    CITIZENS = "nguoi-dan", "Người dân"
    OFFICIALS = "can-bo-cong-chuc", "Cán bộ, công chức, viên chức"
    WORKERS = "nguoi-lao-dong", "Người lao động trong doanh nghiệp"
    TEACHERS = "nha-giao", "Cán bộ quản lý, nhà giáo"
    STUDENTS = "hoc-sinh-sinh-vien", "Học sinh, sinh viên"
