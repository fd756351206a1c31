"""What each verb changes, keeps and refuses."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.choices import SiteRole
from campaign.feedback import services
from campaign.feedback.choices import FeedbackState
from campaign.feedback.forms import CONTACT, PUBLISHING
from campaign.feedback.models import FaqEntry, Feedback, FeedbackEvent, Reply
from campaign.feedback.services import MoveRefused
from core.workdays import months_before
from outbox.models import Letter
from privacy.models import ConsentRecord
from privacy.services import current_text, has_consent
from tests.concurrency import at_once
from tests.factories.feedback import MESSAGE, make_answered, make_feedback
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(home):
    """Somebody of the office."""
    return make_user(SiteRole.EDITOR, last_name="Người", first_name="Trả lời")


def moves(feedback: Feedback) -> list[str]:
    """The history of a message."""
    return list(feedback.events.values_list("move", flat=True))


def test_message_is_taken_in_with_number_link_due_day_and_history(home):
    feedback = make_feedback()
    assert (feedback.state, feedback.message) == (FeedbackState.NEW, MESSAGE)
    assert feedback.due_on > timezone.localdate()
    assert feedback.reference.startswith("PH-")
    assert len(feedback.token) >= 27
    assert moves(feedback) == ["receive"]


def test_same_key_again_gives_the_first_message(home):
    key = uuid4()
    first = make_feedback(key=key)
    again = make_feedback(key=key, message="Câu chữ khác hẳn lần trước.")
    assert again == first
    assert [f.message for f in Feedback.objects.all()] == [MESSAGE]
    assert FeedbackEvent.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_form_sent_many_times_at_once_makes_one_message(home):
    key = uuid4()
    made = at_once(8, lambda: make_feedback(key=key, email="ai@example.vn").pk)
    assert len(set(made)) == 1
    assert Feedback.objects.count() == 1
    assert Letter.objects.count() == 1


def test_consents_are_kept_with_their_wording_time_and_name(home):
    text = current_text(CONTACT)
    feedback = make_feedback(full_name="Người dân mẫu", consents=[text])
    kept = ConsentRecord.objects.get()
    assert (kept.text, kept.full_name, kept.record) == (text, "Người dân mẫu", feedback)
    assert kept.given_at == feedback.received_at
    assert has_consent(feedback, CONTACT)
    assert not has_consent(feedback, PUBLISHING)


def test_receipt_carries_the_link_and_no_words_of_the_message(home):
    feedback = make_feedback(email="ai@example.vn")
    letter = Letter.objects.get()
    assert letter.to_email == "ai@example.vn"
    assert feedback.token in letter.body
    assert feedback.reference in letter.subject
    assert MESSAGE not in letter.body


def test_nobody_is_written_to_without_an_address(clerk):
    make_answered(clerk)
    assert Letter.objects.count() == 0


def test_answer_is_kept_told_and_dated(clerk):
    feedback = make_answered(clerk, email="ai@example.vn")
    assert feedback.state == FeedbackState.ANSWERED
    assert feedback.first_answered_at is not None
    assert feedback.assigned_to == clerk
    assert [(r.from_office, r.by) for r in feedback.replies.all()] == [(True, clerk)]
    assert moves(feedback) == ["receive", "answer"]
    assert Letter.objects.count() == 2


def test_answer_sent_twice_is_one_answer(clerk):
    feedback, key = make_feedback(), uuid4()
    for _ in range(2):
        services.answer_feedback(
            feedback, text="Trả lời một lần.", by=clerk, now=timezone.now(), key=key
        )
    assert Reply.objects.count() == 1
    assert moves(feedback) == ["receive", "answer"]


@pytest.mark.django_db(transaction=True)
def test_two_clerks_settling_at_once_make_one_move(home):
    one, two = make_user(SiteRole.EDITOR), make_user(SiteRole.PUBLISHER)
    feedback = make_answered(one)
    clerks = iter([one, two])

    def close() -> str:
        try:
            services.close_feedback(feedback, by=next(clerks), now=timezone.now())
        except MoveRefused:
            return "refused"
        return "closed"

    assert sorted(at_once(2, close)) == ["closed", "refused"]
    assert moves(feedback).count("close") == 1


def test_first_answer_keeps_its_time_when_another_follows(clerk):
    feedback = make_answered(clerk)
    first = feedback.first_answered_at
    services.ask_on(feedback, text="Tôi chưa rõ lắm.", now=timezone.now(), key=uuid4())
    feedback = services.answer_feedback(
        feedback, text="Xin nói rõ thêm.", by=clerk, now=timezone.now(), key=uuid4()
    )
    assert feedback.first_answered_at == first
    assert moves(feedback) == ["receive", "answer", "ask", "answer"]


def test_sender_asks_on_a_few_times_only(clerk):
    feedback = make_answered(clerk)
    for turn in range(6):
        if turn == 5:
            with pytest.raises(MoveRefused, match="gọi điện"):
                services.ask_on(
                    feedback, text="Hỏi nữa được không?", now=timezone.now(), key=uuid4()
                )
            break
        services.ask_on(feedback, text=f"Hỏi thêm lần {turn}.", now=timezone.now(), key=uuid4())
        services.answer_feedback(
            feedback, text="Trả lời thêm đây.", by=clerk, now=timezone.now(), key=uuid4()
        )
    assert Reply.objects.filter(from_office=False).count() == 5


def test_settled_by_the_sender_has_its_time_and_reopening_takes_it_away(clerk):
    feedback = services.settle_feedback(make_answered(clerk), now=timezone.now())
    assert (feedback.state, feedback.settled_at is not None) == (FeedbackState.CLOSED, True)
    feedback = services.reopen_feedback(feedback, by=clerk, now=timezone.now())
    assert (feedback.state, feedback.settled_at) == (FeedbackState.IN_PROGRESS, None)


def test_move_that_is_not_open_is_refused_and_changes_nothing(clerk):
    feedback = make_feedback()
    for act in (
        lambda: services.close_feedback(feedback, by=clerk, now=timezone.now()),
        lambda: services.settle_feedback(feedback, now=timezone.now()),
        lambda: services.reopen_feedback(feedback, by=clerk, now=timezone.now()),
        lambda: services.ask_on(feedback, text="Hỏi thêm chút.", now=timezone.now(), key=uuid4()),
    ):
        with pytest.raises(MoveRefused):
            act()
    feedback.refresh_from_db()
    assert feedback.state == FeedbackState.NEW
    assert moves(feedback) == ["receive"]
    assert Reply.objects.count() == 0


@pytest.mark.parametrize("role", ["", SiteRole.LIBRARIAN])
def test_nobody_outside_the_office_moves_a_message(home, role):
    stranger, feedback, now = make_user(role), make_feedback(), timezone.now()
    for act in (
        lambda: services.answer_feedback(feedback, text="Lạ", by=stranger, now=now, key=uuid4()),
        lambda: services.reject_feedback(feedback, reason="Lạ", by=stranger, now=now),
        lambda: services.answer_feedback(
            feedback, text="Lạ", by=AnonymousUser(), now=now, key=uuid4()
        ),
    ):
        with pytest.raises(PermissionDenied):
            act()
    feedback.refresh_from_db()
    assert feedback.state == FeedbackState.NEW
    assert feedback.first_answered_at is None


def test_message_is_given_only_to_somebody_who_may_answer(clerk):
    with pytest.raises(MoveRefused):
        services.assign_feedback(
            make_feedback(), to=make_user(SiteRole.LIBRARIAN), by=clerk, now=timezone.now()
        )
    given = services.assign_feedback(make_feedback(), to=clerk, by=clerk, now=timezone.now())
    assert (given.assigned_to, given.state) == (clerk, FeedbackState.IN_PROGRESS)


def test_answered_without_an_answer_is_refused_by_the_database(home):
    feedback = make_feedback()
    with pytest.raises(IntegrityError), transaction.atomic():
        Feedback.objects.filter(pk=feedback.pk).update(state=FeedbackState.ANSWERED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Feedback.objects.filter(pk=feedback.pk).update(state=FeedbackState.REJECTED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Feedback.objects.filter(pk=feedback.pk).update(settled_at=timezone.now())


def test_published_question_is_one_for_each_message_and_follows_changes(clerk):
    publisher = make_user(SiteRole.PUBLISHER)
    feedback = make_answered(clerk)

    def publish(question: str) -> FaqEntry:
        return services.publish_as_faq(
            feedback, question=question, answer="<p>Được ạ.</p>", heading="VNeID", by=publisher,
            now=timezone.now(),
        )  # fmt: skip

    publish("Câu hỏi một?")
    entry = publish("Câu hỏi hai?")
    assert [e.question for e in FaqEntry.objects.live()] == ["Câu hỏi hai?"]
    assert entry.published_on == timezone.localdate()
    with pytest.raises(ValidationError):
        services.publish_as_faq(
            feedback, question="Hỏi?", answer="<p> </p>", heading="", by=publisher,
            now=timezone.now(),
        )  # fmt: skip
    with pytest.raises(PermissionDenied):
        services.publish_as_faq(
            feedback, question="Hỏi?", answer="<p>Có.</p>", heading="", by=clerk, now=timezone.now()
        )


def test_message_without_an_answer_is_not_published(home):
    with pytest.raises(MoveRefused):
        services.publish_as_faq(
            make_feedback(), question="Hỏi?", answer="<p>Có.</p>", heading="",
            by=make_user(SiteRole.PUBLISHER), now=timezone.now(),
        )  # fmt: skip


def test_old_settled_messages_lose_words_and_persons_and_keep_their_figures(clerk):
    old = months_before(timezone.now(), services.KEEP_MONTHS) - timedelta(days=1)
    feedback = make_feedback(now=old, full_name="Người cũ", phone="+84912345678")
    services.answer_feedback(feedback, text="Đã trả lời.", by=clerk, now=old, key=uuid4())
    services.settle_feedback(feedback, now=old)
    young = services.settle_feedback(
        make_answered(clerk, full_name="Người mới"), now=old + timedelta(days=2)
    )
    waiting = make_feedback(now=old, full_name="Người chờ")
    token = feedback.token
    assert services.purge_feedback(timezone.now()) == 1
    assert services.purge_feedback(timezone.now()) == 0
    feedback.refresh_from_db()
    assert (feedback.message, feedback.full_name, feedback.phone) == ("", "", "")
    assert (feedback.state, feedback.first_answered_at) == (FeedbackState.CLOSED, old)
    assert feedback.token != token
    assert feedback.replies.count() == 0
    young.refresh_from_db()
    waiting.refresh_from_db()
    assert (young.full_name, waiting.full_name) == ("Người mới", "Người chờ")
