"""Verbs on self-checks: add a sheet to the sums, once.

Kept are three sums for each question, and for two days the random keys of sheets that were counted, which
say nothing of anybody. Who answered, and what, is stored nowhere.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from resources.models import CountedSheet, QuestionTally
from resources.questions.marking import Mark

# A sheet is counted within a day of being shown; by then its key has no more use.
KEPT = timedelta(days=2)


def claim_sheet(key: str, *, day: date) -> bool:
    """Whether the sheet with this random key comes for the first time. Called inside a transaction."""
    try:
        # The constraint decides between two requests with one sheet at once.
        with transaction.atomic():
            CountedSheet.objects.create(key=key, day=day)
    except IntegrityError:
        return False
    CountedSheet.objects.filter(day__lt=day - KEPT).delete()
    return True


@transaction.atomic
def count_sheet(key: str, marks: Mapping[int, Mark], *, day: date) -> bool:
    """Add the marks, by question, to the sums; False when this sheet was counted, or nothing is answered."""
    if not any(mark.is_answered for mark in marks.values()):
        return False
    if not claim_sheet(key, day=day):
        return False
    tallies = QuestionTally.objects.filter(question__in=list(marks))
    # Locked in one order: two sheets share questions in any order.
    list(tallies.order_by("pk").select_for_update())
    tallies.update(shown=F("shown") + 1)
    answered = [pk for pk, mark in marks.items() if mark.is_answered]
    tallies.filter(question__in=answered).update(answered=F("answered") + 1)
    right = [pk for pk, mark in marks.items() if mark.is_right]
    tallies.filter(question__in=right).update(right=F("right") + 1)
    return True
