"""Files as they are kept: a PDF as it came, a picture made fit to keep; and links that lead somewhere."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from core.uploads import check_upload
from files.photos import BadPhoto, take_photo

PDF = b"%PDF-"


def kept_file(upload: Any, *, max_size: int) -> tuple[bytes, str]:
    """The bytes to keep and their ending; a picture loses the place it was taken at.

    ValidationError under `upload` for what is neither a PDF nor a picture, or too large.
    """
    upload.seek(0)
    data: bytes = upload.read()
    if data.startswith(PDF):
        try:
            check_upload(upload, max_size=max_size)
        except ValidationError as refused:
            raise ValidationError({"upload": refused.messages}) from refused
        return data, ".pdf"
    try:
        return take_photo(data).data, ".jpg"
    except BadPhoto as bad:
        raise ValidationError({"upload": f"{bad} Nhận PDF, JPG, PNG, HEIC."}) from bad


def web_link(url: str) -> str:
    """The address, when it is one of the web; ValidationError under `url`."""
    try:
        URLValidator(schemes=["http", "https"])(url)
    except ValidationError as wrong:
        raise ValidationError({"url": "Đường dẫn bắt đầu bằng http:// hoặc https://."}) from wrong
    return url
