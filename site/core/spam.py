"""Keeps machines off public forms without a third party, a cookie or a script.

Most people see nothing of it. Each form carries a signed stamp with the moment it was opened and a key of
its own; a hidden field that people leave empty stands beside it. Who sends too fast, fills the hidden field,
writes many links or sends often from one address is asked one small sum in words; who floods is asked to
wait. Whatever was typed stays in the form. The stamp's key is also the idempotency key: a form sent twice
makes one record, so that answering the sum or pressing twice takes nothing from the neighbours behind the
same address.
"""

import re
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from core.text import fold
from core.throttle import place_of_form
from core.visitors import client_address

SALT = "core.spam"
OPEN_HOURS = 24
# Faster than anybody types a sentence.
FEWEST_SECONDS = 4
MOST_LINKS = 2
# A class behind one address may send a form each; beyond the first number a sum is asked.
MINUTES = 10
SENT_BEFORE_SUM = 5
SENT_AT_MOST = 45
# Answers to one sum; it has nine.
SAME_FORM_AT_MOST = 12
WORDS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


def new_stamp() -> str:
    """A stamp of this moment with a key of its own."""
    return signing.dumps({"key": str(uuid4()), "at": timezone.now().timestamp()}, salt=SALT)


def sum_of(key: UUID) -> tuple[int, int]:
    """The two numbers asked for this key, each from 1 to 5."""
    return key.int % 5 + 1, key.int // 5 % 5 + 1


def read_stamp(stamp: str) -> tuple[UUID, float] | None:
    """The key of a stamp and when it was made; None for one that is forged, or too old."""
    try:
        told = signing.loads(stamp, salt=SALT, max_age=OPEN_HOURS * 60 * 60)
    except signing.BadSignature:
        return None
    return UUID(told["key"]), float(told["at"])


class GuardedForm(forms.Form):
    """A public form; `links_in` names the fields whose links are counted.

    After `is_valid()`, `key` is the idempotency key, `must_wait` says that the sender has to wait.
    """

    links_in: ClassVar[tuple[str, ...]] = ()
    throttle: ClassVar[str] = "form"
    # A form that a whole hall sends at once from one address names larger numbers.
    sent_before_sum: ClassVar[int] = SENT_BEFORE_SUM
    sent_at_most: ClassVar[int] = SENT_AT_MOST

    stamp = forms.CharField(widget=forms.HiddenInput, required=False)
    website = forms.CharField(
        label="Để trống ô này",
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    total = forms.CharField(label="Trả lời", required=False, max_length=20)

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.key: UUID = uuid4()
        self.must_wait = False
        self.asks_sum = False
        self.fields["stamp"].initial = new_stamp()

    @property
    def question(self) -> str:
        """The sum, in words."""
        one, two = sum_of(self.key)
        return f"Để chắc rằng người thật đang gửi: {WORDS[one]} cộng {WORDS[two]} bằng mấy?"

    def clean(self) -> dict[str, Any] | None:
        """Everything a person would not do leads to the sum; a flood leads to waiting."""
        cleaned = super().clean()
        opened = self._opened_at()
        if opened is None:
            self._renew_stamp()
            raise ValidationError(
                "Trang đã mở quá lâu. Chữ bạn gõ vẫn còn nguyên: hãy bấm gửi lại."
            )
        # A form with other faults is not counted: mending it is no flood.
        if self.errors:
            return cleaned
        place, again = place_of_form(
            self.throttle,
            client_address(self.request),
            str(self.key),
            minutes=MINUTES,
            now=timezone.now(),
        )
        if place > self.sent_at_most or again > SAME_FORM_AT_MOST:
            self.must_wait = True
            raise ValidationError(
                f"Địa chỉ mạng của bạn vừa gửi quá nhiều lần. Hãy đợi {MINUTES} phút rồi bấm gửi lại; "
                "chữ bạn gõ vẫn còn nguyên."
            )
        seconds = timezone.now().timestamp() - opened
        if seconds < FEWEST_SECONDS or place > self.sent_before_sum or self._looks_strange():
            self._want_sum()
        return cleaned

    def _opened_at(self) -> float | None:
        read = read_stamp(self.data.get("stamp", ""))
        if read is None:
            return None
        self.key, opened = read
        return opened

    def _renew_stamp(self) -> None:
        self.data = {**self.data.dict(), "stamp": new_stamp()}  # type: ignore[attr-defined]

    def _looks_strange(self) -> bool:
        text = " ".join(str(self.data.get(name, "")) for name in self.links_in)
        return bool(self.data.get("website")) or len(LINK.findall(text)) > MOST_LINKS

    def _want_sum(self) -> None:
        wanted = sum(sum_of(self.key))
        given = fold(str(self.data.get("total", ""))).strip(" .")
        if given in {str(wanted), fold(WORDS[wanted])}:
            return
        self.asks_sum = True
        said = (
            "Chưa đúng, bạn thử lại nhé." if given else "Bạn trả lời giúp một câu nữa rồi bấm gửi."
        )
        self.add_error("total", said)
