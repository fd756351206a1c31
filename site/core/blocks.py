"""The closed set of blocks a page's body is built of. At most twelve, on the whole site.

Each refuses what a reader could not use: an empty link, a skipped heading level, a picture that says
nothing to a screen reader. The reason is told beside the block.
"""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock
from wagtail.rich_text import RichText
from wagtailmedia.blocks import AbstractMediaChooserBlock

FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]
ANCHOR = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL | re.IGNORECASE)
VAGUE_LINKS = {"tại đây", "ở đây", "đây", "xem thêm", "click", "link", "bấm vào đây"}


def link_problems(html: str) -> list[str]:
    """What is wrong with the links of rich text: no words, no target, or words that say nothing."""
    problems = []
    for attributes, inner in ANCHOR.findall(html):
        label = " ".join(strip_tags(inner).split())
        if not label:
            problems.append("Có liên kết không có chữ: hãy xóa hoặc viết chữ cho liên kết.")
        elif "href=" not in attributes and "id=" not in attributes:
            problems.append(f"Liên kết “{label}” chưa có địa chỉ.")
        elif label.casefold().strip(" .…") in VAGUE_LINKS:
            problems.append(f"Liên kết “{label}” chưa nói dẫn tới đâu: hãy viết rõ nơi đến.")
    return problems


class TextBlock(blocks.RichTextBlock):
    """Rich text with few features, whose links lead somewhere and say where."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", FEATURES)
        super().__init__(**kwargs)

    def clean(self, value: RichText) -> RichText:
        """The text, or a message for each bad link."""
        value = super().clean(value)
        problems = link_problems(value.source if value else "")
        if problems:
            raise ValidationError(problems)
        return value


class HeadingBlock(blocks.StructBlock):
    """A heading in the text: level two or three; level one is the page's title."""

    level = blocks.ChoiceBlock(
        label="Cấp",
        choices=[("h2", "Tiêu đề mục"), ("h3", "Tiêu đề nhỏ trong mục")],
        default="h2",
        search_index=False,
    )
    text = blocks.CharBlock(label="Nội dung", max_length=120)

    class Meta:
        icon = "title"
        label = "Tiêu đề"
        template = "blocks/heading.html"


class PictureBlock(blocks.StructBlock):
    """A picture with its description for those who can't see it, and a caption for all."""

    image = ImageBlock(label="Hình ảnh")
    caption = blocks.CharBlock(label="Chú thích", required=False, max_length=200)

    class Meta:
        icon = "image"
        label = "Hình ảnh"
        template = "blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words."""

    text = blocks.TextBlock(label="Lời trích", max_length=600)
    who = blocks.CharBlock(label="Của ai", required=False, max_length=120)

    class Meta:
        icon = "openquote"
        label = "Lời trích"
        template = "blocks/quote.html"


class CalloutBlock(blocks.StructBlock):
    """A box that stands out: a note, a tip, a warning."""

    kind = blocks.ChoiceBlock(
        label="Loại",
        choices=[("note", "Ghi nhớ"), ("tip", "Mẹo"), ("warning", "Cảnh báo")],
        default="note",
    )
    title = blocks.CharBlock(label="Tiêu đề", required=False, max_length=120)
    html = TextBlock(label="Nội dung")

    class Meta:
        icon = "warning"
        label = "Khung lưu ý"
        template = "blocks/callout.html"


class StepBlock(blocks.StructBlock):
    """One step of a how-to."""

    title = blocks.CharBlock(label="Việc làm", max_length=160)
    html = TextBlock(label="Chi tiết", required=False)

    class Meta:
        label = "Bước"


class StepsBlock(blocks.StructBlock):
    """Numbered steps, one act each."""

    title = blocks.CharBlock(label="Tiêu đề", required=False, max_length=120)
    items = blocks.ListBlock(StepBlock(), label="Các bước", min_num=1)

    class Meta:
        icon = "list-ol"
        label = "Các bước làm"
        template = "blocks/steps.html"


class QuestionBlock(blocks.StructBlock):
    """A question with its answer."""

    question = blocks.CharBlock(label="Câu hỏi", max_length=200)
    html = TextBlock(label="Trả lời")

    class Meta:
        label = "Câu hỏi"


class QuestionsBlock(blocks.StructBlock):
    """Questions that unfold, without script."""

    items = blocks.ListBlock(QuestionBlock(), label="Các câu hỏi", min_num=1)

    class Meta:
        icon = "help"
        label = "Hỏi và đáp"
        template = "blocks/questions.html"


class LinkBlock(blocks.StructBlock):
    """A link to another place, with what is found there."""

    label = blocks.CharBlock(label="Tên", max_length=160)
    url = blocks.URLBlock(label="Địa chỉ", max_length=500)
    note = blocks.CharBlock(label="Ở đó có gì", required=False, max_length=200)

    class Meta:
        label = "Liên kết"


class LinksBlock(blocks.StructBlock):
    """A list of links to trusted places."""

    title = blocks.CharBlock(label="Tiêu đề", required=False, max_length=120)
    items = blocks.ListBlock(LinkBlock(), label="Các liên kết", min_num=1)

    class Meta:
        icon = "link"
        label = "Danh sách liên kết"
        template = "blocks/links.html"


class FileBlock(blocks.StructBlock):
    """A file to take away, with its kind and size said beforehand."""

    document = DocumentChooserBlock(label="Tệp")
    note = blocks.CharBlock(label="Ghi chú", required=False, max_length=200)

    class Meta:
        icon = "doc-full"
        label = "Tệp tải về"
        template = "blocks/file.html"


class MediaChooserBlock(AbstractMediaChooserBlock):
    """Chooses a video or a sound; `blocks/media.html` shows it."""

    def render_basic(self, value: Any, context: Any = None) -> str:
        """The title: the player is drawn by the surrounding block's template."""
        return str(value or "")


class MediaBlock(blocks.StructBlock):
    """A video or sound of our own, with captions and transcript."""

    media = MediaChooserBlock(label="Video hoặc âm thanh")
    caption = blocks.CharBlock(label="Chú thích", required=False, max_length=200)

    class Meta:
        icon = "media"
        label = "Video, âm thanh"
        template = "blocks/media.html"


def heading_problem(levels: list[tuple[int, str]]) -> tuple[int, str] | None:
    """The first heading that skips a level, as (place in the body, reason); None when all is well."""
    seen_h2 = False
    for place, level in levels:
        if level == "h3" and not seen_h2:
            return place, "Tiêu đề nhỏ phải đứng sau một “Tiêu đề mục”: đừng bỏ qua một cấp."
        seen_h2 = seen_h2 or level == "h2"
    return None


class BodyBlock(blocks.StreamBlock):
    """A page's body: ten blocks, no other."""

    paragraph = TextBlock(label="Đoạn văn", icon="pilcrow", template="blocks/paragraph.html")
    heading = HeadingBlock()
    picture = PictureBlock()
    steps = StepsBlock()
    callout = CalloutBlock()
    quote = QuoteBlock()
    questions = QuestionsBlock()
    links = LinksBlock()
    file = FileBlock()
    media = MediaBlock()

    def clean(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        """The body, or a message at the heading that skips a level."""
        value = super().clean(value, *args, **kwargs)
        levels = [
            (place, child.value["level"])
            for place, child in enumerate(value)
            if child.block_type == "heading"
        ]
        problem = heading_problem(levels)
        if problem:
            place, reason = problem
            raise StreamBlockValidationError(block_errors={place: ValidationError(reason)})
        return value

    class Meta:
        required = False
