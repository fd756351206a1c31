"""Letters in the staff area."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.choices import SiteRole
from outbox.choices import LetterState
from outbox.models import Letter

pytestmark = pytest.mark.django_db

ROLES = [SiteRole.ADMINISTRATOR, SiteRole.EDITOR, SiteRole.PUBLISHER, SiteRole.LIBRARIAN, ""]


def failed(**fields) -> Letter:
    """A letter that could not be sent."""
    now = timezone.now()
    known = {"to_email": "ai@example.vn", "subject": "Thư hỏng", "body": "Chào bạn.", "key": "k",
             "state": LetterState.FAILED, "created_at": now, "send_after": now}  # fmt: skip
    return Letter.objects.create(**{**known, **fields})


@pytest.mark.parametrize(("role", "allowed"), zip(ROLES, [1, 0, 0, 0, 0], strict=True))
def test_letters_open_for_administrators_alone(sign_in, home, role, allowed):
    letter = failed()
    client = sign_in(role)
    addresses = [
        reverse("outbox_letter_modeladmin_index"),
        reverse("outbox_letter_modeladmin_inspect", args=[letter.pk]),
    ]
    assert [client.get(a).status_code == 200 for a in addresses] == [bool(allowed)] * 2
    client.post(reverse("letter-resend", args=[letter.pk]))
    letter.refresh_from_db()
    assert (letter.state == LetterState.QUEUED) is bool(allowed)


def test_button_stands_on_failed_letters_alone(sign_in, home):
    client = sign_in(SiteRole.ADMINISTRATOR)
    address = reverse("outbox_letter_modeladmin_inspect", args=[failed().pk])
    assert "Gửi lại" in client.get(address).content.decode()
    Letter.objects.update(state=LetterState.QUEUED)
    assert "Gửi lại" not in client.get(address).content.decode()
    assert client.get(reverse("letter-resend", args=[Letter.objects.get().pk])).status_code == 405


@pytest.mark.parametrize("query", ["Thư", "ai@example", "'", "%"])
def test_letters_are_searched(sign_in, home, query):
    failed()
    address = reverse("outbox_letter_modeladmin_index")
    assert sign_in(SiteRole.ADMINISTRATOR).get(address, {"q": query}).status_code == 200


def test_letters_can_not_be_written_changed_or_removed_by_hand(sign_in, home):
    letter = failed()
    client = sign_in(SiteRole.ADMINISTRATOR)
    for act, known in (("create", []), ("edit", [letter.pk]), ("delete", [letter.pk])):
        client.post(f"/quan-tri/outbox/letter/{act}/{''.join(f'{pk}/' for pk in known)}")
    assert [(row.pk, row.subject) for row in Letter.objects.all()] == [(letter.pk, "Thư hỏng")]


def test_list_costs_the_same_with_one_row_and_with_thirty(sign_in, home):
    client, address = sign_in(SiteRole.ADMINISTRATOR), reverse("outbox_letter_modeladmin_index")

    def cost() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    failed()
    few = cost()
    for number in range(29):
        failed(key=f"k{number}")
    assert cost() == few
