"""Verbs on many items: change what they are sorted by; publish them past the check list's one ticking."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page

from resources.choices import TagOutcome
from resources.models import (
    Audience,
    Competence,
    ItemCompetence,
    LibraryItemPage,
    Licence,
    Topic,
)
from resources.rules import content_problem, licence_problem
from resources.tagging_rules import Edit, Tags, edited, told


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would become of one item, or did."""

    item: LibraryItemPage
    outcome: str
    told: str = ""
    why: str = ""

    @property
    def label(self) -> str:
        """The outcome in words."""
        return str(TagOutcome(self.outcome).label)


def tags_of(item: LibraryItemPage) -> Tags:
    """What an item, stored or a draft, is sorted by."""
    codes = [link.competence.code for link in item.competences.all()]
    return Tags(
        topics=tuple(topic.name for topic in item.topics.all()),
        audiences=tuple(audience.name for audience in item.audiences.all()),
        competences=tuple(dict.fromkeys(codes)),
        keywords=tuple(tag.name for tag in item.tags.all()),
        licence=item.licence.name if item.licence else "",
    )


def propose(item: LibraryItemPage, edit: Edit, *, by: Any) -> Proposal:
    """What the edit would do to an item; nothing is written."""
    return _proposal(item, item.get_latest_revision_as_object(), edit, by)


def _proposal(item: LibraryItemPage, newest: LibraryItemPage, edit: Edit, by: Any) -> Proposal:
    rights = item.permissions_for_user(by)
    if not rights.can_edit() or item.alias_of_id:
        return Proposal(item, TagOutcome.REFUSED, why="Bạn không có quyền sửa trang này.")
    if rights.page_locked():
        return Proposal(item, TagOutcome.REFUSED, why="Trang đang bị khóa hoặc đang chờ duyệt.")
    before = tags_of(newest)
    after = edited(before, edit)
    words = told(before, after)
    if not words:
        return Proposal(item, TagOutcome.SAME)
    licence = Licence.objects.filter(name=after.licence).first() if edit.licence else None
    if licence:
        has_copy = bool(list(newest.files.all())) or bool(newest.media_id)
        if said := licence_problem(has_own_copy=has_copy, may_copy=licence.may_copy):
            return Proposal(item, TagOutcome.REFUSED, words, said)
    outcome, why = _way(item, can_publish=rights.can_publish())
    return Proposal(item, outcome, words, why)


def _way(item: LibraryItemPage, *, can_publish: bool) -> tuple[str, str]:
    """Whether the change goes out at once or waits in a draft, and why."""
    if not item.live:
        return TagOutcome.DRAFT, ""
    if item.has_unpublished_changes:
        said = "Trang đang có bản nháp chưa đăng: thay đổi nằm trong bản nháp đó."
        return TagOutcome.DRAFT, said
    if not can_publish:
        return TagOutcome.DRAFT, "Bạn không có quyền đăng: người duyệt sẽ đăng sau."
    return TagOutcome.PUBLISHED, ""


def retag(numbers: Sequence[int], edit: Edit, *, by: Any) -> list[Proposal]:
    """Change these items, all at once; each changed one gets a revision and an entry in its history."""
    done = []
    with transaction.atomic():
        # Locks, in one order: an editor's save must not get lost between reading and writing.
        list(Page.objects.filter(pk__in=numbers).order_by("pk").select_for_update())
        for item in LibraryItemPage.objects.filter(pk__in=numbers).order_by("pk"):
            newest = item.get_latest_revision_as_object()
            proposal = _proposal(item, newest, edit, by)
            if proposal.outcome in (TagOutcome.DRAFT, TagOutcome.PUBLISHED):
                _write(newest, edited(tags_of(newest), edit), proposal.outcome, by)
            done.append(proposal)
    return done


def _write(newest: LibraryItemPage, after: Tags, outcome: str, by: Any) -> None:
    newest.topics = Topic.objects.filter(name__in=after.topics)
    newest.audiences = Audience.objects.filter(name__in=after.audiences)
    links = [link for link in newest.competences.all() if link.competence.code in after.competences]
    there = {link.competence.code for link in links}
    fresh = [code for code in after.competences if code not in there]
    links += [ItemCompetence(competence=one) for one in Competence.objects.filter(code__in=fresh)]
    for order, link in enumerate(links):
        link.sort_order = order
    newest.competences = links
    newest.tags.set(list(after.keywords))
    newest.licence = Licence.objects.filter(name=after.licence).first()
    revision = newest.save_revision(user=by, log_action=True, clean=False)
    if outcome == TagOutcome.PUBLISHED:
        PublishPageRevisionAction(revision, user=by).execute()


def publish_problem(item: LibraryItemPage) -> str:
    """Why the newest draft of an item can't go out, or nothing. The editor's form asks the same."""
    newest = item.get_latest_revision_as_object()
    has_file, has_media = bool(list(newest.files.all())), bool(newest.media_id)
    lacks = content_problem(
        newest.kind, has_file=has_file, has_media=has_media, has_link=bool(newest.link),
        has_picture=bool(newest.picture_id), has_text=bool(newest.body),
        has_questions=item.questions.exists(),
    )  # fmt: skip
    if lacks:
        return lacks[1]
    may_copy = newest.licence.may_copy if newest.licence else True
    if said := licence_problem(has_own_copy=has_file or has_media, may_copy=may_copy):
        return said
    try:
        newest.full_clean()
    except ValidationError as refused:
        return " ".join(refused.messages)
    return ""


def publish_items(items: Sequence[LibraryItemPage], *, by: Any) -> int:
    """Publish the newest draft of each item that may go out; how many went out."""
    count = 0
    with transaction.atomic():
        for item in items:
            if not item.permissions_for_user(by).can_publish() or publish_problem(item):
                continue
            revision = item.get_latest_revision() or item.save_revision(user=by)
            PublishPageRevisionAction(revision, user=by).execute()
            count += 1
    return count
