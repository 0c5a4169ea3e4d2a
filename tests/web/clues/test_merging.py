"""Chosen clues go into the one that stays, all or none."""

from __future__ import annotations

import pytest

from zhihuan.bureau.matters.models import MatterLink
from zhihuan.lines.clues.models import Clue

PAGE = "/clues/merge/"


def sent_of(walks, stays, **more):
    clues = [each.kept() for each in walks]
    return {
        "_stage": "merge",
        "row": [each.pk for each in clues],
        "seen": [each.pk for each in clues],
        "version": [each.version for each in clues],
        "into": stays,
        "reasons": "同一超标过程",
    } | more


@pytest.fixture
def three(found):
    return [found(name) for name in "甲乙丙"]


def test_what_was_chosen_is_shown_and_asked_which_one_stays(three, cast, browse):
    answer = browse(cast.duty).post(PAGE, {"row": [each.clue.pk for each in three]})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert all(f'value="{each.clue.pk}"' in page for each in three)
    assert page.count('type="radio"') == 3
    assert not MatterLink.objects.exists()


def test_the_others_end_and_point_to_the_one_that_stays(three, cast, browse):
    keep = three[1].clue.pk
    answer = browse(cast.duty).post(PAGE, sent_of(three, keep))
    assert answer["Location"] == f"/matters/{keep}/"
    assert [each.kept().state for each in three] == ["merged", "pooled", "merged"]
    assert set(MatterLink.objects.values_list("other_id", flat=True)) == {keep}


def test_one_that_may_not_be_merged_leaves_all_as_they_were(three, cast, browse):
    walk = three[2]
    walk.take("accept", cast.duty, walk.day, **walk.JUDGED)
    walk.take("dispatch", cast.duty, walk.day, **walk.sent())
    answer = browse(cast.duty).post(PAGE, sent_of(three, three[0].clue.pk))
    assert answer.status_code == 409
    assert "丙" in answer.content.decode()
    assert [each.kept().state for each in three] == ["pooled", "pooled", "dispatched"]


def test_one_that_moved_meanwhile_is_told(three, cast, browse):
    old = sent_of(three, three[0].clue.pk)
    three[1].take("accept", cast.duty, three[1].day, **three[1].JUDGED)
    answer = browse(cast.duty).post(PAGE, old)
    assert answer.status_code == 409
    assert "他人办理" in answer.content.decode()
    assert not MatterLink.objects.exists()


@pytest.mark.parametrize("change", [{"into": ""}, {"reasons": ""}, {"into": "999999"}])
def test_what_is_missing_is_asked_for(three, cast, browse, change):
    answer = browse(cast.duty).post(PAGE, sent_of(three, three[0].clue.pk, **change))
    assert answer.status_code == 422
    assert not MatterLink.objects.exists()


@pytest.mark.parametrize("rows", [[], ["x"], ["1"]])
def test_fewer_than_two_are_no_merger(three, cast, browse, rows):
    answer = browse(cast.duty).post(PAGE, {"row": rows}, follow=True)
    assert "请在线索池中选择" in answer.content.decode()


def test_who_judges_no_clues_merges_none(three, cast, browse):
    given = sent_of(three, three[0].clue.pk)
    assert browse(cast.field).post(PAGE, given).status_code == 403
    assert (
        browse(cast.stranger).post(PAGE, given).status_code == 302
    )  # none of them exists for them
    assert Clue.objects.filter(state="pooled").count() == 3
