"""Make the documents a step declares, in the step's own transaction: all of them, or the step is undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import structlog
from django.conf import settings
from django.utils.translation import gettext as _

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.documents.declared import template_of
from zhihuan.bureau.documents.facts import document_facts, issuer_facts, matter_facts
from zhihuan.bureau.documents.faults import DocumentError
from zhihuan.bureau.documents.filling import filled
from zhihuan.bureau.documents.issuing import issuer_of, mark_of
from zhihuan.bureau.documents.kept import digest_of, keep, read
from zhihuan.bureau.documents.models import DocumentNumber, MatterDocument
from zhihuan.bureau.documents.numbers.rule import NumberRule, number_rule
from zhihuan.bureau.documents.numbers.taking import holder_of, take_number
from zhihuan.bureau.documents.sealing import sealed_away
from zhihuan.bureau.documents.template import Template
from zhihuan.bureau.matters.catalogue import edition_of
from zhihuan.bureau.matters.declaration import Document, Step
from zhihuan.bureau.matters.engine.acting import Acting, Said
from zhihuan.bureau.matters.engine.effects import Taken
from zhihuan.bureau.matters.engine.forms import filled as form_filled
from zhihuan.bureau.matters.engine.forms import plain
from zhihuan.bureau.matters.engine.refusals import StepRefusedError
from zhihuan.bureau.matters.engine.refusing import officers_acting, refusal_of
from zhihuan.bureau.matters.engine.taking import of_its_line
from zhihuan.bureau.matters.models import Matter, MatterEvent
from zhihuan.bureau.people.models import Organisation

__all__ = ["made_again", "make_documents", "preview"]

_log = structlog.get_logger(__name__)


def make_documents(taken: Taken) -> None:
    """An effect of the engine. StepRefusedError, which undoes the step, where one cannot be made."""
    step = taken.step
    if step is None or not step.documents:
        return
    try:
        _make_all(taken, step)
    except DocumentError as error:
        _log.exception("document_not_made", matter=taken.matter.pk, step=step.code)
        words = _("文书未能生成，“%(step)s”未办理。请将以下说明告知平台管理员：%(why)s")
        raise StepRefusedError(words % {"step": step.title, "why": error}) from error


def _make_all(taken: Taken, step: Step) -> None:
    issuer = issuer_of(taken.event.said, taken.acting.actor)
    events = taken.matter.events.filter(number__lte=taken.event.number).order_by("number")
    told = taken.facts.said
    facts = matter_facts(taken.matter, step, events, issuer_facts(issuer), told)
    numbers = _numbers(step.documents, issuer, taken.event, facts)
    for document in step.documents:
        _make(taken, document, issuer, facts, numbers.get(document.code))


def preview(matter: Matter, step: Step, document: Document, acting: Acting, said: Said) -> bytes:
    """The document as the step would make it now, with a blank for the number and masks for what is sealed; nothing is
    written.

    StepRefusedError (FormRefusedError) as when the step is taken; DocumentError.
    """
    procedure = edition_of(matter.procedure, matter.edition)
    if refusal := refusal_of(procedure, step, matter, acting):
        raise StepRefusedError(refusal)
    matter = of_its_line(matter)
    told = form_filled(step, matter, said)
    event = _coming(step, matter, acting, told)
    issuer = issuer_of(event.said, acting.actor)
    events = [*matter.events.order_by("number"), event]
    facts = sealed_away(matter_facts(matter, step, events, issuer_facts(issuer), told))
    number = _blank(document, issuer, event, facts)
    of_document = document_facts(document, number, event.at)
    return filled(template_of(procedure, document), {**facts, "document": of_document})


def made_again(document: MatterDocument) -> bytes:
    """The document from its facts and the template of that time: the same bytes, or something is wrong."""
    template = Template(document.template, document.code, read(document.template_version))
    return filled(template, document.facts)


def _numbers(
    documents: Iterable[Document],
    issuer: Organisation,
    event: MatterEvent,
    facts: Mapping[str, Any],
) -> dict[str, DocumentNumber]:
    """A number for each that has a rule; always in one order of rules, so that no two steps that take
    several wait for each other."""
    numbered = sorted((each for each in documents if each.number), key=lambda each: each.number)
    return {
        each.code: take_number(
            number_rule(each.number), issuer, event.at, **_brought(number_rule(each.number), facts)
        )
        for each in numbered
    }


def _make(
    taken: Taken,
    document: Document,
    issuer: Organisation,
    facts: Mapping[str, Any],
    number: DocumentNumber | None,
) -> None:
    template = template_of(taken.procedure, document)
    text = number.text if number else ""
    told = {**facts, "document": document_facts(document, text, taken.event.at)}
    data = filled(template, told)
    keep(template.data)
    made = MatterDocument.objects.create(
        matter_id=taken.matter.pk,
        event=taken.event,
        code=document.code,
        title=str(document.title),
        number=number,
        issuer=issuer,
        template=template.where,
        template_version=template.version,
        facts=told,
        digest=keep(data),
        size_bytes=len(data),
        made_at=taken.event.at,
        is_served=document.served,
        is_published=document.published,
    )
    record(
        "document.make",
        f"matter:{taken.matter.pk}",
        actor=taken.acting.actor,
        address=taken.acting.address,
        document=made.pk,
        code=document.code,
        number=text,
        template=template.version,
        digest=digest_of(data),
    )


def _coming(step: Step, matter: Matter, acting: Acting, said: Mapping[str, Any]) -> MatterEvent:
    """The event the step would append; not saved."""
    officers, _refusal = officers_acting(step, acting)
    return MatterEvent(
        matter_id=matter.pk,
        number=matter.version + 1,
        at=acting.moment(),
        actor=acting.actor,
        actor_name=str(acting.actor) if acting.actor else "",
        officers=officers,
        step=step.code,
        source=matter.state,
        target=step.leads_from(matter.state),
        said={name: plain(value) for name, value in said.items()},
    )


def _blank(
    document: Document, issuer: Organisation, event: MatterEvent, facts: Mapping[str, Any]
) -> str:
    if not document.number:
        return ""
    rule = number_rule(document.number)
    mark = mark_of(holder_of(rule, issuer)) if rule.has_mark else ""
    return rule.blank(beijing_day(event.at).year, mark, **_brought(rule, facts))


def _brought(rule: NumberRule, facts: Mapping[str, Any]) -> dict[str, str]:
    """What the rule asks for, from what the step was told, the matter, the line; the city's code is its
    area where nobody says another."""
    places = (facts["said"][facts["step"]["code"]], facts["line"], facts["matter"])
    city = {"area": settings.ZHIHUAN_CITY}
    return {
        name: str(next((each[name] for each in (*places, city) if each.get(name)), ""))
        for name in rule.asks_for
    }
