"""What a case grew from and what grew from it make one file; siblings and what lies out of reach do not."""

from __future__ import annotations

from zhihuan.bureau.documents.family import family_of, forebears_of
from zhihuan.bureau.matters.models import MatterLink


def linked(matter, kind, other, number=0):
    return MatterLink.objects.create(
        matter_id=matter.pk, kind=kind, other_id=other.pk, event=matter.events.order_by("number")[number]
    )  # fmt: skip


def test_a_matter_alone_is_its_own_file(decided, cast):
    assert family_of(decided.matter, cast.head) == [decided.matter]


def test_forebears_come_nearest_first_and_siblings_stay_away(to_decide, cast):
    clue, visit, case, sibling = (to_decide(each).matter for each in "甲乙丙丁")
    linked(visit, "spawned_by", clue)
    linked(case, "spawned_by", visit)
    linked(sibling, "spawned_by", visit)
    assert forebears_of(case) == [visit.pk, clue.pk]
    assert [each.pk for each in family_of(case, cast.head)] == [case.pk, visit.pk, clue.pk]


def test_measures_belong_to_the_case_they_grew_from(to_decide, cast):
    case, order = to_decide("案件").matter, to_decide("责令改正").matter
    linked(order, "spawned_by", case)
    assert [each.pk for each in family_of(case, cast.head)] == [case.pk, order.pk]


def test_what_a_reader_may_not_look_at_is_not_in_the_file(to_decide, cast):
    case, clue = to_decide("案件").matter, to_decide("线索").matter
    linked(case, "spawned_by", clue)
    assert family_of(case, cast.stranger) == [case]


def test_matters_that_point_at_each_other_end(to_decide, cast):
    one, other = to_decide("甲").matter, to_decide("乙").matter
    linked(one, "spawned_by", other)
    linked(other, "spawned_by", one)
    assert forebears_of(one) == [other.pk]
