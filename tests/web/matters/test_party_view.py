"""The party of a matter is shown what its procedure declares and not a word more, on every surface there is.

Every procedure that the platform has is walked: a matter of it is filled with marked words, one for each answer of
each step, each clock, each document, each person of the bureau; then its party looks everywhere.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from django import forms
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from zhihuan.bureau.documents.models import MatterDocument, ServiceReceipt
from zhihuan.bureau.documents.seen import seen_documents
from zhihuan.bureau.inbox.keeping import renew
from zhihuan.bureau.matters.catalogue import procedures
from zhihuan.bureau.matters.engine.acting import Acting
from zhihuan.bureau.matters.engine.linking import link
from zhihuan.bureau.matters.engine.taking import model_of
from zhihuan.bureau.matters.models import Matter, MatterEvent, MatterLink, RunningClock
from zhihuan.bureau.matters.reach import may_view, seen_by
from zhihuan.bureau.matters.sight import GOING_ON, ONGOING
from zhihuan.bureau.matters.timeline import read
from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.people.roles import ENTERPRISE_USER
from zhihuan.bureau.places.city import find_town
from zhihuan.bureau.search.finding import search
from zhihuan.bureau.timeline.happening import Subject
from zhihuan.web.matters.due import Today
from zhihuan.web.matters.matter_list import matter_list
from zhihuan.web.matters.state import status_for

EVERY = procedures()
PROCEDURE = pytest.mark.parametrize(
    "procedure", EVERY, ids=[f"{each.code}-{each.edition}" for each in EVERY]
)
#: Told by keys of records, of files or by words of their own: looked at by their own tests.
_NOT_PLAIN = (forms.ModelChoiceField, forms.FileField)


@dataclass
class Filled:
    """A matter full of marks. shown: those the party may read; hidden: those it may not."""

    matter: Any
    owner: Any
    officer: Any
    shown: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)

    def mark(self, words: str, *, is_shown: bool) -> str:
        (self.shown if is_shown else self.hidden).add(words)
        return words


@pytest.fixture
def filled(person, db) -> Any:
    """``filled(procedure)``: its matter, as ``Filled``."""

    def make(procedure: Any) -> Filled:
        firm = Organisation.objects.create(name="中山某厂", kind="enterprise")
        bureau = Organisation.objects.create(name="市生态环境局", kind="bureau")
        owner = person(ENTERPRISE_USER, name="owner", at=firm)
        officer = person("field_officer", name="hidden-officer", at=bureau)
        model = model_of(procedure)
        matter = model.objects.create(
            procedure=procedure.code, edition=procedure.edition, state=procedure.begins,
            title="某厂的事项", party=firm, party_name=firm.name, town=find_town("三角镇"),
        )  # fmt: skip
        told = Filled(matter, owner, officer)
        _events(told, procedure)
        _clocks(told, procedure)
        _documents(told, procedure, bureau)
        Matter.objects.filter(pk=matter.pk).update(version=matter.version, head=b"x")
        told.hidden |= {"hidden-officer", "44-HIDDEN", "hidden-clue"}
        clue = Matter.objects.create(
            procedure=procedure.code, edition=procedure.edition, state=procedure.begins, title="hidden-clue"
        )  # fmt: skip
        link(matter, MatterLink.Kind.SPAWNED_BY, clue, Acting(None), version=matter.version)
        renew([Matter.objects.get(pk=matter.pk)])
        return told

    return make


def _events(told: Filled, procedure: Any) -> None:
    view = procedure.party
    for step in procedure.steps:
        named = view.steps.get(step.code, ()) if view else ()
        fields = step.form.base_fields if step.form is not None else {}
        said = {
            name: _value(asked, told.mark(f"said-{step.code}-{name}-", is_shown=name in named))
            for name, asked in fields.items()
            if _is_plain(asked)
        }
        _event(told, step.code, procedure.begins, said)


def _event(told: Filled, step: str, state: str, said: Any) -> Any:
    """By somebody of the bureau, together with an officer."""
    told.matter.version += 1
    officer = told.officer
    return MatterEvent.objects.create(
        matter=told.matter, number=told.matter.version, at=timezone.now(), actor=officer,
        actor_name="hidden-officer", step=step, source=state, target=state, said=said, digest=b"x",
        officers=[{"id": officer.pk, "name": "hidden-officer", "certificate": "44-HIDDEN"}],
    )  # fmt: skip


def _is_plain(asked: Any) -> bool:
    return not isinstance(asked, _NOT_PLAIN) and type(asked).__name__ != "VaultFileField"


def _value(asked: Any, mark: str) -> Any:
    specimen = getattr(asked, "SPECIMEN", ())
    if specimen:
        return [dict.fromkeys(specimen[0], mark)]
    return mark if not hasattr(asked, "words_of") else {"title": mark}


def _clocks(told: Filled, procedure: Any) -> None:
    first = told.matter.events.order_by("number").first()
    for number, clock in enumerate(procedure.clocks):
        day = dt.date(2031, 1, 1) + dt.timedelta(days=10 * number)
        is_shown = procedure.party is not None and clock.code in procedure.party.clocks
        told.mark(day.isoformat(), is_shown=is_shown)
        RunningClock.objects.create(
            matter=told.matter, code=clock.code, limit=clock.limit, started=first, last_day=day,
            due_at=timezone.make_aware(dt.datetime.combine(day, dt.time())) + dt.timedelta(days=1),
        )  # fmt: skip


def _documents(told: Filled, procedure: Any, bureau: Any) -> None:
    """Each twice: once served, once not yet."""
    for step in procedure.steps:
        for is_served in (True, False) if step.documents else ():
            event = _event(told, step.code, procedure.begins, {})
            for declared in step.documents:
                _document(told, procedure, event, declared, bureau, is_served=is_served)


def _document(
    told: Filled, procedure: Any, event: Any, declared: Any, bureau: Any, *, is_served: bool
) -> None:
    view = procedure.party
    at_once = view is not None and declared.code in view.at_once
    on_service = view is not None and declared.code in view.documents
    may = at_once or (on_service and (is_served or not declared.served))
    made = MatterDocument.objects.create(
        matter=told.matter, event=event, code=declared.code, issuer=bureau,
        title=told.mark(f"paper-{event.step}-{declared.code}-{is_served}-", is_shown=may),
        template="x", template_version="x", facts={}, digest="0" * 64, size_bytes=1, made_at=timezone.now(),
        is_served=declared.served, is_published=declared.published,
    )  # fmt: skip
    day = timezone.localdate() - dt.timedelta(days=1)
    if is_served:
        ServiceReceipt.objects.create(
            document=made,
            way="direct",
            tried_on=day,
            effective_on=day,
            recipient="某厂",
            served_by="甲",
        )


def text_of(answer: Any) -> str:
    """All text of a page or a document of the interface, or of a workbook's cells."""
    if "spreadsheet" in answer.get("Content-Type", ""):
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        book = load_workbook(io.BytesIO(content))
        return "\n".join(str(cell.value) for sheet in book for row in sheet for cell in row)
    return answer.content.decode()


