"""Rows of the catalogue: written without loss, read with every fault named by its column."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from office.books import Row, read_book, write_book
from resources.catalogue.columns import ITEMS, KINDS, Terms
from resources.catalogue.reading import Found, files_named, read_rows
from resources.catalogue.rows import ItemRow, cells_of, joined, parted
from resources.choices import ItemKind
from tests.factories.questions import FAST, one_line, some_lines

YEAR = 2026
TERMS = Terms(
    audiences=("Người cao tuổi", "Cán bộ, công chức; viên chức", "Nông dân"),
    topics=("VNeID", "Dịch vụ công", "Mã", "Má"),
    competences={"1.1": "Duyệt, tìm kiếm", "4.2": "Bảo vệ dữ liệu cá nhân"},
    levels={"CB1": "Cơ bản, bậc 1", "TC2": "Trung cấp, bậc 4"},
    languages={"Tiếng Việt": "vi", "Tiếng Thái": "blt"},
    licences={"Dùng tự do": True, "Chỉ đặt liên kết": False},
    documents=frozenset({"pdf", "docx", "txt", "zip"}),
    media=frozenset({"mp4", "mp3"}),
    pictures=frozenset({"png", "jpg"}),
)
NAMES = [column.name for column in ITEMS.columns]
SOUND = {
    "title": "Sổ tay", "kind": "Tài liệu", "language": "Tiếng Việt", "licence": "Dùng tự do",
    "files": "a.pdf",
}  # fmt: skip


def read(**cells) -> Found:
    """A sound row with other cells, read."""
    return read_rows([Row(7, SOUND | cells)], TERMS, this_year=YEAR)[0]


def some(values, most=3):
    """Some of these, each once."""
    return st.lists(st.sampled_from(list(values)), max_size=most, unique=True).map(tuple)


def words(most: int = 30):
    """Any stored text of one line."""
    return one_line(longest=most)


def named(*endings: str):
    """A file's name."""
    stems = one_line(least=1, longest=12).filter(
        lambda text: not text.startswith(".") and not text.endswith("/")
    )
    return st.builds(lambda stem, end: f"{stem}.{end}", stems, st.sampled_from(endings))


@st.composite
def item_rows(draw) -> ItemRow:
    """Any sound row."""
    files = tuple(draw(st.lists(named("pdf", "docx"), min_size=1, max_size=3, unique=True)))
    labels = draw(st.lists(words(20), max_size=len(files)))
    while labels and not labels[-1]:
        labels.pop()
    media = draw(st.sampled_from(["", "phim.mp4", "loi; nói.mp3"]))
    picture = draw(st.sampled_from(["", "bìa.png"]))
    tags = draw(st.lists(one_line(least=1, longest=20), max_size=4, unique_by=str.casefold))
    return ItemRow(
        row=draw(st.integers(2, 9000)),
        title=draw(one_line(least=1)),
        kind=draw(st.sampled_from(sorted(set(KINDS.values()) - {ItemKind.COURSE}))),
        summary=draw(words()),
        audiences=draw(some(TERMS.audiences)),
        topics=draw(some(TERMS.topics)),
        competences=draw(some([("1.1", ""), ("1.1", "CB1"), ("4.2", "TC2"), ("4.2", "")])),
        language=draw(st.sampled_from(list(TERMS.languages))),
        minutes=draw(st.one_of(st.none(), st.integers(1, 6000))),
        author=draw(words()),
        source=draw(words()),
        source_url=draw(st.sampled_from(["", "https://example.vn/a;b?c=1"])),
        licence="Dùng tự do",
        year=draw(st.one_of(st.none(), st.integers(2000, YEAR))),
        tags=tuple(tags),
        files=files,
        labels=tuple(labels),
        media=media,
        link="https://example.vn/xem" if not media else "",
        captions="phu-de.vtt" if media and draw(st.booleans()) else "",
        transcript=draw(some_lines().filter(lambda text: not text.endswith("txt")))
        if media
        else "",
        picture=picture,
        picture_alt="Một lớp học" if picture else draw(words()),
        picture_caption=draw(words()),
    )


