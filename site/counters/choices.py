"""What is counted, and how that is told to the public."""

from django.db import models


class Act(models.TextChoices):
    """What a reader does with a thing."""

    VIEW = "view", "Lượt xem"
    DOWNLOAD = "download", "Lượt tải"


# Where the public reads COUNTING_NOTE: a part of the privacy page.
NOTE_ADDRESS = "/quyen-rieng-tu/#luot-xem"

COUNTING_NOTE = (
    "Trang này đếm số lượt xem bài và số lượt tải tệp mà không dùng cookie và không biết ai đã xem. "
    "Mỗi người, mỗi bài, mỗi ngày chỉ được tính một lượt. Để không tính hai lần, máy chủ đổi địa chỉ "
    "mạng và tên trình duyệt thành một mã bằng một khóa ngẫu nhiên của riêng ngày hôm đó; bản thân địa "
    "chỉ và tên trình duyệt không được lưu. Hết ngày, khóa và mọi mã đều bị xóa, chỉ còn lại tổng số "
    "của từng tháng. Lượt của máy tìm kiếm và chương trình tự động, lượt do trang khác gọi tới và lượt "
    "của người làm trang không được tính. Nhiều máy giống nhau dùng chung một đường mạng có thể chỉ "
    "được tính là một; mỗi đường mạng được tính nhiều nhất 60 lượt cho một bài trong một ngày. Vì vậy "
    "con số ở đây thường thấp hơn, chứ không cao hơn thực tế."
)
