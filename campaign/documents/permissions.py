"""Who may have a file of the register."""

from typing import Any

from campaign.documents.models import FormTemplate, OfficialDocument
from core.models import SiteDocument


def is_in_register(file: SiteDocument) -> bool:
    """Whether the file belongs to a document or a form."""
    return file.register_files.exists() or file.form_files.exists()  # type: ignore[attr-defined]


def user_can_read_file(user: Any, file: SiteDocument) -> bool:
    """Whether one of the documents and forms the file belongs to is open to `user`."""
    documents = OfficialDocument.objects.visible_to(user).filter(files__file=file)
    forms = FormTemplate.objects.visible_to(user).filter(versions__file=file)
    return documents.exists() or forms.exists()
