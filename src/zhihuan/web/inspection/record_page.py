"""The records of a visit as one sheet: to be read on the telephone, printed, or kept as PDF by the browser itself.

The platform makes no PDF: the browser prints this page to paper or to a PDF file, and its share sheet hands
that to a printer nearby. The documents of the matter (.docx) hold the same words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.bureau.matters.catalogue import edition_of
from zhihuan.bureau.matters.declaration import Procedure
from zhihuan.bureau.matters.models import Matter, MatterEvent
from zhihuan.bureau.signatures.field import signature_in
from zhihuan.bureau.signatures.strokes import Signature, path_of
from zhihuan.lines.inspection.told import SIGNED
from zhihuan.web.components.term import Term
from zhihuan.web.matters.place import section_of, trail_to
from zhihuan.web.matters.said import terms_of
from zhihuan.web.matters.visible import matter_for
from zhihuan.web.permission import signed_in

__all__ = ["record"]

_SHOWN = ("begin", "record", "interview", "sample", "leave", "tell")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A signature as a picture: label, path, and between which moments it was written."""

    label: Any
    width: int
    height: int
    path: str
    signature: Signature


@dataclass(frozen=True, slots=True)
class Section:
    """A record: its title, when and by whom, what was said, and who signed."""

    title: Any
    event: MatterEvent
    officers: str
    terms: list[Term]
    signed: list[Drawn]


@require_safe
@never_cache
@signed_in
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """One visit within the reader's scope."""
    matter = matter_for(request.user, pk)
    if matter.procedure != "inspection":
        raise Http404
    procedure = edition_of(matter.procedure, matter.edition)
    context = {
        "section": section_of(procedure),
        "trail": trail_to(procedure, matter, last=_("检查记录")),
        "matter": matter,
        "records": list(_sections(procedure, matter)),
    }
    return render(request, "inspection/record.html", context)


def _sections(procedure: Procedure, matter: Matter) -> Iterator[Section]:
    for event in matter.events.filter(step__in=_SHOWN).order_by("number"):
        step = procedure.step(event.step)
        said = {name: value for name, value in event.said.items() if name not in SIGNED}
        officers = "、".join(f"{each['name']}（{each['certificate']}）" for each in event.officers)
        signed = list(_drawn(step.form.base_fields if step.form else {}, event.said))
        yield Section(step.title, event, officers, terms_of(step, said), signed)


def _drawn(fields: Any, said: Any) -> Iterator[Drawn]:
    for name in (each for each in SIGNED if said.get(each)):
        if (signature := signature_in(said[name])) is not None:
            width, height, path = path_of(signature.drawn())
            yield Drawn(fields[name].label, width, height, path, signature)
