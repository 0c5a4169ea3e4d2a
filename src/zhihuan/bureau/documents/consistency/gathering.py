"""A matter's file, gathered for the self-check out of the database and the store."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.documents.consistency.case_file import Act, CaseFile, Paper, Service
from zhihuan.bureau.documents.consistency.check import checked
from zhihuan.bureau.documents.consistency.finding import Finding
from zhihuan.bureau.documents.consistency.of_a_line import file_rules
from zhihuan.bureau.documents.docx.reading import text_of_document
from zhihuan.bureau.documents.kept import read
from zhihuan.bureau.documents.models import MatterDocument
from zhihuan.bureau.documents.of_matter import documents_of, receipts_of
from zhihuan.bureau.matters.catalogue import edition_of
from zhihuan.bureau.matters.models import Matter, MatterEvent

__all__ = ["file_of", "findings_of"]

#: A matter's line tells by this field or property until when the conduct went on.
CONDUCT_UNTIL = "conduct_until"


def findings_of(matter: Matter) -> list[Finding]:
    """What the general rules and those of its line find. DocumentError when a document is missing."""
    return checked(file_of(matter), file_rules(matter.procedure))


def file_of(matter: Matter) -> CaseFile:
    """Four queries, and each document read from the store."""
    events = list(matter.events.order_by("number"))
    conduct: date | None = getattr(matter, CONDUCT_UNTIL, None)
    return CaseFile(
        party=matter.party.name if matter.party else "",
        credit_code=matter.party.credit_code if matter.party else "",
        papers=tuple(_paper(each) for each in documents_of(matter)),
        acts=tuple(_acts(matter, events)),
        conduct_until=conduct,
        said={each.step: each.said for each in events},
    )


def _paper(document: MatterDocument) -> Paper:
    number = document.number
    return Paper(
        code=document.code,
        title=document.title,
        made_on=beijing_day(document.made_at),
        text=text_of_document(read(document.digest)),
        number=number.text if number else "",
        rule=number.rule if number else "",
        is_served=document.is_served,
        is_void=document.is_void,
        services=tuple(
            Service(each.way, each.effective_on, each.tried_on) for each in receipts_of(document)
        ),
    )


def _acts(matter: Matter, events: Iterable[MatterEvent]) -> Iterable[Act]:
    titles: dict[str, Any] = {
        each.code: each.title for each in edition_of(matter.procedure, matter.edition).steps
    }
    for event in events:
        if event.step in titles:
            people = {str(each["id"]) for each in event.officers} | {str(event.actor_id or "")}
            yield Act(event.step, str(titles[event.step]), event.at, frozenset(people - {""}))
