"""The publisher's check list."""

from core.workflow import PUBLISHING_CHECKS


def test_movements_own_rule_stands_first():
    assert PUBLISHING_CHECKS[0].label == (
        "Nội dung không thu phí, không quảng bá sản phẩm thương mại"
    )


def test_each_line_has_a_name_and_words_of_its_own():
    assert len({check.name for check in PUBLISHING_CHECKS}) == len(PUBLISHING_CHECKS) == 4
    assert len({check.label for check in PUBLISHING_CHECKS}) == 4
    assert all(check.name.isidentifier() for check in PUBLISHING_CHECKS)
