"""Closed lists of the library. Values that stand in addresses are Vietnamese slugs."""

from django.db import models

from campaign.units.choices import Role


class ItemKind(models.TextChoices):
    """What sort of learning material (plan HN 1c names four; the rest are the plans' own words)."""

    DOCUMENT = "tai-lieu", "Tài liệu"
    VIDEO = "video", "Video"
    AUDIO = "am-thanh", "Âm thanh"
    SLIDES = "bai-trinh-chieu", "Bài trình chiếu"
    INFOGRAPHIC = "infographic", "Infographic"
    QUESTIONS = "bo-cau-hoi", "Bộ câu hỏi"
    COURSE = "khoa-hoc", "Khóa học"
    KIT = "bo-hoc-lieu-day", "Bộ học liệu giảng dạy"


# What stands for an item that has no picture: a letter and a colour of the tile.
KIND_TILES = {
    ItemKind.DOCUMENT: ("Tà", "teal"),
    ItemKind.VIDEO: ("▶", "ink"),
    ItemKind.AUDIO: ("Ơ", "gold"),
    ItemKind.SLIDES: ("Bà", "red"),
    ItemKind.INFOGRAPHIC: ("Đồ", "gold"),
    ItemKind.QUESTIONS: ("?", "red"),
    ItemKind.COURSE: ("Họ", "teal"),
    ItemKind.KIT: ("Bộ", "ink"),
}


def tile_of(kind: str) -> tuple[str, str]:
    """Letter and colour for an item of `kind`; also for a draft that has none yet."""
    return KIND_TILES[ItemKind(kind) if kind in ItemKind.values else ItemKind.DOCUMENT]


# schema.org learningResourceType, in words that machines share.
LEARNING_TYPES = {
    ItemKind.DOCUMENT: "handout",
    ItemKind.VIDEO: "video",
    ItemKind.AUDIO: "audio",
    ItemKind.SLIDES: "presentation",
    ItemKind.INFOGRAPHIC: "infographic",
    ItemKind.QUESTIONS: "quiz",
    ItemKind.COURSE: "course",
    ItemKind.KIT: "lesson plan",
}


class AudienceSide(models.TextChoices):
    """Where the plans name a group: for a programme, among those who take part, or who benefit."""

    PROGRAMME = "programme", "Nhóm của chương trình phổ cập"
    HELPING = "helping", "Trực tiếp tham gia"
    LEARNING = "learning", "Thụ hưởng"


class Order(models.TextChoices):
    """How the list of items is sorted."""

    NEWEST = "moi-nhat", "Mới nhất"
    USED = "dung-nhieu", "Dùng nhiều nhất"
    TITLE = "ten", "Theo tên, A đến Y"


CHECK_NOTE = (
    "Ở các bộ câu hỏi tự kiểm tra, trang chỉ giữ ba con số cho mỗi câu: bao nhiêu lượt hỏi, bao nhiêu lượt có "
    "trả lời, bao nhiêu lượt đúng. Ai trả lời, trả lời thế nào thì không lưu ở đâu cả. Một mã ngẫu nhiên của "
    "mỗi phiếu, không gắn với người nào, được giữ hai ngày để một phiếu không bị đếm hai lần."
)


class QuestionKind(models.TextChoices):
    """How a question is answered. The labels stand in the workbook's column "Loại" too."""

    SINGLE = "single", "Một đáp án"
    MULTIPLE = "multiple", "Nhiều đáp án"
    TRUE_FALSE = "true_false", "Đúng sai"
    SHORT = "short", "Trả lời ngắn"
    MATCHING = "matching", "Ghép đôi"


# Answered by ticking: the answers are shown as they stand.
TICKED = (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.TRUE_FALSE)


class Wave(models.TextChoices):
    """When learners judge themselves: two rounds, answered by nobody in particular."""

    BEFORE = "before", "Trước khi học"
    AFTER = "after", "Sau khi học"


# Waves as addresses and forms name them.
WAVE_SLUGS = {"truoc": Wave.BEFORE, "sau": Wave.AFTER}


class Able(models.IntegerChoices):
    """How far somebody is with a skill, in his own words; the same four for all statements."""

    CANNOT = 1, "Chưa làm được"
    HELPED = 2, "Làm được khi có người giúp"
    ALONE = 3, "Tự làm được"
    TEACHES = 4, "Hướng dẫn được người khác"


# What counts as able, in every figure.
IS_ABLE = frozenset({Able.ALONE, Able.TEACHES})


class SheetSource(models.TextChoices):
    """How sheets came in."""

    WEB = "web", "Trả lời trên mạng"
    PAPER = "paper", "Phiếu giấy, nhập số đếm"


class Split(models.TextChoices):
    """By which units answers are counted."""

    WHOLE = "whole", "Chung cả đơn vị, không hỏi lớp"
    PARTS = "parts", "Theo từng đơn vị trực thuộc"
    CLASSES = "classes", "Theo từng lớp, từng đội"


class SurveyAct(models.TextChoices):
    """What was done with a survey."""

    MADE = "made", "Tạo phiếu"
    CHANGED = "changed", "Sửa phiếu"
    CLOSED = "closed", "Kết thúc đợt"
    SETTLED = "settled", "Chốt số liệu"
    ENTERED = "entered", "Nhập số đếm"
    CORRECTED = "corrected", "Sửa số đếm"


