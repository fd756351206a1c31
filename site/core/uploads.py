"""Checks of uploaded files, with the message beside the field."""

from pathlib import PurePath
from typing import Any

import filetype
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm
from wagtailmedia.forms import BaseMediaForm

from core.rules import looks_like

HEAD = 4096


def check_upload(upload: Any, *, max_size: int) -> None:
    """Raise ValidationError when `upload` is too large or is not what its name says."""
    if upload.size > max_size:
        raise ValidationError(
            f"Tệp nặng {filesizeformat(upload.size)}, vượt mức cho phép {filesizeformat(max_size)}."
        )
    if not upload.size:
        raise ValidationError("Tệp rỗng: hãy chọn lại tệp.")
    upload.seek(0)
    head = upload.read(HEAD)
    upload.seek(0)
    extension = PurePath(upload.name).suffix.lstrip(".").lower()
    guessed = filetype.guess(head)
    if not looks_like(extension, guessed.extension if guessed else None, head):
        raise ValidationError(
            f"Nội dung tệp không phải là .{extension}: tệp bị đổi đuôi hoặc đã hỏng. "
            "Hãy mở lại bằng phần mềm gốc và lưu đúng định dạng."
        )


def check_captions(upload: Any) -> None:
    """Raise ValidationError when `upload` does not begin as the WebVTT format demands."""
    upload.seek(0)
    head = upload.read(64).removeprefix(b"\xef\xbb\xbf")
    upload.seek(0)
    if not head.startswith(b"WEBVTT"):
        raise ValidationError("Phụ đề phải là tệp .vtt, dòng đầu ghi WEBVTT.")


class CheckedImageForm(BaseImageForm):
    """Pictures: a broken file is refused with a word, where Wagtail's own check would fail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" not in self.fields:
            return
        measure = self.fields["file"].check_image_pixel_size

        def checked(upload: Any) -> None:
            try:
                measure(upload)
            except (OSError, SyntaxError, ValueError) as broken:
                raise ValidationError("Tệp hình bị hỏng: hãy chọn lại hình gốc.") from broken

        self.fields["file"].check_image_pixel_size = checked


class CheckedDocumentForm(BaseDocumentForm):
    """Documents: size and content are checked before they are kept."""

    def clean_file(self) -> Any:
        """The file, when it is what it says."""
        upload = self.cleaned_data.get("file")
        if upload and "file" in self.changed_data:
            check_upload(upload, max_size=settings.DOCUMENT_MAX_UPLOAD_SIZE)
        return upload


class CheckedMediaForm(BaseMediaForm):
    """Videos and sounds: the same; captions must be WebVTT."""

    def clean_file(self) -> Any:
        """The file, when it is what it says."""
        upload = self.cleaned_data.get("file")
        if upload and "file" in self.changed_data:
            check_upload(upload, max_size=settings.MEDIA_MAX_UPLOAD_SIZE)
        return upload

    def clean_captions(self) -> Any:
        """The captions, when they begin as the WebVTT format demands."""
        upload = self.cleaned_data.get("captions")
        if upload and "captions" in self.changed_data:
            check_captions(upload)
        return upload
