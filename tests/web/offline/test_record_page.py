"""A conflict in plain words, and its author's decision: anew, as a note, or discarded with a reason."""

from __future__ import annotations

import pytest
from phones import Jotter

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.field_records.models import FieldRecord
from zhihuan.bureau.matters.engine.taking import Acting, Said, take


@pytest.fixture
def conflict(sync, jotter, arrive, visit, cast):
    """The officer's conclusion, written before a colleague sent theirs."""
    sync(jotter, arrive())
    visit.refresh_from_db()
    mine, other = jotter, Jotter()
    pairs = ("found", "达标"), ("kinds", "water"), ("seen_on", "2026-11-29")
    told = mine.jot(visit, "record", *pairs)
    take(visit, "note", Acting(cast.second), Said({"words": "排口有异味"}), version=visit.version)
    assert other.sequence == 0
    sync(mine, told)
    return FieldRecord.objects.get(pk=told["id"])


def page_of(browser, record):
    return browser.get(f"/visits/records/{record.pk}/").content.decode()


def decide(browser, record, act, **said):
    return browser.post(f"/visits/records/{record.pk}/", {"_act": act, **said})


def test_the_page_says_what_happened_since_and_shows_what_was_written(officer, conflict):
    page = page_of(officer, conflict)
    assert "已被他人办理" in page
    assert "排口有异味" in page  # what the colleague did meanwhile
    assert 'value="达标"' in page  # what was written, ready to be sent anew
    assert "没有丢失" in page


def test_sent_anew_knowingly_it_is_taken_and_the_trail_says_so(officer, conflict, visit):
    visit.refresh_from_db()
    said = {"found": "达标", "kinds": ["water"], "seen_on": "2026-11-29", "_version": visit.version}
    assert decide(officer, conflict, "again", **said).status_code == 302
    conflict.refresh_from_db()
    assert (conflict.state, conflict.event.step) == ("applied", "record")
    assert AuditEntry.objects.filter(action="field_record.again").count() == 1
    assert conflict.receipts.get(act="again").detail["amended"] is None


def test_amended_answers_are_taken_and_both_are_kept(officer, conflict, visit):
    visit.refresh_from_db()
    said = {
        "found": "超标",
        "kinds": ["water", "gas"],
        "seen_on": "2026-11-29",
        "_version": visit.version,
    }
    decide(officer, conflict, "again", **said)
    conflict.refresh_from_db()
    assert conflict.event.said["found"] == "超标"
    assert ["found", "达标"] in conflict.values  # what the phone sent
    assert ["found", "超标"] in conflict.receipts.get(act="again").detail["amended"]


def test_what_moved_again_while_one_looked_is_told_again(officer, conflict, visit, cast):
    visit.refresh_from_db()
    seen = visit.version
    take(visit, "note", Acting(cast.second), Said({"words": "又一条"}), version=seen)
    said = {"found": "达标", "kinds": ["water"], "seen_on": "2026-11-29", "_version": seen}
    answer = decide(officer, conflict, "again", **said)
    assert answer.status_code == 409
    assert "又一条" in answer.content.decode()
    conflict.refresh_from_db()
    assert conflict.state == "conflict"


def test_wrong_answers_are_shown_with_what_is_wrong(officer, conflict, visit):
    visit.refresh_from_db()
    answer = decide(officer, conflict, "again", found="", _version=visit.version)
    assert answer.status_code == 422
    conflict.refresh_from_db()
    assert conflict.state == "conflict"


def test_when_the_step_is_no_longer_possible_the_page_says_why(officer, conflict, visit, cast):
    visit.refresh_from_db()
    take(visit, "drop", Acting(cast.officer), Said({"why": "x"}), version=visit.version)
    assert "现在不能重新提交" in page_of(officer, conflict)
    assert decide(officer, conflict, "again").status_code == 409


def test_kept_as_a_note_it_stays_readable_with_the_matter(officer, conflict, browse, cast):
    decide(officer, conflict, "note", _why="同事已记")
    conflict.refresh_from_db()
    assert conflict.state == "noted"
    assert "达标" in page_of(browse(cast.head), conflict)
    assert "按现在的情况重新提交" not in page_of(officer, conflict)


def test_discarding_asks_for_a_reason_and_deletes_nothing(officer, conflict):
    assert decide(officer, conflict, "discard").status_code == 422
    decide(officer, conflict, "discard", _why="重复填写")
    conflict.refresh_from_db()
    assert conflict.state == "discarded"
    assert conflict.values
    entry = AuditEntry.objects.get(action="field_record.discard")
    assert entry.detail["why"] == "重复填写"


def test_what_waited_for_it_goes_on_once_it_is_decided(officer, conflict, sync, jotter, visit):
    told = jotter.jot(visit, "note", ("words", "之后"))
    assert sync(jotter, told).json()["records"][0]["state"] == "waiting"
    decide(officer, conflict, "discard", _why="重复填写")
    assert FieldRecord.objects.get(pk=told["id"]).state == "applied"


def test_nobody_else_decides_and_nothing_is_decided_twice(officer, conflict, browse, cast):
    decide(browse(cast.head), conflict, "discard", _why="x")
    conflict.refresh_from_db()
    assert conflict.state == "conflict"
    decide(officer, conflict, "discard", _why="x")
    decide(officer, conflict, "note")
    conflict.refresh_from_db()
    assert conflict.state == "discarded"
    decided = AuditEntry.objects.filter(action__in=["field_record.discard", "field_record.note"])
    assert decided.count() == 1


def test_whoever_may_not_see_the_matter_does_not_see_the_record(browse, cast, conflict):
    assert browse(cast.stranger).get(f"/visits/records/{conflict.pk}/").status_code == 404
    assert decide(browse(cast.stranger), conflict, "note").status_code == 404