def surfaces(filled: Filled, browser: Any, procedure: Any) -> dict[str, str]:
    """Every place in which the party looks, by name."""
    pk, code = filled.matter.pk, procedure.code
    every = "&".join(
        f"col={each}" for each in ("number", "title", "party", "state", "due", "left", "ended")
    )
    addresses = {
        "page": f"/matters/{pk}/",
        "list": f"/matters/{code}/?{every}",
        "all": "/matters/",
        "excel": f"/matters/{code}/?format=xlsx&{every}",
        "api": f"/api/v1/matters/{code}/{pk}",
        "api list": f"/api/v1/matters/{code}",
        "search": "/search/?q=某厂",
        "inbox": "/inbox/",
        "api inbox": "/api/v1/inbox",
        "messages": "/messages/",
    }
    found = {}
    for name, address in addresses.items():
        answer = browser.get(address)
        assert answer.status_code == 200, (name, answer.status_code)
        found[name] = text_of(answer)
    return found


SHOWN = [each for each in EVERY if each.party is not None]
TO_PARTIES = pytest.mark.parametrize("procedure", SHOWN, ids=[each.code for each in SHOWN])


@TO_PARTIES
def test_no_surface_tells_a_party_what_is_not_declared(procedure, filled, browse):
    told = filled(procedure)
    for name, text in surfaces(told, browse(told.owner), procedure).items():
        leaked = sorted(each for each in told.hidden if each in text)
        assert leaked == [], (name, leaked)


