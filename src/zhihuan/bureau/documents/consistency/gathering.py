"""A matter's file, gathered for the self-check out of the database and the store.

``file_of`` has papers, acts and what was said; ``whole_file_of`` adds evidence, limits, certificates and the papers of the
matters that this one grew from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.documents.consistency.case_file import (
    Act,
    CaseFile,
    Exhibit,
    Officer,
    Paper,
    Service,
    Watch,
)
from zhihuan.bureau.documents.consistency.check import checked
from zhihuan.bureau.documents.consistency.finding import Finding
from zhihuan.bureau.documents.consistency.of_a_line import file_rules
from zhihuan.bureau.documents.docx.reading import text_of_document
from zhihuan.bureau.documents.family import forebears_of
from zhihuan.bureau.documents.kept import read
from zhihuan.bureau.documents.models import MatterDocument
from zhihuan.bureau.documents.of_matter import documents_of, receipts_of
from zhihuan.bureau.matters.catalogue import edition_of
from zhihuan.bureau.matters.engine.taking import of_its_line
from zhihuan.bureau.matters.models import ClockMark, Matter, MatterEvent, RunningClock
from zhihuan.bureau.people.models import EnforcementCertificate
from zhihuan.bureau.vault.kinds.recognising import KINDS
from zhihuan.bureau.vault.limits import IMAGE
from zhihuan.bureau.vault.models import CustodyEntry, Evidence

__all__ = ["file_of", "findings_of", "whole_file_of"]

#: A matter's line tells by this field or property until when the conduct went on.
CONDUCT_UNTIL = "conduct_until"
#: … by these, whether its party is a person, and the numbers of the identity document.
NEEDS_IDENTITY, IDENTITY_NUMBERS = "needs_identity", "identity_numbers"
_Outcome = RunningClock.Outcome


def findings_of(matter: Matter, now: datetime | None = None) -> list[Finding]:
    """What the general rules and those of its line find at a moment (None: now). DocumentError when a document is missing."""
    return checked(whole_file_of(matter, now), file_rules(matter.procedure))


def file_of(matter: Matter) -> CaseFile:
    """Six queries at most, and each document read from the store."""
    return _file_of(matter, list(matter.events.order_by("number")), list(documents_of(matter)))


def whole_file_of(matter: Matter, now: datetime | None = None) -> CaseFile:
    """The same with what stands beside the papers; the queries do not grow with what lies in the file."""
    events = list(matter.events.order_by("number"))
    documents = list(documents_of(matter))
    evidence = list(_evidence_of(matter))
    file = _file_of(matter, events, documents)
    with_paper = {each.event_id for each in (*documents, *evidence) if each.event_id}
    known = _certificates(events)
    acts = tuple(_acts(matter, events, known, with_paper))
    return replace(
        file,
        acts=acts,
        address=_address(matter),
        exhibits=tuple(map(_exhibit, evidence)),
        watches=tuple(_watches(matter, now or timezone.now())),
        beside=tuple(_beside(matter)),
    )


def _file_of(
    matter: Matter, events: list[MatterEvent], documents: Iterable[MatterDocument]
) -> CaseFile:
    own = of_its_line(matter)
    conduct: date | None = getattr(own, CONDUCT_UNTIL, None)
    return CaseFile(
        party=matter.party.name if matter.party else "",
        credit_code=matter.party.credit_code if matter.party else "",
        papers=tuple(_paper(each) for each in documents),
        acts=tuple(_acts(matter, events, None, None)),
        conduct_until=conduct,
        said={each.step: each.said for each in events},
        needs_identity=getattr(own, NEEDS_IDENTITY, False),
        identity_numbers=tuple(getattr(own, IDENTITY_NUMBERS, ())),
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
            Service(each.way, each.effective_on, each.tried_on, each.place)
            for each in receipts_of(document)
        ),
    )


def _acts(
    matter: Matter,
    events: Iterable[MatterEvent],
    known: Mapping[str, EnforcementCertificate] | None,
    with_paper: set[int] | None,
) -> Iterator[Act]:
    """known, with_paper: None where nobody asked for certificates and papers."""
    procedure = edition_of(matter.procedure, matter.edition)
    titles: dict[str, Any] = {each.code: each.title for each in procedure.steps}
    stopping = {step for clock in procedure.clocks for step in clock.pauses}
    for event in events:
        if event.step in titles:
            people = {str(each["id"]) for each in event.officers} | {str(event.actor_id or "")}
            yield Act(
                step=event.step,
                title=str(titles[event.step]),
                at=event.at,
                people=frozenset(people - {""}),
                officers=()
                if known is None
                else tuple(_officer(each, known) for each in event.officers),
                stops_clock=event.step in stopping,
                has_paper=with_paper is None or event.pk in with_paper,
            )


def _officer(told: Mapping[str, Any], known: Mapping[str, EnforcementCertificate]) -> Officer:
    number = str(told.get("certificate", ""))
    held = known.get(number)
    return Officer(
        str(told["name"]), number, held.issued if held else None, held.expires if held else None
    )


def _certificates(events: Iterable[MatterEvent]) -> dict[str, EnforcementCertificate]:
    """By their numbers: those that anybody acted with."""
    numbers = {str(each.get("certificate", "")) for event in events for each in event.officers}
    rows = EnforcementCertificate.objects.filter(number__in=numbers) if numbers else ()
    return {each.number: each for each in rows}


def _evidence_of(matter: Matter) -> Iterable[Evidence]:
    rows = Evidence.objects.filter(matter_id=matter.pk, withdrawn_at__isnull=True)
    entries = Prefetch("custody", CustodyEntry.objects.order_by("number"))
    return rows.select_related("file__content").prefetch_related(entries).order_by("number")


def _exhibit(evidence: Evidence) -> Exhibit:
    stored, content = evidence.file, evidence.file.content
    exif: Mapping[str, Any] = content.facts.get("exif") or {}
    taken = evidence.taken_at or stored.stated_at
    is_placed = any(each is not None for each in (evidence.lon, stored.stated_lon, exif.get("lon")))
    words = [each.words for each in evidence.custody.all()]
    return Exhibit(
        number=str(evidence.number),
        title=evidence.title,
        kind=evidence.kind,
        obtained=evidence.obtained,
        is_picture=content.kind in KINDS and KINDS[content.kind].family == IMAGE,
        taken_on=beijing_day(taken) if taken else _camera_day(exif),
        place=evidence.place or ("·" if is_placed else ""),
        taken_by=evidence.taken_by,
        told="；".join([evidence.title, evidence.origin, *words]),
    )


def _camera_day(exif: Mapping[str, Any]) -> date | None:
    told = str(exif.get("taken_at") or "")[:10]
    return date.fromisoformat(told) if told else None


def _watches(matter: Matter, now: datetime) -> Iterator[Watch]:
    declared = {each.code: each for each in edition_of(matter.procedure, matter.edition).clocks}
    longer = Prefetch("marks", ClockMark.objects.filter(kind=ClockMark.Kind.EXTEND))
    for row in RunningClock.objects.filter(matter_id=matter.pk).prefetch_related(longer).order_by("pk"):  # fmt: skip
        if (clock := declared.get(row.code)) is not None:
            yield Watch(
                code=row.code,
                title=str(clock.title),
                last_day=row.last_day,
                is_ours=clock.duty == "bureau",
                is_late=row.outcome == _Outcome.LATE,
                is_over=row.outcome == _Outcome.EXPIRED or _ran_out(row, now),
                was_extended=bool(row.marks.all()),
            )


def _ran_out(row: RunningClock, now: datetime) -> bool:
    return bool(row.outcome == _Outcome.RUNNING and row.due_at and row.due_at <= now)


def _address(matter: Matter) -> str:
    """The party's registered address, where its line tells one."""
    tell = getattr(of_its_line(matter), "document_facts", None)
    return str(tell().get("address") or "") if tell is not None else ""


def _beside(matter: Matter) -> Iterator[Paper]:
    keys = forebears_of(matter)
    if not keys:
        return
    rows = MatterDocument.objects.filter(matter_id__in=keys).select_related("number")
    yield from map(_paper, rows.prefetch_related("receipts"))
