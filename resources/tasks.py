"""Work for the background."""

import logging

from django.utils import timezone
from django_tasks import task

logger = logging.getLogger(__name__)


@task(backend="bg")
def judge_items(pk: int) -> None:
    """Read an uploaded catalogue and judge its rows."""
    from resources.services.item_imports import judge

    judge(pk, now=timezone.localtime())


@task(backend="bg")
def import_items(pk: int, by: int) -> None:
    """Import a judged catalogue."""
    from accounts.models import User
    from resources.services.item_imports import apply

    apply(pk, by=User.objects.get(pk=by), now=timezone.localtime())


@task(backend="bg")
def read_item_files(numbers: list[int]) -> None:
    """Read files that came by an import: pages, first page as a picture."""
    from core.models import SiteDocument
    from resources.services.files import facts_of

    for number in numbers:
        # Asked for one by one: somebody may delete one meanwhile.
        if document := SiteDocument.objects.filter(pk=number).first():
            facts_of(document)


@task(backend="bg")
def note_references(label: str, numbers: list[int]) -> None:
    """Write down what new records of a model refer to: the staff's lists of what is used where."""
    from django.apps import apps
    from django.db import transaction
    from wagtail.models import ReferenceIndex

    model = apps.get_model(label)
    if not ReferenceIndex.is_indexed(model):
        return
    for number in numbers:
        # One by one, each read with what it writes: somebody may change or delete one meanwhile.
        try:
            with transaction.atomic():
                if record := model._default_manager.filter(pk=number).first():
                    ReferenceIndex.create_or_update_for_object(record)
        except Exception:
            logger.exception("References of %s %s were not written down", label, number)