@TO_PARTIES
def test_what_is_declared_is_on_the_page_and_told_to_programs(procedure, filled, browse):
    told = filled(procedure)
    browser = browse(told.owner)
    page = text_of(browser.get(f"/matters/{told.matter.pk}/"))
    lacking = sorted(each for each in told.shown if each not in page)
    assert lacking == []
    answer = json.dumps(browser.get(f"/api/v1/matters/{procedure.code}/{told.matter.pk}").json(), ensure_ascii=False)  # fmt: skip
    said = (each for each in told.shown if each.startswith("said-"))
    assert [each for each in said if each not in answer] == []


@TO_PARTIES
def test_a_state_that_is_not_declared_has_no_name_and_cannot_be_asked_for(
    procedure, filled, browse
):
    told = filled(procedure)
    browser, address = browse(told.owner), f"/api/v1/matters/{procedure.code}"
    for state in procedure.states:
        Matter.objects.filter(pk=told.matter.pk).update(state=state.code)
        matter = Matter.objects.get(pk=told.matter.pk)
        is_named = state.code in procedure.party.states
        words = status_for(told.owner, matter).text
        named = str(state.title if is_named else GOING_ON)
        assert str(words) == named
        (told_there,) = read(Subject(matter.party_id, reader=told.owner), None, 5)
        assert told_there.title == f"{procedure.title} · {named}"
        assert browser.get(f"{address}/{matter.pk}").json()["state"] == (
            state.code if is_named else ONGOING
        )
        asked = browser.get(f"{address}?state={state.code}").json()["items"]
        assert bool(asked) is is_named


def test_a_party_asks_nothing_that_hidden_clocks_or_states_would_answer(person, db):
    firm = Organisation.objects.create(name="中山某厂", kind="enterprise")
    listing = matter_list(EVERY[1], Today.look(), person(ENTERPRISE_USER, name="owner", at=firm))
    assert {each.name for each in listing.filters} == {"q", "open", "opened"}
    assert {each.sort for each in listing.columns if each.sort} == {"pk", "opened_at"}


@TO_PARTIES
def test_documents_open_only_where_they_are_declared(procedure, filled):
    told = filled(procedure)
    seen = {each.title for each in seen_documents(told.owner)}
    assert seen == {each for each in told.shown if each.startswith("paper-")}


@PROCEDURE
def test_a_matter_is_nothing_to_its_party_before_the_step_that_tells_it(procedure, filled, browse):
    told = filled(procedure)
    view = procedure.party
    if view is not None and not view.since:
        return
    quiet = Matter.objects.create(
        procedure=procedure.code, edition=procedure.edition, state=procedure.begins, title="某厂的另一事项",
        party=told.matter.party, town=told.matter.town,
    )  # fmt: skip
    assert not may_view(told.owner, quiet)
    assert quiet.pk not in set(seen_by(told.owner).values_list("pk", flat=True))
    assert browse(told.owner).get(reverse("matter", args=[quiet.pk])).status_code == 404
    renew([quiet])
    assert not quiet.to_dos.filter(role=ENTERPRISE_USER).exists()
    keys = {key for hits in search(told.owner, "另一事项", most=9) for key in hits.keys}
    assert quiet.pk not in keys


@TO_PARTIES
def test_whoever_is_of_the_bureau_sees_all_of_it(procedure, filled, browse, person):
    told = filled(procedure)
    leader = person(*_inside(procedure), name="inside", at=Organisation.objects.get(kind="bureau"))
    page = text_of(browse(leader).get(f"/matters/{told.matter.pk}/"))
    papers = {each for each in told.hidden | told.shown if not re.match(r"\d{4}-", each)}
    assert sorted(each for each in papers if each not in page and each != "hidden-clue") == []


def _inside(procedure: Any) -> list[str]:
    return sorted(
        {role for step in procedure.steps for role in step.who.reaches} - {ENTERPRISE_USER}
    )[:1]
