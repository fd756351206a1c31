"""The sheets of the workbook."""

from campaign.units.choices import PersonKind, Role, UnitKind
from office.books import Column, Sheet

# A school's own file: departments and schools are made in the staff area.
KINDS = {
    kind.label: kind.value
    for kind in UnitKind
    if kind not in (UnitKind.DEPARTMENT, UnitKind.INSTITUTION)
}
PERSON_KINDS = {"Sinh viên": PersonKind.STUDENT.value, "Cán bộ": PersonKind.STAFF.value}
ROLES = {role.label: role.value for role in Role if role != Role.DEPARTMENT_OFFICER}

UNITS = Sheet(
    "Đơn vị",
    (
        Column("code", "Mã", required=True),
        Column("name", "Tên đầy đủ", required=True, width=44),
        Column("short_name", "Tên gọn", width=24),
        Column("kind", "Loại", required=True, choices=tuple(KINDS)),
        Column("parent", "Mã đơn vị cấp trên"),
        Column("starts", "Có từ ngày", is_day=True),
        Column("count", "Sĩ số", width=10),
        Column("as_of", "Sĩ số tính đến ngày", is_day=True),
        Column("locality", "Địa bàn", width=30),
        Column("local_partner", "Địa phương phối hợp", width=30),
    ),
)
PEOPLE = Sheet(
    "Người",
    (
        Column("code", "Mã", required=True),
        Column("full_name", "Họ và tên", required=True, width=32),
        Column("kind", "Là", required=True, choices=tuple(PERSON_KINDS)),
        Column("unit", "Mã đơn vị", required=True),
        Column("birth_year", "Năm sinh", width=10),
        Column("since", "Có từ ngày", is_day=True),
        Column("account", "Mở tài khoản", choices=("Có", "Không")),
        Column("email", "Thư điện tử", width=30),
        Column("left_on", "Ngày cuối ở trường", is_day=True),
    ),
)
ROLES_SHEET = Sheet(
    "Vai trò",
    (
        Column("person", "Mã người", required=True),
        Column("role", "Vai trò", required=True, choices=(), width=34),
        Column("unit", "Mã đơn vị", required=True),
        Column("starts", "Từ ngày", is_day=True),
        Column("ends", "Đến hết ngày", is_day=True),
    ),
)
SHEETS = (UNITS, PEOPLE, ROLES_SHEET)
# A department's own file: its schools, and who begins in each.
SCHOOLS = Sheet(
    "Trường",
    (
        Column("code", "Mã trường", required=True),
        Column("name", "Tên đầy đủ", required=True, width=44),
        Column("short_name", "Tên gọn", width=24),
        Column("starts", "Có từ ngày", is_day=True),
        Column("person", "Mã người phụ trách", width=20),
        Column("full_name", "Họ và tên người phụ trách", width=32),
        Column("email", "Thư điện tử", width=30),
    ),
)
SCHOOL_NOTES = (
    "Mỗi dòng là một trường của sở. Cột nền xanh là bắt buộc.",
    "Mã trường không phân biệt chữ hoa, chữ thường, dấu và khoảng trắng; không trùng trường nào khác.",
    "Người phụ trách: người đầu tiên của đơn vị thường trực ở trường đó, được mở tài khoản; sau đó trường tự "
    "nhập lớp, phòng, khoa và người của mình.",
    "Có thư điện tử thì người đó nhận thư mời; không có thì in phiếu tài khoản sau khi nhập.",
    "Trường đã có: dòng có mã trùng sẽ sửa tên. Trường không có trong tệp vẫn được giữ.",
    "Ngày viết 25/12/2026. Không gộp ô, không dùng công thức.",
)
NOTES = (
    "Ba trang tính: Đơn vị, Người, Vai trò. Trang nào không cần thì để trống.",
    "Cột nền xanh là bắt buộc. Mã không phân biệt chữ hoa, chữ thường, dấu và khoảng trắng.",
    "Đơn vị: để trống “Mã đơn vị cấp trên” là trực thuộc trường. Thứ tự các dòng tùy ý.",
    f"Loại đơn vị: {', '.join(KINDS)}.",
    f"Vai trò: {', '.join(ROLES)}.",
    "Ngày viết 25/12/2026. Không gộp ô, không dùng công thức.",
    "Người đã có: dòng có mã trùng sẽ sửa tên, năm sinh, chuyển đơn vị. Người không có trong tệp vẫn được giữ.",
    "Ngày cuối ở trường: ghi ngày cuối khi một người thôi; tài khoản bị khóa ngay.",
    "Năm sinh chỉ ghi khi cần: người dưới 16 tuổi phải có người giám hộ đồng ý mới được nêu tên.",
    "Sau khi tải lên, trang cho xem trước từng dòng. Chỉ khi không có dòng nào bị từ chối mới áp dụng được.",
)
