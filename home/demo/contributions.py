"""The demo's material from units: one that waits for the librarians, one that stands in the library."""

from typing import Any
from uuid import UUID, uuid5

from django.core.files import File
from django.utils import timezone

from accounts.models import User
from accounts.services import ensure_demo_accounts
from home.demo.library import OWN
from home.demo.people import unit_at
from home.demo.reading import FOLDER, read
from resources.models import (
    Audience,
    Contribution,
    ItemReview,
    Language,
    LibraryItemPage,
    Licence,
    Topic,
)
from resources.services import begin_contribution, move_contribution, put_file

SPACE = UUID("0f4e8d2a-64a1-4b57-a3a0-5a2f7f3f9c55")


def load_contributions() -> None:
    """Where no unit has offered anything yet."""
    if Contribution.objects.exists():
        return
    ensure_demo_accounts()
    content = read("contributions")
    for row in content["offer"]:
        _offer(row)
    for row in content["review"]:
        item = LibraryItemPage.objects.filter(slug=row["slug"]).first()
        if item:
            ItemReview.objects.update_or_create(item=item, defaults={"review_by": row["by"]})


def _offer(row: dict[str, Any]) -> None:
    by, now = User.objects.get(username=row["by"]), timezone.now()
    told = {
        "kind": row["kind"], "title": row["title"], "summary": row["summary"], "rights": "own",
        "language": Language.objects.get(code="vi"), "licence": Licence.objects.get(slug=OWN),
        "audiences": Audience.objects.filter(name__in=row["audiences"]),
        "topics": Topic.objects.filter(slug__in=row["topics"]), "note": row["note"],
    }  # fmt: skip
    key = uuid5(SPACE, row["file"])
    made = begin_contribution(unit_at(row["unit"]), told, key=key, by=by, now=now)
    with (FOLDER / "library" / f"{row['file']}.pdf").open("rb") as file:
        made = put_file(made, File(file, name=f"{row['file']}.pdf"), by=by, now=now)
    made = move_contribution(made, "send", by=by, now=now)
    if row.get("taken"):
        librarian = User.objects.get(username="demo.librarian")
        made = move_contribution(made, "take_up", by=librarian, now=now)
        page = LibraryItemPage.objects.get(contribution=made)
        page.current_workflow_state.cancel(user=librarian)
        page.get_latest_revision().publish(user=librarian)
