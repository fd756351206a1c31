"""How items and paths are laid out in the editor."""

from django.forms import CheckboxSelectMultiple, Select
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtailmedia.widgets import AdminMediaChooser

# Short lists are chosen from where they stand; a window to choose in would cost three presses each.
COMPETENCE_PANELS = [
    FieldRowPanel([FieldPanel("competence", widget=Select), FieldPanel("level", widget=Select)])
]

ITEM_PANELS = [
    FieldRowPanel(
        [FieldPanel("kind"), FieldPanel("language", widget=Select), FieldPanel("minutes")]
    ),
    InlinePanel(
        "files",
        heading="Tệp để đọc và tải về",
        label="Tệp",
        help_text="Định dạng, dung lượng, số trang đọc từ tệp; trang đầu của PDF thành hình bìa.",
    ),
    MultiFieldPanel(
        [FieldPanel("media", widget=AdminMediaChooser), FieldPanel("link")],
        heading="Video, âm thanh, khóa học",
    ),
    MultiFieldPanel(
        [
            FieldPanel("audiences", widget=CheckboxSelectMultiple),
            FieldPanel("topics", widget=CheckboxSelectMultiple),
        ],
        heading="Cho ai, học gì",
    ),
    InlinePanel(
        "competences",
        heading="Năng lực số (Thông tư 02/2025/TT-BGDĐT)",
        label="Năng lực",
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("author"), FieldPanel("year")]),
            FieldRowPanel([FieldPanel("source"), FieldPanel("source_url")]),
            FieldPanel("licence", widget=Select),
            FieldPanel("tags"),
        ],
        heading="Nguồn, giấy phép, từ khóa",
    ),
    MultiFieldPanel(
        [FieldPanel("picture"), FieldPanel("picture_alt"), FieldPanel("picture_caption")],
        heading="Hình (để trống thì dùng trang đầu của PDF)",
    ),
    FieldPanel("body"),
]

STEP_PANELS = [
    FieldPanel("item"),
    FieldPanel("outcome"),
    MultiFieldPanel(
        [
            FieldPanel("title"),
            FieldRowPanel([FieldPanel("url"), FieldPanel("provider")]),
            FieldPanel("needs_vneid"),
        ],
        heading="Hoặc một khóa học ở nơi khác",
    ),
    FieldPanel("minutes"),
]

PATH_PANELS = [
    FieldPanel("kind"),
    FieldPanel("audiences", widget=CheckboxSelectMultiple),
    InlinePanel(
        "steps",
        heading="Các bước, theo thứ tự học",
        label="Bước",
        help_text="Mỗi bước là một học liệu của thư viện, hoặc một khóa học ở nơi khác.",
    ),
    MultiFieldPanel(
        [
            FieldPanel("picture"),
            FieldPanel("picture_alt"),
            FieldPanel("picture_caption"),
            FieldRowPanel([FieldPanel("glyph"), FieldPanel("colour")]),
        ],
        heading="Hình đại diện",
    ),
    FieldPanel("body"),
]
