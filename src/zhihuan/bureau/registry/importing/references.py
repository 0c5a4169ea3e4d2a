"""Names and codes in a file → the records they mean, looked up in a few queries for the whole file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.places.city import UnknownTownError, find_town
from zhihuan.bureau.places.models import Town
from zhihuan.bureau.registry.models import Enterprise, MonitoringPoint, Outlet, River, Site

#: The fields by which people name a record of that model, the surest first.
_NAMED_BY: dict[type[models.Model], tuple[str, ...]] = {
    Enterprise: ("code", "credit_code", "name"),
    Organisation: ("credit_code", "name"),
    Site: ("code", "name"),
    Outlet: ("number",),
    MonitoringPoint: ("code", "name"),
    River: ("code", "name"),
}
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class References:
    """What the cells of one column mean; ``find`` raises ValueError with how to mend it."""

    title: str
    known: dict[str, list[Any]]

    def find(self, given: str) -> Any:
        found = self.known.get(given, [])
        if len(found) == 1:
            return found[0]
        if found:
            raise ValueError(
                _("有 %(n)d 个%(title)s叫这个名称，请改填编码")
                % {"n": len(found), "title": self.title}
            )
        raise ValueError(_("没有这个%(title)s，请先登记或核对") % {"title": self.title})


def references(model: type[models.Model], given: Collection[str]) -> References:
    """Look all these names up."""
    if model is Town:
        return References(str(model._meta.verbose_name), dict(_towns(given)))
    known: dict[str, list[Any]] = {}
    for name in _NAMED_BY[model]:
        left = [text for text in given if text not in known]
        for chunk in chunks(left):
            for row in model._default_manager.filter(**{f"{name}__in": chunk}):
                known.setdefault(getattr(row, name), []).append(row)
    return References(str(model._meta.verbose_name), known)


def _towns(given: Iterable[str]) -> Iterator[tuple[str, list[Any]]]:
    for text in given:
        try:
            yield text, [find_town(text)]
        except UnknownTownError:
            continue


def chunks(texts: Collection[Any]) -> Iterator[list[Any]]:
    """Pieces small enough for one query on every database."""
    rows = list(texts)
    for start in range(0, len(rows), _CHUNK):
        yield rows[start : start + _CHUNK]