@settings(max_examples=60, deadline=None, phases=FAST)
@given(st.lists(item_rows(), max_size=3))
def test_what_is_written_to_a_real_workbook_reads_back_the_same(items):
    book = read_book(write_book([(ITEMS, [cells_of(item) for item in items])]), [ITEMS])
    found = read_rows(book.rows[ITEMS.title], TERMS, this_year=YEAR)
    assert book.faults == []
    assert [one.problems for one in found] == [()] * len(items)
    numbered = [one.row for one in found]
    assert [cells_of(one) for one in numbered] == [cells_of(item) for item in items]
    for one, item in zip(numbered, items, strict=True):
        for name in NAMES:
            assert getattr(one, name) == getattr(item, name), name
        assert one.media == item.media


@settings(max_examples=200, deadline=None)
@given(st.lists(one_line(longest=20), max_size=5))
def test_a_list_in_one_cell_comes_apart_as_it_was_joined(values):
    while values and not values[-1]:
        values.pop()
    assert parted(joined(values)) == values


@settings(max_examples=300, deadline=None, phases=FAST)
@given(
    st.dictionaries(
        st.sampled_from(NAMES),
        st.one_of(
            st.text(max_size=30), st.integers(), st.floats(), st.booleans(), st.none(),
            st.datetimes(), st.sampled_from([*KINDS, "a.pdf; b.mp4", "4.2 CB1", "https://a.vn"]),
        ),
    )
)  # fmt: skip
def test_no_cell_fails_but_with_words(cells):
    (found,) = read_rows([Row(7, cells)], TERMS, this_year=YEAR)
    assert found.row.row == 7
    assert all(said.startswith("Cột “") for said in found.problems)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"title": " "}, "Cột “Tên học liệu”: chưa ghi."),
        ({"title": "x" * 256}, "Cột “Tên học liệu”: dài 256 ký tự, nhiều nhất 255."),
        ({"kind": "Bài trình chiêu"}, None),
        ({"kind": "Trình chiếu"}, "Có phải “Bài trình chiếu”?"),
        ({"kind": ""}, "Cột “Loại”: chưa ghi."),
        ({"language": "Tiếng Anh"}, "Cột “Ngôn ngữ”: Không có “Tiếng Anh” trong danh mục."),
        ({"licence": ""}, "Cột “Giấy phép”: chưa ghi."),
        ({"licence": "chi dat lien ket"}, "Giấy phép này không cho sao chép"),
        ({"topics": "VNeID; Dịch vụ côngg"}, "Có phải “Dịch vụ công”?"),
        ({"topics": "ma"}, "có thể là nhiều giá trị: hãy ghi đủ dấu."),
        ({"competences": "9.9"}, "không có năng lực thành phần mã “9.9”"),
        ({"competences": "4.2 XX9"}, "không có bậc “XX9”. Các bậc: CB1, TC2."),
        ({"minutes": "nửa giờ"}, "Cột “Thời lượng (phút)”: “nửa giờ” không phải là số phút."),
        ({"minutes": 0}, "từ 1 đến 6000 phút."),
        ({"year": 1999}, "Cột “Năm”: Năm trong khoảng 2000 đến 2026."),
        ({"year": 2027}, "Năm trong khoảng"),
        ({"link": "vnexpress"}, "không phải là địa chỉ bắt đầu bằng https:// hoặc http://."),
        ({"link": "javascript:alert(1)"}, "không phải là địa chỉ"),
        ({"files": "a.exe"}, "“a.exe”: không nhận loại tệp này."),
        ({"files": "a.png"}, "“a.png” là hình: hãy ghi ở cột “Hình”."),
        ({"files": "a.pdf; b.mp4; c.mp3"}, "chỉ có một video hoặc âm thanh"),
        ({"files": "; ".join(f"{n}.pdf" for n in range(21))}, "nhiều nhất 20 tệp."),
        ({"files": ""}, "Cột “Tệp”: Hãy thêm ít nhất một tệp"),
        ({"kind": "Video", "files": ""}, "Cột “Tệp”: Hãy chọn video"),
        ({"kind": "Khóa học", "files": ""}, "Cột “Địa chỉ ở trang khác”: Khóa học cần địa chỉ"),
        ({"kind": "Infographic", "files": ""}, "Cột “Hình”: Infographic cần hình"),
        ({"labels": "A; B"}, "có 2 tên mà chỉ có 1 tệp."),
        ({"files": "a.mp4", "kind": "Video", "captions": "a.srt"}, "Cột “Phụ đề”: “a.srt” phải là tệp vtt."),
        ({"captions": "a.vtt"}, "cần video hoặc âm thanh ở cột “Tệp”."),
        ({"transcript": "Lời."}, "cần video hoặc âm thanh"),
        ({"picture": "bia.png"}, "Cột “Mô tả hình”: có hình thì phải tả hình bằng lời."),
        ({"tags": "x" * 101}, "dài quá 100 ký tự."),
    ],
)  # fmt: skip
def test_faults_are_named_by_their_column(cells, said):
    problems = read(**cells).problems
    if said is None:
        assert problems == ()
    else:
        assert len(problems) == 1
        assert said in problems[0]


