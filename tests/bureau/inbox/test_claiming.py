"""Taking on, giving out, giving back: one has it, colleagues know, nothing is stuck."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.inbox.claiming import assign, candidates, free_forsaken, give_back, take_on
from zhihuan.bureau.inbox.models import Claim, Receipt, ToDo
from zhihuan.bureau.people.delegation import Delegation, delegate, lendable
from zhihuan.bureau.people.leaving import leave
from zhihuan.bureau.people.models import RoleGrant

pytestmark = pytest.mark.django_db


def holder(matter) -> set:
    """Who has it, as the to-dos say, which must agree among themselves."""
    return {row.holder for row in ToDo.objects.filter(matter=matter.pk)}


def test_whoever_takes_it_on_has_it(walk):
    take_on(walk.matter, walk.cast.officer, address="10.0.0.8")
    assert holder(walk.matter) == {walk.cast.officer}
    entry = AuditEntry.objects.get(action="inbox.take_on")
    assert (entry.subject, entry.actor) == (f"matter:{walk.matter.pk}", walk.cast.officer)


def test_taking_it_on_twice_changes_nothing(walk):
    take_on(walk.matter, walk.cast.officer)
    take_on(walk.matter, walk.cast.officer)
    assert Claim.objects.count() == 1


def test_the_second_is_told_that_somebody_has_it(walk):
    take_on(walk.matter, walk.cast.officer)
    with pytest.raises(ValidationError, match="已由他人领取"):
        take_on(walk.matter, walk.cast.second)
    with pytest.raises(ValidationError, match="已由他人领取"):
        take_on(walk.matter, walk.cast.head)  # in another role
    assert holder(walk.matter) == {walk.cast.officer}


def test_nobody_takes_on_what_they_may_not_go_on_with(walk):
    for user in (walk.cast.stranger, walk.cast.owner):
        with pytest.raises(PermissionDenied):
            take_on(walk.matter, user)
    assert not Claim.objects.exists()


def test_it_stays_with_them_through_a_colleague_s_desk_and_back(filed):
    cast = filed.cast
    take_on(filed.matter, cast.officer)
    filed.take("submit", cast.officer, "03-03")
    assert holder(filed.matter) == {None}  # the head's turn
    filed.take("back", cast.head, "03-04", why="证据不足")
    assert holder(filed.matter) == {cast.officer}


def test_it_ends_with_the_matter(filed):
    take_on(filed.matter, filed.cast.officer)
    filed.take("drop", filed.cast.head, "03-10")
    assert not Claim.objects.exists()


def test_a_head_gives_it_out_and_the_colleague_is_told(walk):
    cast = walk.cast
    take_on(walk.matter, cast.officer)
    claim = assign(walk.matter, cast.second, by=cast.head, note="  请本周办结 ")
    assert holder(walk.matter) == {cast.second}
    assert (claim.given_by, claim.note) == (cast.head, "请本周办结")
    assert list(Receipt.objects.values_list("user", "message__kind")) == [
        (cast.second.pk, "assigned")
    ]


def test_a_colleague_passes_it_on_and_a_stranger_does_not(walk):
    cast = walk.cast
    assign(walk.matter, cast.second, by=cast.officer)
    with pytest.raises(PermissionDenied):
        assign(walk.matter, cast.officer, by=cast.stranger)
    with pytest.raises(PermissionDenied):
        assign(walk.matter, cast.officer, by=cast.owner)
    assert holder(walk.matter) == {cast.second}


def test_it_is_given_to_nobody_who_may_not_go_on_with_it(walk):
    with pytest.raises(ValidationError):
        assign(walk.matter, walk.cast.stranger, by=walk.cast.head)
    assert holder(walk.matter) == {None}


def test_the_candidates_are_those_who_may_go_on_with_it(filed):
    cast = filed.cast
    names = [each.user for each in candidates(filed.matter)]
    assert names == [cast.head, cast.officer, cast.second]
    filed.take("submit", cast.officer, "03-03")
    assert [each.user for each in candidates(filed.matter)] == [cast.head]


def test_the_candidates_cost_a_fixed_number_of_queries(walk, person, django_assert_max_num_queries):
    for number in range(10):
        person("field_officer", name=f"o{number}", at=walk.cast.officer.organisation)
    with django_assert_max_num_queries(4):
        assert len(candidates(walk.matter)) == 13


def test_the_holder_gives_it_back_and_a_colleague_does_not(walk):
    cast = walk.cast
    take_on(walk.matter, cast.officer)
    with pytest.raises(PermissionDenied):
        give_back(walk.matter, actor=cast.second)
    give_back(walk.matter, actor=cast.officer)
    assert holder(walk.matter) == {None}
    assert AuditEntry.objects.filter(action="inbox.give_back").count() == 1


def test_a_head_takes_it_back_from_a_colleague(walk):
    take_on(walk.matter, walk.cast.officer)
    give_back(walk.matter, actor=walk.cast.head)
    assert holder(walk.matter) == {None}


# ---- away and gone --------------------------------------------------------------------------------


def test_what_rests_on_a_role_that_is_gone_is_freed(walk):
    take_on(walk.matter, walk.cast.officer)
    assert free_forsaken() == 0
    walk.cast.officer.grants.update(revoked_at=dt.datetime(2026, 3, 1, tzinfo=dt.UTC))
    assert free_forsaken() == 1
    assert holder(walk.matter) == {None}
    assert AuditEntry.objects.get(action="inbox.free").detail["role"] == "field_officer"


def test_so_is_what_somebody_has_who_is_locked_out(walk, moment):
    take_on(walk.matter, walk.cast.officer)
    type(walk.cast.officer).objects.filter(pk=walk.cast.officer.pk).update(locked_at=moment.at)
    assert free_forsaken() == 1
    assert holder(walk.matter) == {None}


def test_whoever_leaves_hands_over_what_they_took_on(walk, person):
    cast = walk.cast
    take_on(walk.matter, cast.officer)
    boss = person("system_administrator", name="admin")
    cast.officer.set_password("correct horse battery")
    cast.officer.save()
    with pytest.raises(ValidationError, match="已领取的事项 1"):
        leave(cast.officer, actor=boss, why="调离")
    leave(cast.officer, actor=boss, why="调离", successor=cast.second)
    assert holder(walk.matter) == {cast.second}
    assert free_forsaken() == 0


def test_what_a_deputy_was_handed_comes_back_with_the_lender(walk, person, moment):
    cast = walk.cast
    deputy = person(name="deputy", at=cast.head.organisation)
    take_on(walk.matter, cast.officer)
    day = moment.at.date()
    wanted = Delegation(
        cast.officer, deputy, lendable(cast.officer), day, day + dt.timedelta(days=4), "休假",
        hand_over=True,
    )  # fmt: skip
    assert delegate(wanted, actor=cast.officer).moved == {"matters": 1}
    assert holder(walk.matter) == {deputy}
    moment.go("03-20")
    assert free_forsaken() == 1
    assert holder(walk.matter) == {cast.officer}
    assert Claim.objects.get().holder == cast.officer


def test_only_what_rests_on_the_lent_place_is_counted(walk, person):
    from zhihuan.bureau.people.open_work import in_hand

    cast = walk.cast
    take_on(walk.matter, cast.officer)
    (found,) = in_hand(cast.officer, [cast.officer.organisation])
    assert (str(found.work.text), found.count) == ("已领取的事项", 1)
    assert in_hand(cast.officer, [cast.stranger.organisation]) == []
    assert RoleGrant.objects.filter(user=cast.officer).count() == 1
