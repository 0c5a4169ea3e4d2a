"""Evidence on the page of its matter: the newest pieces, and the way to all of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.vault.actions import ADD, VIEW, VIEW_OWN
from zhihuan.bureau.vault.evidence.looking import rights_in, visible
from zhihuan.web.matters.parts import register_part
from zhihuan.web.vault.card import cards

__all__ = ["evidence_of", "register"]

_SHOWN = 6


def register() -> None:
    """Once, when the web app starts."""
    register_part(_("证据"), "vault/_of_matter.html", evidence_of)


def evidence_of(request: HttpRequest, matter: Matter) -> dict[str, Any] | None:
    """None for who has nothing to do with evidence of this matter."""
    rights = rights_in(request.user, matter)
    if not rights & {VIEW, VIEW_OWN, ADD}:
        return None
    pieces = visible(request.user, matter, rights)
    return {
        "matter": matter,
        "cards": cards(pieces.order_by("-number")[:_SHOWN]),
        "count": pieces.count(),
        "may_add": ADD in rights,
    }
