"""Links stand in the chain of the matter that names another, and only sensible ones are made."""

from __future__ import annotations

import pytest

from zhihuan.bureau.matters.engine.linking import link
from zhihuan.bureau.matters.engine.refusals import MatterMovedError, StepRefusedError
from zhihuan.bureau.matters.engine.taking import Acting, open_matter
from zhihuan.bureau.matters.models import MatterEvent, MatterLink
from zhihuan.bureau.places.city import find_town

Kind = MatterLink.Kind


@pytest.fixture
def other(filed):
    return open_matter(
        "trial_case", Acting(filed.cast.officer), title="信访件", town=filed.cast.town
    )


def linked(matter, kind, other, by):
    return link(matter, kind, other, Acting(by), version=matter.version)


def test_a_link_is_an_event_of_the_matter_that_names_the_other(filed, other):
    made = linked(filed.matter, Kind.SPAWNED_BY, other, filed.cast.officer)
    event = MatterEvent.objects.get(pk=made.event_id)
    assert (event.matter, event.step, event.number) == (filed.matter, "_link", 3)
    assert event.source == event.target == "investigating"
    assert event.said == {"kind": "spawned_by", "other": other.pk, "title": "信访件"}
    other.refresh_from_db()
    assert other.version == 1
    assert [each.matter for each in other.linked_from.all()] == [filed.matter]
    filed.take("submit", filed.cast.officer, "03-03")  # the caller's copy knows of it


def test_the_end_of_a_matter_stays_its_end(filed, other):
    filed.take("drop", filed.cast.head, "03-05")
    ended = filed.matter.ended_at
    linked(filed.matter, Kind.MERGED_INTO, other, filed.cast.officer)
    filed.matter.refresh_from_db()
    assert filed.matter.ended_at == ended


def refused(matter, kind, other, by):
    version, count = matter.version, MatterEvent.objects.count()
    with pytest.raises(StepRefusedError) as told:
        linked(matter, kind, other, by)
    assert (matter.version, MatterEvent.objects.count()) == (version, count)
    return str(told.value)


def test_twice_the_same_to_itself_or_in_a_circle_is_refused(filed, other):
    officer = filed.cast.officer
    third = open_matter("trial_case", Acting(officer), title="三", town=filed.cast.town)
    linked(filed.matter, Kind.MERGED_INTO, other, officer)
    linked(other, Kind.MERGED_INTO, third, officer)
    assert "已有此关联" in refused(filed.matter, Kind.MERGED_INTO, other, officer)
    assert "自身" in refused(other, Kind.EVIDENCE_FOR, other, officer)
    assert "互相并入" in refused(third, Kind.MERGED_INTO, filed.matter, officer)
    linked(third, Kind.EVIDENCE_FOR, filed.matter, officer)


def test_only_who_may_act_here_and_look_there_links(filed, other):
    for user in (filed.cast.stranger, filed.cast.owner):
        assert "权限" in refused(other, Kind.SPAWNED_BY, filed.matter, user)
    far = open_matter(
        "trial_case", Acting(filed.cast.stranger), title="远", town=find_town("小榄镇")
    )
    assert "权限" in refused(filed.matter, Kind.SPAWNED_BY, far, filed.cast.officer)


def test_the_platform_links_as_an_effect(filed, other):
    assert linked(other, Kind.SPAWNED_BY, filed.matter, None).event.actor is None


def test_who_saw_an_older_version_is_told(filed, other):
    with pytest.raises(MatterMovedError):
        link(filed.matter, Kind.SPAWNED_BY, other, Acting(filed.cast.officer), version=1)


def test_an_unknown_kind_is_no_link(filed, other):
    with pytest.raises(ValueError, match="cousin"):
        linked(filed.matter, "cousin", other, filed.cast.officer)
