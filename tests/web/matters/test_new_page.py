"""A matter is opened by whoever may begin, once a sheet, and goes on to its first step."""

from __future__ import annotations

import re
import uuid

import pytest

from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.places.city import find_town

NEW = "/matters/trial_case/new/"


def sheet(**given):
    return {
        "title": "某厂超标",
        "party": "",
        "town": find_town("三角镇").pk,
        "submission": str(uuid.uuid4()),
        **given,
    }


def test_it_is_opened_and_goes_on_to_the_first_step(case, cast, browse):
    answer = browse(cast.officer).post(NEW, sheet())
    matter = Matter.objects.get()
    assert answer["Location"] == f"/matters/{matter.pk}/steps/file/"
    assert (matter.title, matter.town, matter.state) == ("某厂超标", cast.town, "draft")
    assert matter.events.get().actor == cast.officer


def test_the_town_is_the_partys_where_none_is_chosen(case, cast, browse, firm):
    party = firm("key")
    browse(cast.officer).post(NEW, sheet(party=party.code, town=""))
    matter = Matter.objects.get()
    assert (matter.party_id, matter.town) == (party.pk, party.town)


def test_one_sheet_opens_one_matter(case, cast, browse):
    browser, given = browse(cast.officer), sheet()
    first, second = browser.post(NEW, given), browser.post(NEW, given)
    assert first["Location"] == second["Location"]
    assert Matter.objects.count() == 1


def test_each_page_carries_a_sheet_of_its_own(case, cast, browse):
    browser = browse(cast.officer)
    names = {
        re.search(r'name="submission" value="([^"]+)"', browser.get(NEW).content.decode())[1]
        for _look in range(2)
    }
    assert len(names) == 2


def test_neither_party_nor_town_is_asked_for_in_words(case, cast, browse):
    answer = browse(cast.officer).post(NEW, sheet(town=""))
    assert answer.status_code == 422
    assert "请填写当事人，或选择镇街。" in answer.content.decode()
    assert Matter.objects.count() == 0


def test_a_town_out_of_reach_cannot_be_chosen(case, cast, browse):
    answer = browse(cast.officer).post(NEW, sheet(town=find_town("小榄镇").pk))
    assert answer.status_code == 422
    assert Matter.objects.count() == 0


@pytest.mark.parametrize("who", ["owner", "stranger"])
def test_who_may_not_begin_here_opens_nothing_here(case, cast, browse, who):
    answer = browse(getattr(cast, who)).post(NEW, sheet())
    assert answer.status_code in {403, 422}
    assert Matter.objects.count() == 0


def test_a_title_too_long_is_refused_and_kept(case, cast, browse):
    answer = browse(cast.officer).post(NEW, sheet(title="长" * 201))
    assert answer.status_code == 422
    assert "长" * 201 in answer.content.decode()


def test_an_unknown_procedure_is_not_found(case, cast, browse):
    assert browse(cast.officer).get("/matters/no_such/new/").status_code == 404
