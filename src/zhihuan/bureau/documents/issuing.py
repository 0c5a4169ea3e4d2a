"""Who issues a document: the bureau, or a branch in its own name (派出机构, 生态环境法典 §53); and its mark."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.documents.faults import DocumentError
from zhihuan.bureau.documents.models import OrganisationMark
from zhihuan.bureau.people.models import Organisation

__all__ = ["ISSUER", "government_above", "issuer_of", "lay_down_mark", "mark_of", "the_bureau"]

#: A step whose form has a field of this name lets its taker choose the issuer.
ISSUER = "issuer"
_KINDS = (Organisation.Kind.BRANCH, Organisation.Kind.BUREAU)
#: The place a bureau is named after.
_BUREAU = re.compile("^(.{2,20}?[市州盟])生态环境局")
_TOWN_ENDING = re.compile("(?:街道办事处|街道|镇|乡|区)$")


def issuer_of(said: Mapping[str, Any], actor: Any) -> Organisation:
    """Who was chosen; else the nearest branch or bureau above whoever acts; else the bureau.

    DocumentError when the one chosen issues no documents.
    """
    if chosen := said.get(ISSUER):
        found = Organisation.objects.filter(pk=chosen, kind__in=_KINDS).first()
        if found is None:
            raise DocumentError(
                f"organisation {chosen} is no bureau and no branch: it issues no documents"
            )
        return found
    home = getattr(actor, "organisation", None)
    if home is None or not home.is_inside:
        return the_bureau()
    above = Organisation.objects.filter(
        pk__in=[each for each in home.path.split("/") if each], kind__in=_KINDS
    )
    return max(above, key=lambda each: len(each.path), default=None) or the_bureau()


def the_bureau() -> Organisation:
    """The bureau itself. DocumentError where none is registered."""
    found = Organisation.objects.filter(kind=Organisation.Kind.BUREAU).order_by("path").first()
    if found is None:
        raise DocumentError(
            "no organisation of the kind 市生态环境局 is registered; register it first"
        )
    return found


def government_above() -> str:
    """The people's government to which a review of the bureau's acts, and of its branches' own, is applied for:
    中山市生态环境局 → 中山市人民政府; 本级人民政府 where the bureau's name does not tell. Source: 行政复议法 (2023) §24.
    """
    bureau = Organisation.objects.filter(kind=Organisation.Kind.BUREAU).order_by("path").first()
    named = _BUREAU.match(bureau.name) if bureau is not None else None
    return f"{named[1]}人民政府" if named else "本级人民政府"


def mark_of(organisation: Organisation) -> str:
    """Its mark in numbers: what was laid down for it; "" for the bureau; else the name of its only town.

    DocumentError for a branch that has neither: its numbers would be the bureau's.
    """
    laid_down = OrganisationMark.objects.filter(organisation=organisation).first()
    if laid_down is not None:
        return laid_down.mark
    if organisation.kind == Organisation.Kind.BUREAU:
        return ""
    towns = list(organisation.towns.all()[:2])
    if len(towns) == 1:
        return _TOWN_ENDING.sub("", towns[0].name)
    raise DocumentError(
        f"{organisation} has no mark for its numbers: lay one down (zhihuan documents mark)"
    )


def lay_down_mark(organisation: Organisation, mark: str, address: str = "") -> OrganisationMark:
    """Give it a mark from now on; numbers given out keep theirs. ValidationError for one that cannot be,
    or is another's."""
    row = OrganisationMark.objects.filter(organisation=organisation).first()
    laid_down = row or OrganisationMark(organisation=organisation)
    laid_down.mark = mark
    laid_down.full_clean()
    laid_down.save()
    record("document.mark", f"organisation:{organisation.pk}", address=address, mark=mark)
    return laid_down