# Who makes surveys for his units and enters what came in on paper.
RUNS_SURVEYS = frozenset({Role.REPORTER, Role.UNIT_HEAD, Role.DEPUTY, Role.STANDING_OFFICE})
# Who sees them in his units.
SEES_SURVEYS = RUNS_SURVEYS | {Role.LEADER}
# Who puts right what another of the unit has entered.
MENDS_COUNTS = frozenset({Role.UNIT_HEAD, Role.DEPUTY, Role.STANDING_OFFICE})

SURVEY_NOTE = (
    "Phiếu tự đánh giá kỹ năng số không hỏi tên, không cần tài khoản, không đặt cookie. Trang không giữ phiếu "
    "của ai: mỗi câu trả lời chỉ làm một con số đếm của cả lớp, cả nhóm tăng thêm một. Mã ngẫu nhiên của mỗi "
    "phiếu, không gắn với người nào và câu trả lời nào, được giữ hai ngày để bấm hai lần không bị đếm hai lần. "
    "Kết quả chỉ hiện khi đã chốt số liệu, và không con số nào dưới 5 người được nêu ra hay suy ra được."
)


class BankVerdict(models.TextChoices):
    """What a question of an imported file does."""

    ADD = "add", "Sẽ thêm"
    CHANGE = "change", "Sẽ đổi"
    SAME = "same", "Giữ nguyên"
    REFUSE = "refuse", "Bị từ chối"


class PathKind(models.TextChoices):
    """An ordered way through the library: a programme of its own name, or a collection for an occasion."""

    PROGRAMME = "chuong-trinh", "Chương trình"
    COLLECTION = "bo-suu-tap", "Bộ sưu tập"


class ItemVerdict(models.TextChoices):
    """What a row of an uploaded catalogue does."""

    ADD = "add", "Sẽ thêm"
    KNOWN = "known", "Đã có"
    NOTE = "note", "Lưu ý"
    REFUSE = "refuse", "Bị từ chối"


class ItemImportState(models.TextChoices):
    """How far an import of items is."""

    WAITING = "waiting", "Đang chờ đọc"
    READING = "reading", "Đang đọc tệp"
    CHECKED = "checked", "Xem trước"
    REFUSED = "refused", "Có dòng bị từ chối"
    APPLYING = "applying", "Đang nhập"
    APPLIED = "applied", "Đã nhập"
    BROKEN = "broken", "Không đọc được"
    DROPPED = "dropped", "Đã bỏ"


UNDER_WAY = (ItemImportState.WAITING, ItemImportState.READING, ItemImportState.APPLYING)


class KnownItems(models.TextChoices):
    """What is done with rows whose items the library has already."""

    SKIP = "skip", "Bỏ qua các dòng đã có, chỉ thêm học liệu mới"
    ADD = "add", "Vẫn thêm chúng thành học liệu riêng"


class TagOutcome(models.TextChoices):
    """What becomes of one item when many are changed."""

    PUBLISHED = "published", "Đăng ngay"
    DRAFT = "draft", "Lưu bản nháp"
    SAME = "same", "Không đổi"
    REFUSED = "refused", "Không đổi được"


class ContributionState(models.TextChoices):
    """How far material is that a unit offers to the library."""

    DRAFT = "draft", "Đang soạn"
    WITH_HEAD = "with_head", "Chờ trưởng đơn vị"
    SENT = "sent", "Chờ thủ thư"
    READING = "reading", "Thủ thư đang xem"
    RETURNED = "returned", "Được trả lại"
    TAKEN = "taken", "Đã nhận vào thư viện"
    DECLINED = "declined", "Không nhận"


# The unit may change what it wrote.
OPEN_TO_WRITE = frozenset({ContributionState.DRAFT, ContributionState.RETURNED})
# It waits for the librarians.
AT_LIBRARY = frozenset({ContributionState.SENT, ContributionState.READING})
SETTLED = frozenset({ContributionState.TAKEN, ContributionState.DECLINED})


class Part(models.TextChoices):
    """In which part somebody moves a contribution."""

    WRITER = "writer", "Người soạn"
    HEAD = "head", "Trưởng đơn vị"
    LIBRARIAN = "librarian", "Thủ thư"


class Rights(models.TextChoices):
    """What a unit states about the rights in what it offers."""

    OWN = "own", "Đơn vị tự làm ra, đồng ý cho mọi người dùng theo giấy phép đã chọn"
    ALLOWED = "allowed", "Của người khác, có giấy phép hoặc sự đồng ý cho dùng lại"


class FileSort(models.TextChoices):
    """Into which of the library's stores a file goes."""

    DOCUMENT = "document", "Tệp để đọc"
    MEDIA = "media", "Video, âm thanh"
    PICTURE = "picture", "Hình"


class LinkState(models.TextChoices):
    """What is known of an address elsewhere."""

    NEW = "new", "Chưa kiểm tra"
    OK = "ok", "Mở được"
    BROKEN = "broken", "Hỏng"
    UNKNOWN = "unknown", "Không kiểm tra được"


class Fault(models.TextChoices):
    """What the health page counts; the values stand in addresses."""

    BROKEN_LINK = "lien-ket-hong", "Liên kết hỏng"
    UNKNOWN_LINK = "khong-kiem-tra-duoc", "Liên kết không kiểm tra được"
    CAPTIONS = "thieu-phu-de", "Thiếu phụ đề, bản chép lời"
    ALT = "thieu-mo-ta-hinh", "Hình thiếu mô tả"
    LICENCE = "thieu-giay-phep", "Thiếu giấy phép"
    COMPETENCE = "thieu-nang-luc", "Chưa gắn năng lực số"
    UNUSED = "chua-ai-dung", "Lâu không ai dùng"
    REVIEW = "can-xem-lai", "Đến hạn xem lại"
