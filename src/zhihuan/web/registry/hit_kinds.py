"""What was found of the registry, in words: each noun's hits and what tells one from another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from zhihuan.web.registry.file.contacts import masked_name, masked_phone
from zhihuan.web.registry.noun import Noun
from zhihuan.web.registry.nouns import noun_of
from zhihuan.web.search.kind import HitKind, register_hit_kinds

#: noun → (what its line reads along, the parts of the line)
_LINES: dict[str, tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]] = {
    "enterprises": (("town",), lambda r: (r.code, r.credit_code, r.town, r.address)),
    "points": (
        ("town", "site__enterprise"),
        lambda r: (r.code, r.get_kind_display(), r.site and r.site.enterprise, r.town),
    ),
    "devices": (("point__town",), lambda r: (r.point.name, r.logger_id, r.point.town)),
    "permits": (("enterprise",), lambda r: (r.enterprise, r.issued_by)),
    "sites": (("town", "enterprise"), lambda r: (r.code, r.enterprise, r.town, r.address)),
    "sections": (("town", "river"), lambda r: (r.code, r.river, r.get_level_display(), r.town)),
    "rivers": ((), lambda r: (r.code, r.get_kind_display(), r.basin)),
    "construction": (("town",), lambda r: (r.code, r.builder, r.town, r.address)),
    "vehicles": (("owner",), lambda r: (r.get_use_display(), r.vin, r.owner)),
}
_HEADS: dict[str, Callable[[Any], str]] = {"points": lambda r: str(r.name)}


def register() -> None:
    """Once, when the web app starts."""
    register_hit_kinds(*(_kind(noun_of(code)) for code in _LINES), _contacts())


def _kind(noun: Noun) -> HitKind:
    along, parts = _LINES[noun.code]

    def rows(user: Any) -> QuerySet[Any]:
        found = noun.rows(user)
        return found.select_related(*along) if along else found

    return HitKind(
        code=noun.code,
        model=noun.model,
        title=noun.one,
        rows=rows,
        head=_HEADS.get(noun.code, str),
        line=lambda row: _joined(parts(row)),
        url=noun.url_of,
    )


def _contacts() -> HitKind:
    """A person is found by the whole number alone, and shown as the enterprise: the number in full
    stays behind the look that is written down."""
    noun = noun_of("contacts")
    return HitKind(
        code="contacts",
        model=noun.model,
        title=gettext_lazy("联系人"),
        rows=lambda user: noun.rows(user, "registry.view_contact").select_related("enterprise"),
        head=lambda row: row.enterprise.name,
        line=lambda row: _joined((masked_name(row.name), row.duty, masked_phone(row.phone))),
        url=lambda row: noun_of("enterprises").url_of(row.enterprise),
        is_personal=True,
    )


def _joined(parts: tuple[Any, ...]) -> str:
    return " · ".join(str(part) for part in parts if part)
