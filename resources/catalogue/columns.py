"""The sheets of the catalogue's workbook. Pure."""

from dataclasses import dataclass, field

from office.books import Column, Sheet
from resources.choices import ItemKind

KINDS = {str(kind.label): kind.value for kind in ItemKind}
VALUES_SHEET = "Giá trị dùng được"
EXAMPLE_SHEET = "Ví dụ"
MOST_VALUES = 400

ITEMS = Sheet(
    "Học liệu",
    (
        Column("title", "Tên học liệu", required=True, width=44),
        Column("kind", "Loại", required=True, choices=tuple(KINDS), width=20),
        Column("summary", "Tóm tắt", width=50),
        Column("audiences", "Dành cho", width=34),
        Column("topics", "Chủ đề", width=30),
        Column("competences", "Năng lực", width=18),
        Column(
            "language", "Ngôn ngữ", required=True, width=14,
            source=f"'{VALUES_SHEET}'!$E$2:$E${MOST_VALUES}",
        ),
        Column("minutes", "Thời lượng (phút)", width=16),
        Column("author", "Người soạn", width=26),
        Column("source", "Nguồn", width=26),
        Column("source_url", "Địa chỉ nguồn", width=26),
        Column(
            "licence", "Giấy phép", required=True, width=34,
            source=f"'{VALUES_SHEET}'!$F$2:$F${MOST_VALUES}",
        ),
        Column("year", "Năm", width=8),
        Column("tags", "Từ khóa", width=26),
        Column("files", "Tệp", width=30),
        Column("labels", "Tên tệp hiện ra", width=26),
        Column("link", "Địa chỉ ở trang khác", width=30),
        Column("captions", "Phụ đề", width=18),
        Column("transcript", "Bản chép lời", width=30),
        Column("picture", "Hình", width=18),
        Column("picture_alt", "Mô tả hình", width=26),
        Column("picture_caption", "Chú thích hình", width=26),
    ),
)  # fmt: skip
HEADINGS = {column.name: column.heading for column in ITEMS.columns}
EXAMPLES = Sheet(EXAMPLE_SHEET, ITEMS.columns)
VALUES = Sheet(
    VALUES_SHEET,
    (
        Column("kind", "Loại", width=24),
        Column("audience", "Dành cho", width=50),
        Column("topic", "Chủ đề", width=36),
        Column("competence", "Năng lực", width=60),
        Column("language", "Ngôn ngữ", width=16),
        Column("licence", "Giấy phép", width=50),
        Column("level", "Trình độ", width=30),
    ),
)
NOTES = (
    "Điền trang tính “Học liệu”: mỗi dòng là một học liệu. Cột nền xanh phải có. Trang “Ví dụ” chỉ để xem.",
    "Những ô chọn theo danh mục: xem trang “Giá trị dùng được”. Không phân biệt chữ hoa, chữ thường, dấu.",
    "Ô có nhiều giá trị thì cách nhau bằng dấu chấm phẩy: Người cao tuổi; Nông dân.",
    "Năng lực: mã năng lực thành phần, thêm mã bậc nếu biết: 4.2 CB1; 1.1.",
    "Tệp: tên tệp trong tệp nén .zip tải lên cùng bảng, ví dụ so-tay.pdf; bài tập.docx. Video, âm thanh "
    "cũng ghi ở đây, mỗi học liệu một tệp. Tệp nằm trong thư mục thì ghi cả thư mục khi có hai tệp trùng tên.",
    "Tên tệp hiện ra: theo đúng thứ tự của các tệp; để trống thì dùng tên học liệu.",
    "Địa chỉ ở trang khác: khóa học, video ở nơi khác, bắt đầu bằng https:// hoặc http://.",
    "Phụ đề: tên tệp .vtt trong tệp nén. Bản chép lời: viết thẳng vào ô, hoặc ghi tên tệp .txt trong tệp nén.",
    "Hình: tên tệp hình trong tệp nén; có hình thì phải có mô tả hình. Để trống thì PDF lấy trang đầu.",
    "Sau khi tải lên, trang cho xem trước từng dòng, chưa ghi gì. Mọi dòng được ghi cùng một lúc hoặc không "
    "dòng nào; học liệu mới là bản nháp, duyệt xong mới lên trang.",
    "Nội dung bài viết và câu hỏi tự kiểm tra không nằm trong bảng này: thêm ở trang của từng học liệu.",
    "Không gộp ô, không dùng công thức.",
)


@dataclass(frozen=True)
class Terms:
    """The values that cells may name: by their words, with what is needed of each."""

    audiences: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    # Code → name.
    competences: dict[str, str] = field(default_factory=dict)
    levels: dict[str, str] = field(default_factory=dict)
    # Name → code.
    languages: dict[str, str] = field(default_factory=dict)
    # Name → whether files under it may lie on the site.
    licences: dict[str, bool] = field(default_factory=dict)
    documents: frozenset[str] = frozenset()
    media: frozenset[str] = frozenset()
    pictures: frozenset[str] = frozenset()


def value_rows(terms: Terms) -> list[list[str]]:
    """The rows of the sheet of allowed values."""
    columns = [
        list(KINDS),
        list(terms.audiences),
        list(terms.topics),
        [f"{code} {name}" for code, name in terms.competences.items()],
        list(terms.languages),
        list(terms.licences),
        [f"{code} {name}" for code, name in terms.levels.items()],
    ]
    longest = max(map(len, columns))
    return [[column[n] if n < len(column) else "" for column in columns] for n in range(longest)]
