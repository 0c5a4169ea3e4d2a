"""The sessions somebody is signed in with: how many there may be, and ending them."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession

from zhihuan.bureau.audit.record import record


def sessions_of(user: Any, *, but: str = "") -> list[UserSession]:
    """Those that still hold, the newest first, without the one of the key ``but``. Ones that ended
    by themselves are swept away; a session that is only just beginning must be the ``but``: what
    makes it one is not in the database yet.
    """
    rows = UserSession.objects.filter(user=user).exclude(session_key=but)
    return [each for each in rows.order_by("-created_at", "-pk") if not each.purge()]


def end_session(session: UserSession, *, actor: Any, address: str = "") -> None:
    """End this one."""
    session.end()
    _tell(session.user, 1, "own_wish", actor, address)


def end_sessions(user: Any, *, actor: Any, why: str, keep: str = "", address: str = "") -> int:
    """End all sessions of somebody but the one with the key ``keep``; how many ended."""
    ended = list(UserSession.objects.filter(user=user).exclude(session_key=keep))
    for session in ended:
        session.end()
    _tell(user, len(ended), why, actor, address)
    return len(ended)


def end_oldest(user: Any, *, most: int, keep: str) -> int:
    """End the oldest sessions beyond ``most`` (0: any number may be); how many ended."""
    if not most:
        return 0
    surplus = sessions_of(user, but=keep)[most - 1 :]
    for session in surplus:
        session.end()
    _tell(user, len(surplus), "too_many", None, "")
    return len(surplus)


def _tell(user: Any, count: int, why: str, actor: Any, address: str) -> None:
    if count:
        subject = f"account:{user.get_username()}"
        record("account.end_sessions", subject, actor=actor, address=address, count=count, why=why)
