"""What a publisher vouches for before a page goes out.

The movement's rule stands first: no fee, no commercial promotion (plan SL I.2); then data security
(plan CB I.2) and what a reader must be able to trust.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the check list: form field name and sentence."""

    name: str
    label: str


PUBLISHING_CHECKS = (
    Check("free_of_charge", "Nội dung không thu phí, không quảng bá sản phẩm thương mại"),
    Check("no_personal_data", "Không lộ dữ liệu cá nhân; ảnh đã được người trong ảnh đồng ý"),
    Check("facts_checked", "Số liệu, văn bản, tên người và đơn vị đã được đối chiếu nguồn"),
    Check("readable", "Câu chữ dễ hiểu; hình có mô tả; liên kết mở đúng nơi"),
)
