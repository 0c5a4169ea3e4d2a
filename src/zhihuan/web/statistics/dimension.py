"""What figures are told apart by, for people: titles, words of the keys, and conditions on the acts.

A key that says nothing (no town, no case type) is "-" in addresses, so that it can be asked for too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhihuan.bureau.people.scope import Scope
from zhihuan.bureau.places.models import Town
from zhihuan.bureau.registry.industries import industry_text
from zhihuan.indicators.catalogue import source_words
from zhihuan.indicators.declaration import Law
from zhihuan.indicators.summing import TRAITS
from zhihuan.indicators.within import ActsWithin

__all__ = ["NARROWING", "TITLES", "condition", "in_address", "narrowed_to", "words_of"]

TITLES = {
    "month": gettext_lazy("月份"),
    "town": gettext_lazy("镇街"),
    "case_type": gettext_lazy("案由"),
    "source": gettext_lazy("案件来源"),
    "law": gettext_lazy("适用法律"),
    "industry": gettext_lazy("行业大类"),
}
#: Those by which a whole page can be narrowed.
NARROWING = ("town", *TRAITS)
_NONE = "-"


def in_address(key: Any) -> str:
    """The key as an address has it."""
    return str(key) if key not in {None, ""} else _NONE


def condition(by: str, asked: str) -> Q:
    """The acts with that key, as an address has it."""
    if by == "town":
        return Q(town__isnull=True) if asked == _NONE else Q(town=asked)
    return Q(**{by: "" if asked == _NONE else asked})


def narrowed_to(scope: Scope, narrowed: Iterable[tuple[str, str]]) -> ActsWithin:
    """The acts that a reader sees, of those with these keys, each by its dimension."""
    keys = dict(narrowed)
    asked = reduce(and_, (condition(by, key) for by, key in keys.items()), Q())
    return ActsWithin(scope, asked, by_traits=not keys.keys().isdisjoint(TRAITS))


def words_of(by: str, keys: Iterable[Any]) -> Mapping[str, str]:
    """Key as in an address → words; one query for towns, none else."""
    known = {in_address(each) for each in keys}
    told = {key: str(_words(by, key)) for key in known if by != "town"}
    if by == "town":
        told = dict(Town.objects.filter(pk__in=known).values_list("pk", "name"))
    return {key: told.get(key) or key for key in known} | ({_NONE: _("未载明")} if _NONE in known else {})  # fmt: skip


def _words(by: str, key: str) -> Any:
    if by == "month":
        return _("%(month)d 月") % {"month": int(key)}
    if by == "source":
        return source_words().get(key, key)
    if by == "law":
        return dict(Law.choices).get(key, key)
    return industry_text(key) if by == "industry" else key
