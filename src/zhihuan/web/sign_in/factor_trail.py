"""What becomes of somebody's second factors is written down in the transaction that makes it so.

allauth tells of some changes only once they are committed, and of a new name for a key not at all: a process that dies
in between would leave a factor of which the trail says nothing. So a page that changes factors runs in one transaction
that looks at them before and after.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.people.models import User
from zhihuan.bureau.people.sign_in import address_of

_CODES = Authenticator.Type.RECOVERY_CODES
#: What is said of a change; word for word, for the words of the trail are checked against the code.
_ACTS = {
    "add": "account.add_factor",
    "remove": "account.remove_factor",
    "reset": "account.reset_factor",
    "rename": "account.rename_factor",
    "show": "account.show_factor",
}
#: Of each factor: its kind, its name, when its codes were shown.
_Factors = dict[int, tuple[str, str, float]]


def told(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view in one transaction, with an entry for each factor it adds, changes or takes away."""

    @wraps(view)
    def whole(request: HttpRequest, **given: Any) -> HttpResponse:
        with transaction.atomic():
            # one at a time: another's change between the two looks would be told twice
            User.objects.select_for_update().get(pk=request.user.pk)
            before = _factors(request.user)
            answer = view(request, **given)
            for verb, kind, name in _changes(before, _factors(request.user)):
                _write(request, verb, kind, name)
        return answer

    return whole


def _factors(user: Any) -> _Factors:
    rows = Authenticator.objects.filter(user_id=user.pk).order_by("pk")
    return {
        row.pk: (str(row.type), row.data.get("name", ""), row.data.get("viewed_at", 0))
        for row in rows
    }


def _changes(before: _Factors, after: _Factors) -> list[tuple[str, str, str]]:
    """Verb, kind and name of each; new recovery codes in the place of old ones are one change."""
    gone = [before[pk] for pk in before if pk not in after]
    new = [after[pk] for pk in after if pk not in before]
    renewed = {kind for kind, *_ in gone if kind == _CODES} & {kind for kind, *_ in new}
    found = [("remove", kind, name) for kind, name, _at in gone if kind not in renewed]
    found += [("reset" if kind in renewed else "add", kind, name) for kind, name, _at in new]
    for pk in before.keys() & after.keys():
        (_kind, name, shown), (kind, new_name, shown_now) = before[pk], after[pk]
        found += [("rename", kind, new_name)] if new_name != name else []
        found += [("show", kind, new_name)] if shown_now != shown else []
    return found


def _write(request: HttpRequest, verb: str, kind: str, name: str) -> None:
    user: Any = request.user
    named = {"name": name} if name else {}
    record(
        _ACTS[verb],
        f"account:{user.get_username()}",
        actor=user,
        address=address_of(request),
        factor=kind,
        **named,
    )
