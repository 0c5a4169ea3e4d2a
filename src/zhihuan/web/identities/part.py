"""The party's identity on the page of its matter, masked, and the way to it in clear."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.identities.actions import VIEW_IDENTITY
from zhihuan.bureau.identities.known import identity_of
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.matters.sight import sight_of
from zhihuan.bureau.people.scope import may
from zhihuan.web.identities.page import identity_terms
from zhihuan.web.matters.parts import register_part

__all__ = ["register"]


def register() -> None:
    """Once, when the web app starts."""
    register_part(_("当事人身份"), "identities/_of_matter.html", _identity)


def _identity(request: HttpRequest, matter: Matter) -> dict[str, Any] | None:
    """None for a party that is no person, and for whoever sees of the matter what its party is shown."""
    if not sight_of(request.user, matter).is_whole:
        return None
    found = identity_of(matter)
    if found is None:
        return None
    may_look = may(request.user, VIEW_IDENTITY, matter)
    return {"matter": matter, "terms": identity_terms(found), "may_look": may_look}
