"""A step is taken by whom it may, when it may, wholly or not at all."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.matters.engine.refusals import (
    AlreadyOpenedError,
    FormRefusedError,
    MatterMovedError,
    StepRefusedError,
)
from zhihuan.bureau.matters.engine.taking import Acting, Said, open_matter, take
from zhihuan.bureau.matters.models import Matter, MatterEvent, RunningClock
from zhihuan.bureau.people.scope import forget_grants


def everything() -> list[list[tuple]]:
    """Every row of the room and of the trail, to see that nothing changed."""
    tables = (Matter, MatterEvent, RunningClock, AuditEntry)
    return [list(model.objects.order_by("pk").values_list()) for model in tables]


def refused(walk, kind=StepRefusedError, **given):
    before, version = everything(), walk.matter.version
    with pytest.raises(kind) as told:
        walk.take(**given)
    assert everything() == before
    assert walk.matter.version == version
    return str(told.value)


# ---- opening ----


def test_a_matter_is_opened_in_the_first_state_of_the_edition_in_force(walk):
    matter = Matter.objects.get(pk=walk.matter.pk)
    assert (matter.procedure, matter.edition, matter.state) == ("trial_case", "2021", "draft")
    event = matter.events.get()
    assert (event.number, event.step, event.target) == (1, "_open", "draft")
    assert (matter.version, bytes(matter.head)) == (1, bytes(event.digest))
    assert AuditEntry.objects.filter(action="matter.open", actor=walk.cast.officer).count() == 1


def test_who_can_take_no_first_step_there_opens_nothing(case, cast):
    for user in (cast.stranger, cast.owner, None):
        with pytest.raises(StepRefusedError, match="没有办理该事项的权限"):
            open_matter(case.code, Acting(user), title="x", party=cast.firm, town=cast.town)
    assert everything() == [[], [], [], []]


def test_what_cannot_be_is_refused_by_field(case, cast):
    with pytest.raises(ValidationError) as told:
        open_matter(case.code, Acting(cast.officer), title="", town=cast.town)
    assert list(told.value.message_dict) == ["title"]
    assert not Matter.objects.exists()


def test_one_sheet_opens_one_matter(case, cast):
    sheet = {"title": "x", "town": cast.town, "submission": uuid.uuid4()}
    first = open_matter(case.code, Acting(cast.officer), **sheet)
    with pytest.raises(AlreadyOpenedError) as told:
        open_matter(case.code, Acting(cast.officer), **sheet)
    assert told.value.matter == first
    assert Matter.objects.count() == 1


# ---- who, where, in which state ----


def test_a_step_leads_on_and_leaves_an_event_and_an_entry(filed):
    matter = Matter.objects.get(pk=filed.matter.pk)
    event = matter.events.get(number=2)
    assert matter.state == filed.matter.state == event.target == "investigating"
    assert (event.source, event.actor, event.actor_name) == ("draft", filed.cast.officer, "officer")
    assert [each["name"] for each in event.officers] == ["officer", "second"]
    assert [each["certificate"] for each in event.officers] == [
        f"44-{user.pk}" for user in (filed.cast.officer, filed.cast.second)
    ]
    entry = AuditEntry.objects.get(action="matter.step")
    assert entry.subject == f"matter:{matter.pk}"
    assert entry.detail["digest"] == bytes(event.digest).hex() == bytes(matter.head).hex()
    assert entry.address == "10.0.0.8"


def test_a_step_of_another_state_is_refused_by_name(walk):
    assert refused(walk, step="submit", by=walk.cast.officer, day="03-03") == (
        "事项现处于“登记”，不能办理“提交审查”。"
    )


def test_a_step_that_does_not_exist_is_no_step(walk):
    with pytest.raises(KeyError):
        walk.take("fly", walk.cast.officer, "03-03")


def test_the_role_decides_and_how_far_it_reaches(filed):
    for user in (filed.cast.owner, filed.cast.officer, filed.cast.stranger, None):
        words = refused(filed, step="drop", by=user, day="03-03")
        assert words == "您没有办理“不予处罚”的权限。"
    filed.take("drop", filed.cast.head, "03-03")


def test_a_disabled_account_takes_nothing(filed):
    filed.cast.head.is_active = False
    assert "权限" in refused(filed, step="drop", by=filed.cast.head, day="03-03")


def test_a_role_that_ended_takes_nothing(filed):
    filed.cast.head.grants.update(valid_until=dt.date(2020, 1, 1), valid_from=dt.date(2019, 1, 1))
    forget_grants(filed.cast.head)
    assert "权限" in refused(filed, step="drop", by=filed.cast.head, day="03-03")


def test_a_step_of_the_platform_is_nobodys(filed):
    filed.take("submit", filed.cast.officer, "03-03")
    filed.take("decide", filed.cast.head, "03-04", fine="100", served_on="2026-03-04")
    assert "权限" in refused(filed, step="default", by=filed.cast.head, day="05-04")
    filed.take("default", None, "05-04")
    assert filed.matter.ended_at is not None


# ---- apart from, officers ----


@pytest.mark.parametrize("part", ["alone", "beside"])
def test_who_had_a_part_in_an_earlier_step_is_kept_from_a_later(walk, part):
    cast = walk.cast
    cast.head.certificates.create(
        number="44-head", issued=dt.date(2020, 1, 1), expires=dt.date(2040, 1, 1)
    )
    officers = [cast.officer, cast.head if part == "beside" else cast.second]
    walk.take("file", cast.officer, "03-02", officers=officers)
    walk.take("submit", cast.head if part == "alone" else cast.officer, "03-03")
    said = {"fine": "100", "served_on": "2026-03-04"}
    words = refused(walk, step="decide", by=cast.head, day="03-04", **said)
    told = {
        "alone": "head于 2026-03-03 在本事项办理过“提交审查”",
        "beside": "head于 2026-03-02 在本事项办理过“立案”",
    }
    assert words == (
        f"“作出决定”须由未经办前序环节的人员办理：{told[part]}。"
        "请由其他有权限的人员办理；没有的，可在“我的角色与代理”中将角色委托同事代理。"
    )


def test_nobody_may_bring_along_who_must_be_kept_apart(filed):
    filed.take("submit", filed.cast.officer, "03-03")
    said = {"fine": "100", "served_on": "2026-03-04", "officers": [filed.cast.second]}
    assert "前序" in refused(filed, step="decide", by=filed.cast.head, day="03-04", **said)


@pytest.mark.parametrize("lacking", ["alone", "twice the same", "expired", "disabled"])
def test_too_few_officers_with_a_valid_certificate_are_refused(walk, lacking):
    cast = walk.cast
    if lacking == "expired":
        cast.second.certificates.update(expires=dt.date(2026, 3, 1))
    if lacking == "disabled":
        cast.second.is_active = False
    officers = {"alone": [cast.officer], "twice the same": [cast.officer, cast.officer]}
    acting = officers.get(lacking, [cast.officer, cast.second])
    words = refused(walk, step="file", by=cast.officer, day="03-02", officers=acting)
    assert words == "“立案”须由至少 2 名持有效执法证的人员共同办理。"


def test_a_certificate_is_valid_through_its_last_day(walk):
    walk.cast.second.certificates.update(expires=dt.date(2026, 3, 2))
    both = [walk.cast.officer, walk.cast.second]
    walk.take("file", walk.cast.officer, "03-02", officers=both)


# ---- form, guards ----


def test_what_the_form_refuses_is_told_by_field(filed):
    filed.take("submit", filed.cast.officer, "03-03")
    before = everything()
    with pytest.raises(FormRefusedError) as told:
        filed.take("decide", filed.cast.head, "03-04", fine="-1", served_on="2026-02-30")
    assert set(told.value.errors) == {"fine", "served_on"}
    assert everything() == before


def test_what_was_said_is_kept_as_the_form_understood_it(filed):
    filed.take("submit", filed.cast.officer, "03-03")
    event = filed.take(
        "decide", filed.cast.head, "03-04", fine="20000.50", served_on="2026-03-04", more="x"
    )
    kept = MatterEvent.objects.get(pk=event.pk).said
    assert kept == {"fine": "20000.50", "served_on": "2026-03-04"}
    assert Decimal(kept["fine"]) == Decimal("20000.50")


def test_a_guard_says_what_is_missing_and_lets_through_what_is_not(filed):
    filed.take("submit", filed.cast.officer, "03-03")
    said = {"fine": "1000000.01", "served_on": "2026-03-04"}
    words = refused(filed, step="decide", by=filed.cast.head, day="03-04", **said)
    assert words == "超过一百万元的罚款须经补充调查。"
    filed.take("back", filed.cast.head, "03-04", why="证据不足")
    filed.take("submit", filed.cast.officer, "03-05")
    filed.take("decide", filed.cast.head, "03-06", **said)
    assert filed.matter.state == "decided"


# ---- versions ----


def test_who_saw_an_older_version_is_told_and_nothing_happens(filed):
    before = everything()
    with pytest.raises(MatterMovedError, match="已被他人办理"):
        take(filed.matter, "drop", Acting(filed.cast.head), version=filed.matter.version - 1)
    assert everything() == before


def test_a_matter_is_as_the_step_left_it_in_the_callers_hands(filed):
    fresh = Matter.objects.get(pk=filed.matter.pk)
    for name in ("state", "version", "ended_at"):
        assert getattr(filed.matter, name) == getattr(fresh, name)


def test_events_cannot_be_changed_or_taken_away(filed):
    event = filed.matter.events.first()
    for change in (event.save, event.delete, MatterEvent.objects.all().delete):
        with pytest.raises(PermissionDenied):
            change()
    with pytest.raises(PermissionDenied):
        MatterEvent.objects.update(step="x")


def test_a_file_is_never_kept_by_its_content(filed):
    from zhihuan.bureau.matters.engine.forms import plain

    with pytest.raises(TypeError):
        plain(b"x")


def test_said_defaults_to_nothing():
    assert Said() == Said({}, {})


# ---- what it costs ----


def test_opening_and_a_step_take_few_queries(no_effects, case, cast, django_assert_max_num_queries):
    officer = cast.officer
    open_matter(case.code, Acting(officer), title="first", town=cast.town)  # rights are read once
    with django_assert_max_num_queries(8):  # two of them begin and end the transaction
        matter = open_matter(case.code, Acting(officer), title="x", party=cast.firm, town=cast.town)
    acting = Acting(officer, officers=[officer, cast.second])
    with django_assert_max_num_queries(12):
        take(matter, "file", acting, version=1)
    with django_assert_max_num_queries(8):
        take(matter, "submit", Acting(officer), version=2)


def test_many_events_before_cost_a_step_nothing(no_effects, filed, django_assert_max_num_queries):
    for _ in range(10):
        filed.take("submit", filed.cast.officer, "03-03")
        filed.take("back", filed.cast.head, "03-03", why="证据不足")
    with django_assert_max_num_queries(10):
        filed.take("submit", filed.cast.officer, "03-03")
