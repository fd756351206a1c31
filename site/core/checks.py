"""House rules as system checks: `manage.py check` tells who breaks one."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.db import models
from wagtail.models import Page, get_page_models

from core.fields import BodyField
from core.search_fields import FoldedAutocompleteField, FoldedSearchField

MAX_BLOCKS = 12
PERSONAL_FIELDS = {
    "full_name", "phone", "email", "date_of_birth", "birth_year", "student_code", "contact_name",
}  # fmt: skip
# Settings of the site speak of an office, not of a person.
NOT_PERSONS = {"core.SiteSettings"}


def own_models() -> list[type[models.Model]]:
    """Models whose code is in this project."""
    root = str(settings.ROOT)
    own = [
        c for c in apps.get_app_configs() if str(c.path).startswith(root) and ".venv" not in c.path
    ]
    return [model for config in own for model in config.get_models()]


@register()
def every_page_is_found(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every page type carries the folded search fields, or readers without marks never find it."""
    errors: list[CheckMessage] = []
    for model in get_page_models():
        if model is Page:
            continue
        for kind in (FoldedSearchField, FoldedAutocompleteField):
            if not any(
                isinstance(f, kind) and f.field_name == "title" for f in model.search_fields
            ):
                errors.append(
                    Error(f"{model._meta.label} has no {kind.__name__}('title').", id="house.E001")
                )
    return errors


@register()
def persons_are_guarded(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every model that holds persons says who may see them: a queryset with `visible_to(user)`."""
    return [
        Error(f"{model._meta.label} holds persons and has no visible_to().", id="house.E002")
        for model in own_models()
        if model._meta.label not in NOT_PERSONS
        and PERSONAL_FIELDS & {field.name for field in model._meta.get_fields()}
        and not hasattr(model._default_manager.all(), "visible_to")
    ]


@register()
def blocks_are_few(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """One closed set of blocks, kept out of migrations."""
    from wagtail.fields import StreamField

    from core.blocks import BodyBlock

    errors: list[CheckMessage] = []
    if len(BodyBlock().child_blocks) > MAX_BLOCKS:
        errors.append(Error(f"More than {MAX_BLOCKS} blocks in a body.", id="house.E003"))
    for model in own_models():
        for field in model._meta.local_fields:
            if isinstance(field, StreamField) and not isinstance(field, BodyField):
                errors.append(
                    Error(f"{model._meta.label}.{field.name} is no BodyField.", id="house.E004")
                )
    return errors
