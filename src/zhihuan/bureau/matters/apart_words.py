"""Whom a step is kept apart from (前序环节回避), in words: for the matrix of rights, the table of steps, a modeller."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from zhihuan.bureau.matters.catalogue import newest
from zhihuan.bureau.matters.declaration import Procedure, Step

__all__ = ["apart_words"]


def apart_words(procedure: Procedure, step: Step) -> str:
    """ "提请立案、调查终结；关联的现场检查：采样（依据：…）"; "" where it is kept apart from nothing. Procedures that are not
    installed are left out."""
    who = step.who
    known = {each.code: each for each in newest()} | {procedure.code: procedure}
    told = [_titles(procedure, who.apart_from)] if who.apart_from else []
    for code, steps in who.apart_elsewhere.items():
        if (other := known.get(code)) is not None:
            words = _("关联的%(procedure)s：%(steps)s")
            told.append(words % {"procedure": other.title, "steps": _titles(other, steps)})
    basis = _("（依据：%(basis)s）") % {"basis": who.apart_by} if told and who.apart_by else ""
    return "；".join(told) + basis


def _titles(procedure: Procedure, codes: Iterable[str]) -> str:
    titles: dict[str, Any] = {each.code: each.title for each in procedure.steps}
    return "、".join(dict.fromkeys(str(titles[code]) for code in codes if code in titles))