@pytest.mark.parametrize(
    ("cells", "name", "value"),
    [
        ({"kind": "tai lieu"}, "kind", "tai-lieu"),
        ({"kind": "TÀI LIỆU"}, "kind", "tai-lieu"),
        ({"language": "vi"}, "language", "Tiếng Việt"),
        ({"audiences": "nguoi cao tuoi;nông  dân"}, "audiences", ("Người cao tuổi", "Nông dân")),
        ({"audiences": '"Cán bộ, công chức; viên chức"'}, "audiences",
         ("Cán bộ, công chức; viên chức",)),
        ({"topics": "má"}, "topics", ("Má",)),
        ({"topics": "VNeID\nDịch vụ công"}, "topics", ("VNeID", "Dịch vụ công")),
        ({"competences": "4.2.cb1; 1.1"}, "competences", (("4.2", "CB1"), ("1.1", ""))),
        ({"competences": 4.2}, "competences", (("4.2", ""),)),
        ({"competences": "4.2 Bảo vệ dữ liệu cá nhân"}, "competences", (("4.2", ""),)),
        ({"minutes": 20.0}, "minutes", 20),
        ({"tags": "An toàn; an toàn; b"}, "tags", ("An toàn", "b")),
        ({"title": "Cu\u031b\u0301u"}, "title", "C\u1ee9u"),
        ({"files": "a.pdf; A.PDF; b.mp4"}, "files", ("a.pdf", "A.PDF")),
        ({"files": "a.pdf; b.mp4", "transcript": "loi.txt"}, "transcript_file", "loi.txt"),
    ],
)  # fmt: skip
def test_cells_as_people_and_spreadsheets_write_them(cells, name, value):
    found = read(**cells)
    assert found.problems == ()
    assert getattr(found.row, name) == value


def test_a_code_that_became_a_date_is_told_how_to_mend():
    from datetime import datetime

    (said,) = read(competences=datetime(2026, 1, 1)).problems
    assert "đã đổi mã thành ngày" in said


@pytest.mark.parametrize(
    ("kind", "said"), [("Bộ câu hỏi", "câu hỏi"), ("bộ học liệu giảng dạy", "nội dung")]
)
def test_what_can_be_added_later_is_a_draft_with_a_word(kind, said):
    found = read(kind=kind, files="")
    assert found.problems == ()
    assert said in found.note


def test_each_file_is_named_with_its_purpose():
    row = read(files="a.pdf; b.mp4", captions="c.vtt", picture="d.png", picture_alt="x").row
    assert files_named(row) == [
        ("files", "document", "a.pdf"),
        ("files", "media", "b.mp4"),
        ("captions", "captions", "c.vtt"),
        ("picture", "picture", "d.png"),
    ]
