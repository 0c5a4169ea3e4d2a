"""Evidence is numbered within its matter, held for ever, its custody begun; files of steps become evidence."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
import vault_samples as samples
from django import forms
from django.core.exceptions import ValidationError
from procedures import CASE, OFFICERS

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.matters import catalogue
from zhihuan.bureau.matters.declaration import Step, Who
from zhihuan.bureau.matters.engine.acting import Acting, Said
from zhihuan.bureau.matters.engine.taking import open_matter, take
from zhihuan.bureau.people.actions import Reach
from zhihuan.bureau.people.roles import ENTERPRISE_USER
from zhihuan.bureau.vault.fields import VaultFileField, token_of
from zhihuan.bureau.vault.keeping import receive
from zhihuan.bureau.vault.models import Evidence
from zhihuan.bureau.vault.origin import Origin

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]


def test_pieces_are_numbered_from_one_and_held(add: Any, walk: Any) -> None:
    first, second = add(samples.photo(), "a.jpg"), add(samples.pdf(), "b.pdf")
    assert (first.number, second.number) == (1, 2)
    assert first.file.held
    assert first.added_by == walk.cast.officer
    assert not first.from_party


def test_custody_begins_with_whoever_brought_it(add: Any, walk: Any) -> None:
    [entry] = add(samples.photo(), "a.jpg").custody.all()
    assert (entry.act, entry.number, entry.holder) == ("receive", 1, str(walk.cast.officer))


def test_what_a_party_gives_is_marked_so(add: Any, walk: Any) -> None:
    assert add(samples.pdf(), "a.pdf", walk.cast.owner, obtained="given").from_party


def test_adding_leaves_an_entry_with_both_digests(add: Any) -> None:
    evidence = add(samples.photo(), "a.jpg")
    entry = AuditEntry.objects.get(action="evidence.add", subject=f"evidence:{evidence.pk}")
    content = evidence.file.content
    assert (entry.detail["sha256"], entry.detail["sm3"]) == (content.sha256, content.sm3)


def test_a_kind_the_law_does_not_know_is_refused_and_nothing_is_added(add: Any) -> None:
    with pytest.raises(ValidationError):
        add(samples.photo(), "a.jpg", kind="hearsay")
    assert not Evidence.objects.exists()


# ---- files that a step asks for ----


class AskForm(forms.Form):
    report = VaultFileField(label="检测报告", accepted=("pdf",), evidence="appraisal")
    photo = VaultFileField(label="现场照片", required=False, evidence="audiovisual")


def _asking() -> Any:
    who = Who(OFFICERS | {ENTERPRISE_USER: Reach.OWN})
    asking = Step("hand_in", "提交材料", ("draft",), "", who, form=AskForm)
    shown = {**CASE.party.steps, "hand_in": ("report", "photo")}
    party = replace(CASE.party, steps=shown)
    return replace(CASE, code="asking_case", steps=(asking, *CASE.steps), party=party)


@pytest.fixture
def asking(cast: Any) -> Any:
    """A matter of a procedure whose first step asks for files."""
    procedure = _asking()
    catalogue.register(procedure)
    acting = Acting(cast.officer)
    yield open_matter(procedure.code, acting, title="x", party=cast.firm, town=cast.town)
    catalogue.forget(procedure.code)


def kept(by: Any, content: bytes, name: str) -> Any:
    return receive(io.BytesIO(content), name, Origin(by))


def test_each_file_of_a_step_becomes_evidence_with_the_step(asking: Any, cast: Any) -> None:
    report = kept(cast.owner, samples.pdf(), "报告.pdf")
    said = Said({"report": token_of(report)})
    event = take(asking, "hand_in", Acting(cast.owner, "10.1.1.1"), said, version=asking.version)
    [evidence] = asking.evidence.all()
    assert event.said["report"] == report.pk
    assert (evidence.title, evidence.kind, evidence.obtained) == ("检测报告", "appraisal", "given")
    assert (evidence.event, evidence.from_party) == (event, True)
    report.refresh_from_db()
    assert report.held


def test_a_step_that_is_undone_leaves_no_evidence_and_holds_nothing(
    asking: Any, cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zhihuan.bureau.matters.engine import effects

    def breaks(_taken: Any) -> None:
        raise RuntimeError("a later effect fails")

    monkeypatch.setattr(effects, "_effects", [*effects._effects, breaks])
    report = kept(cast.owner, samples.pdf(), "报告.pdf")
    with pytest.raises(RuntimeError):
        take(
            asking, "hand_in", Acting(cast.owner), Said({"report": report}), version=asking.version
        )
    assert not Evidence.objects.exists()
    report.refresh_from_db()
    assert not report.held
