"""How the register's records are laid out in the staff area."""

from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

FILE_PANELS = [FieldPanel("file"), FieldPanel("label")]
RELATION_PANELS = [FieldPanel("kind"), FieldPanel("target")]

DOCUMENT_PANELS = [
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("number"), FieldPanel("kind")]),
            FieldPanel("issuer"),
            FieldPanel("abstract"),
        ],
        heading="Văn bản",
    ),
    MultiFieldPanel(
        [
            FieldRowPanel(
                [FieldPanel("issue_date"), FieldPanel("effective_date"), FieldPanel("expired_on")]
            ),
            FieldRowPanel([FieldPanel("signer"), FieldPanel("signer_title")]),
            FieldPanel("recipients"),
        ],
        heading="Ngày tháng, người ký, nơi nhận",
    ),
    InlinePanel(
        "files",
        heading="Tệp đính kèm",
        label="Tệp",
        help_text="Chưa có tệp thì để trống: trang sẽ ghi là chưa có tệp.",
    ),
    InlinePanel(
        "relations",
        heading="Quan hệ với văn bản khác",
        label="Quan hệ",
        help_text="Ghi ở văn bản ra sau: căn cứ vào, sửa đổi, thay thế, hướng dẫn văn bản nào.",
    ),
    FieldPanel("basis_text"),
    MultiFieldPanel(
        [FieldPanel("visibility"), FieldPanel("disclosure_note")], heading="Ai được xem"
    ),
]
