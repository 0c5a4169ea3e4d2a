"""Judge how people sign in: sessions, second factors, the unified sign-on; the accounts there are.

``sign_in_findings`` is pure like ``safety``, which asks it; ``account_findings`` reads the database and
is asked by ``data_safety``. GB/T 22239-2019, 8.1.4.1 names no figures: those here are what assessors
commonly ask of level 3, and say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.utils import timezone

from zhihuan.bureau.people import roles
from zhihuan.bureau.people.models import User
from zhihuan.bureau.people.second_factor import lacking
from zhihuan.web.finding import Finding

IDLE = "ZHIHUAN_SESSION_HOURS"
LONGEST = "ZHIHUAN_SESSION_MAX_HOURS"
NUMBER = "ZHIHUAN_SESSIONS_PER_PERSON"
FACTORS = "ZHIHUAN_SECOND_FACTOR_ROLES"
SERVER = "ZHIHUAN_OIDC_SERVER"
CLAIM = "ZHIHUAN_OIDC_CLAIM"
_IDLE_HOURS = 0.5
_DAY_HOURS = 24
_FIRST_PASSWORD_DAYS = 7
_NAMED = 5
#: Claims of OpenID Connect Core 1.0, 5.1 that people may change themselves at many providers.
_CHANGEABLE = frozenset(
    {"email", "name", "nickname", "phone_number", "preferred_username", "profile", "website"}
)
_ADMINISTRATORS = (
    roles.SYSTEM_ADMINISTRATOR,
    roles.SECURITY_ADMINISTRATOR,
    roles.AUDIT_ADMINISTRATOR,
)


def sign_in_findings(settings: Any) -> Iterator[Finding]:
    """Everything unsafe about signing in, in ``settings`` (Django's settings object)."""
    yield from _sessions(settings)
    yield from _factors(settings)
    if settings.ZHIHUAN_OIDC_SERVER:
        yield from _unified(settings)


def _sessions(settings: Any) -> Iterator[Finding]:
    idle = settings.SESSION_COOKIE_AGE / 3600
    if idle > _IDLE_HOURS:
        yield Finding(
            IDLE,
            f"A screen left alone stays signed in for {idle:g} hours; assessors of level 3 usually ask "
            "for half an hour.",
            f"Set {IDLE} to {_IDLE_HOURS:g}, or have the longer time approved. Wall displays have an "
            "account with the role wall_display.",
        )
    if settings.ZHIHUAN_SESSION_MAX_HOURS > _DAY_HOURS:
        yield Finding(
            LONGEST,
            "A session in steady use lives for more than a day: whoever finds the screen goes on "
            "with it.",
            f"Set {LONGEST} to {_DAY_HOURS} or less.",
        )
    if settings.ZHIHUAN_SESSIONS_PER_PERSON == 0:
        yield Finding(
            NUMBER,
            "One account may be used in any number of places at once: a shared password is not "
            "noticed.",
            f"Set {NUMBER} to a small number, e.g. 5.",
        )


def _factors(settings: Any) -> Iterator[Finding]:
    demanded = settings.ZHIHUAN_SECOND_FACTOR_ROLES
    if unknown := [code for code in demanded if code not in roles.ROLES]:
        yield Finding(
            FACTORS,
            f"There is no role {', '.join(unknown)}: nobody is asked for a second factor by it.",
            "Correct the code; `zhihuan people roles` lists them.",
            is_error=True,
        )
    if missing := [code for code in _ADMINISTRATORS if code not in demanded]:
        yield Finding(
            FACTORS,
            f"Administrators sign in with a password alone: {', '.join(missing)}. Level 3 asks for "
            "two ways of telling who somebody is, one of them cryptographic (GB/T 22239-2019 "
            "8.1.4.1 d).",
            f"Add them to {FACTORS}, or unset it.",
        )


def _unified(settings: Any) -> Iterator[Finding]:
    if not settings.ZHIHUAN_OIDC_SERVER.startswith("https://"):
        yield Finding(
            SERVER,
            "The unified sign-on is asked in clear text: whoever sits between can sign in as "
            "anybody.",
            f"Give its https:// address in {SERVER}.",
            is_error=True,
        )
    for name in ("ZHIHUAN_OIDC_CLIENT_ID", "ZHIHUAN_OIDC_CLIENT_SECRET"):
        if not getattr(settings, name):
            yield Finding(
                name,
                "The unified sign-on is named, but not how it knows this platform: nobody can sign "
                "in that way.",
                f"Set {name} to what the unified sign-on gave, or unset {SERVER}.",
                is_error=True,
            )
    if settings.ZHIHUAN_OIDC_CLAIM in _CHANGEABLE:
        yield Finding(
            CLAIM,
            f"People are recognised by {settings.ZHIHUAN_OIDC_CLAIM!r}, which they may be able to "
            "change: then one can sign in as another.",
            f"Unset {CLAIM} (sub), or name a claim that only the city writes.",
        )


def account_findings() -> Iterator[Finding]:
    """Everything unsafe about the accounts in the database: four queries."""
    active = list(User.objects.filter(is_active=True, synthetic=False).order_by("username"))
    if found := [user for user in active if user.is_superuser]:
        yield Finding(
            "accounts",
            f"{_some(found)}: superusers hold every right at once; administrators' roles are to be "
            "apart.",
            "Make the three administrators (`zhihuan people`), then take is_superuser away.",
        )
    if found := lacking(active):
        yield Finding(
            "accounts",
            f"{_some(found)}: the role demands a second factor and there is none. Whoever knows the "
            "password can add their own.",
            "Let them sign in and add one, or lock the account.",
        )
    since = timezone.now() - timedelta(days=_FIRST_PASSWORD_DAYS)
    if found := [user for user in active if user.must_change_password and _before(user, since)]:
        yield Finding(
            "accounts",
            f"{_some(found)}: the first password has not been changed for {_FIRST_PASSWORD_DAYS} "
            "days; whoever saw it can sign in.",
            "Reset it when the person is there (`zhihuan people reset-password`), or lock the account.",
        )


def _before(user: User, moment: Any) -> bool:
    return bool((user.password_since or user.date_joined) < moment)


def _some(users: list[User]) -> str:
    names = [user.username for user in users]
    return ", ".join(names[:_NAMED]) + (f" … ({len(names)})" if len(names) > _NAMED else "")
