"""What the answer of an address elsewhere says of it. Pure.

Broken is only what certainly leads a reader nowhere: "not found" (404), "gone" (410), a name that does not
exist, an address written wrong; and only once it was so on three different days, for servers have bad days.
Whatever lies behind VNeID or another sign-in, turns programs away (401, 403, 429, 503 …), takes too long or
shows a certificate that can't be checked may well open for people: that "could not be checked", and is said so.
So is a name that is not found while nothing else answers either: then it is our own network that is cut off.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from resources.choices import LinkState

BROKEN_AFTER = 3
GONE = frozenset({404, 410})
# Asked for a part of it, a server that has the whole, or none of that part, has it all the same.
THERE = frozenset({416})
SIGN_IN_HOSTS = (
    "vneid.gov.vn",
    "dinhdanhdientu.gov.vn",
    "accounts.google.com",
    "login.microsoftonline.com",
)
SIGN_IN_LABELS = frozenset({"sso", "login", "signin", "auth", "xacthuc", "dangnhap", "id", "idp"})
SIGN_IN_WORDS = frozenset(
    {"login", "signin", "sign-in", "dang-nhap", "dangnhap", "sso", "oauth", "oauth2", "cas"}
)
RECHECK_FAILED = timedelta(days=1)
RECHECK_UNKNOWN = timedelta(days=7)
RECHECK_BROKEN = timedelta(days=7)


class Outcome(StrEnum):
    """How asking ended: with an answer, or how it failed."""

    ANSWERED = "answered"
    NO_NAME = "no_name"
    NO_RESOLVER = "no_resolver"
    TIMEOUT = "timeout"
    TLS = "tls"
    CLOSED = "closed"
    REDIRECTS = "redirects"
    PRIVATE = "private"
    WRONG = "wrong"
    ROBOTS = "robots"


@dataclass(frozen=True, slots=True)
class Answer:
    """What asking gave: how it ended, the last status, the address it ended at."""

    outcome: Outcome
    status: int | None = None
    final_url: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one asking says: the state it speaks for, and why, in words."""

    state: LinkState
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an address over the days."""

    state: LinkState = LinkState.NEW
    failures: int = 0
    first_failed_at: datetime | None = None
    last_failed_on: date | None = None
    reason: str = ""


SAID = {
    Outcome.NO_NAME: Verdict(LinkState.BROKEN, "Tên miền không còn tồn tại."),
    Outcome.WRONG: Verdict(LinkState.BROKEN, "Địa chỉ viết sai."),
    Outcome.NO_RESOLVER: Verdict(LinkState.UNKNOWN, "Chưa tra được tên miền."),
    Outcome.TIMEOUT: Verdict(LinkState.UNKNOWN, "Chờ lâu không thấy trả lời."),
    Outcome.TLS: Verdict(LinkState.UNKNOWN, "Chứng thư bảo mật của trang ấy không kiểm tra được."),
    Outcome.CLOSED: Verdict(LinkState.UNKNOWN, "Máy chủ ấy không nhận kết nối."),
    Outcome.REDIRECTS: Verdict(LinkState.UNKNOWN, "Bị chuyển qua lại quá nhiều lần."),
    Outcome.PRIVATE: Verdict(
        LinkState.UNKNOWN, "Địa chỉ nội bộ: người ở ngoài có thể không mở được."
    ),
    Outcome.ROBOTS: Verdict(
        LinkState.UNKNOWN, "Trang ấy không cho chương trình tự động đọc (robots.txt)."
    ),
}


def verdict(asked: str, answer: Answer, *, is_online: bool = True) -> Verdict:
    """What this answer to asking for `asked` says.

    `is_online`: some other address has answered lately. A server that is cut off finds no name at all, and
    must not call the whole library broken.
    """
    if answer.outcome == Outcome.NO_NAME and not is_online:
        return SAID[Outcome.NO_RESOLVER]
    if answer.outcome != Outcome.ANSWERED:
        return SAID[answer.outcome]
    status = answer.status or 0
    if status in GONE:
        return Verdict(LinkState.BROKEN, f"Trang không còn ở đó (mã {status}).")
    if 200 <= status < 400 or status in THERE:
        if leads_to_sign_in(asked, answer.final_url or asked):
            return Verdict(
                LinkState.UNKNOWN, "Phải đăng nhập (VNeID hoặc tài khoản khác) mới xem được."
            )
        return Verdict(LinkState.OK)
    if status == 401:
        return Verdict(LinkState.UNKNOWN, "Phải đăng nhập mới xem được (mã 401).")
    if status in (403, 429, 503):
        return Verdict(LinkState.UNKNOWN, f"Trang ấy chặn chương trình tự động (mã {status}).")
    if status >= 500:
        return Verdict(LinkState.UNKNOWN, f"Máy chủ ấy đang lỗi (mã {status}).")
    return Verdict(LinkState.UNKNOWN, f"Trả lời không rõ (mã {status}).")


def leads_to_sign_in(asked: str, ended: str) -> bool:
    """Whether a reader who asked for `asked` was sent to a page where one signs in."""
    if asked == ended:
        return False
    host = (urlsplit(ended).hostname or "").lower()
    if any(host == known or host.endswith(f".{known}") for known in SIGN_IN_HOSTS):
        return True
    if (
        host != (urlsplit(asked).hostname or "").lower()
        and host.partition(".")[0] in SIGN_IN_LABELS
    ):
        return True
    steps = {step.lower() for step in urlsplit(ended).path.split("/")}
    return bool(SIGN_IN_WORDS & steps) and not SIGN_IN_WORDS & {
        step.lower() for step in urlsplit(asked).path.split("/")
    }


def after(known: Known, said: Verdict, *, now: datetime, today: date) -> Known:
    """What is known once this was said on `today`. Two failures of one day count once."""
    if said.state == LinkState.OK:
        return Known(LinkState.OK)
    if said.state == LinkState.UNKNOWN:
        # A silent server does not mend what was broken for days.
        state = LinkState.BROKEN if known.state == LinkState.BROKEN else LinkState.UNKNOWN
        reason = known.reason if state == LinkState.BROKEN else said.reason
        return replace(known, state=state, reason=reason)
    failures = known.failures + (known.last_failed_on != today)
    return Known(
        state=LinkState.BROKEN if failures >= BROKEN_AFTER else known.state,
        failures=failures,
        first_failed_at=known.first_failed_at or now,
        last_failed_on=today,
        reason=said.reason,
    )


def wait(known: Known, said: Verdict, *, recheck_days: int) -> timedelta:
    """After how long to ask again."""
    if known.state == LinkState.BROKEN:
        return RECHECK_BROKEN
    if said.state == LinkState.OK:
        return timedelta(days=recheck_days)
    return RECHECK_FAILED if said.state == LinkState.BROKEN else RECHECK_UNKNOWN
