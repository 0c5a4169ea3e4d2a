"""The sessions somebody is signed in with: how many there may be, and ending them."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession

from zhihuan.bureau.audit.record import record


def sessions_of(user: Any) -> list[UserSession]:
    """Those that still hold, the newest first. Ones that ended by themselves are swept away."""
    found = UserSession.objects.purge_and_list(user)
    return sorted(found, key=lambda session: session.created_at, reverse=True)


def end_session(session: UserSession, *, actor: Any, address: str = "") -> None:
    """End this one."""
    session.end()
    _tell(session.user, 1, "own_wish", actor, address)


def end_sessions(user: Any, *, actor: Any, why: str, keep: str = "", address: str = "") -> int:
    """End all sessions of somebody but the one with the key ``keep``; how many ended."""
    ended = [each for each in UserSession.objects.filter(user=user) if each.session_key != keep]
    for session in ended:
        session.end()
    _tell(user, len(ended), why, actor, address)
    return len(ended)


def end_oldest(user: Any, *, most: int, keep: str) -> int:
    """End the oldest sessions beyond ``most`` (0: any number may be); how many ended."""
    if not most:
        return 0
    surplus = [each for each in sessions_of(user) if each.session_key != keep][most - 1 :]
    for session in surplus:
        session.end()
    _tell(user, len(surplus), "too_many", None, "")
    return len(surplus)


def _tell(user: Any, count: int, why: str, actor: Any, address: str) -> None:
    if count:
        subject = f"account:{user.get_username()}"
        record("account.end_sessions", subject, actor=actor, address=address, count=count, why=why)
