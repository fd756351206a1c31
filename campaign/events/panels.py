"""How events are laid out in the staff area."""

from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)

SERIES_PANELS = [
    FieldPanel("name"),
    FieldRowPanel([FieldPanel("kind"), FieldPanel("day"), FieldPanel("month")]),
    FieldPanel("summary"),
]
SESSION_PANELS = [
    FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
    FieldPanel("title"),
    FieldRowPanel([FieldPanel("place"), FieldPanel("host")]),
]
MATERIAL_PANELS = [FieldPanel("document"), PageChooserPanel("item", "resources.LibraryItemPage")]
EVENT_PANELS = [
    MultiFieldPanel(
        [
            FieldPanel("title"),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("unit")]),
            FieldRowPanel([FieldPanel("series"), FieldPanel("year"), FieldPanel("parent")]),
            FieldPanel("theme"),
            FieldPanel("summary"),
        ],
        heading="Sự kiện",
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
            FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
            FieldRowPanel([FieldPanel("place"), FieldPanel("commune")]),
            FieldRowPanel([FieldPanel("contact"), FieldPanel("phone")]),
            FieldPanel("live_url"),
        ],
        heading="Khi nào, ở đâu, hỏi ai",
    ),
    InlinePanel("sessions", heading="Chương trình", label="Mục"),
    FieldPanel("description"),
    FieldPanel("script"),
    FieldPanel("topics"),
    InlinePanel("materials", heading="Văn bản, học liệu", label="Tài liệu"),
    FieldPanel("takes_classes"),
    FieldPanel("outcome"),
    FieldPanel("is_public"),
]
