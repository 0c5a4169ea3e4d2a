"""One matter opened out of another: offered where declared, carried over, linked or not opened at all."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from zhihuan.bureau.matters import catalogue
from zhihuan.bureau.matters.models import Matter, MatterLink
from zhihuan.bureau.people.actions import Reach
from zhihuan.bureau.people.roles import FIELD_OFFICER, SECTION_HEAD

NEW = "/matters/trial_case/new/"


@pytest.fixture
def sealing(case: Any) -> Iterator[Any]:
    """A procedure that grows out of the trial case, which heads alone may open."""
    from zhihuan.bureau.matters.declaration import State, Step, Who

    heads = Who({SECTION_HEAD: Reach.TERRITORY})
    made = replace(
        case,
        code="trial_sealing",
        title="试办查封",
        states=(State("draft", "登记"), State("done", "已解除", end=True)),
        steps=(Step("lift", "解除", ("draft",), "done", heads),),
        clocks=(),
        grows_from=("trial_case", "not_installed_here"),
    )
    catalogue.register(made)
    yield made
    catalogue.forget(made.code)


def sheet(**given: Any) -> dict[str, Any]:
    return {"title": "某印染厂查封", "party": "", "submission": str(uuid.uuid4()), **given}


def new(matter: Any) -> str:
    return f"/matters/trial_sealing/new/?from={matter.pk}"


def test_a_page_offers_what_may_grow_out_of_it_to_whoever_may_open_it(sealing, walk, cast, browse):
    address, page = new(walk.matter), f"/matters/{walk.matter.pk}/"
    assert address in browse(cast.head).get(page).content.decode()
    assert address not in browse(cast.officer).get(page).content.decode()


def test_what_does_not_grow_out_of_it_is_not_offered(sealing, walk, cast, browse):
    page = browse(cast.head).get(f"/matters/{walk.matter.pk}/").content.decode()
    assert f"{NEW}?from=" not in page


def test_party_town_and_title_stand_there_already(sealing, file_case, firm, cast, browse):
    party = firm("key")
    matter = file_case("某厂超标", party=party)
    page = browse(cast.head).get(new(matter)).content.decode()
    assert 'value="某厂超标"' in page
    assert f'value="{party.code}"' in page
    assert f'value="{cast.town.pk}" selected' in page
    assert f'href="/matters/{matter.pk}/"' in page


def test_it_is_opened_with_its_link(sealing, walk, cast, browse):
    answer = browse(cast.head).post(new(walk.matter), sheet(town=cast.town.pk))
    made = Matter.objects.get(procedure="trial_sealing")
    assert answer["Location"] == f"/matters/{made.pk}/steps/lift/"
    link = MatterLink.objects.get()
    assert (link.matter, link.kind, link.other) == (made, "spawned_by", walk.matter)
    assert link.event.said["title"] == walk.matter.title
    page = browse(cast.head).get(f"/matters/{walk.matter.pk}/").content.decode()
    assert "派生出" in page


def test_one_sheet_opens_and_links_once(sealing, walk, cast, browse):
    browser, given = browse(cast.head), sheet(town=cast.town.pk)
    for _time in range(2):
        browser.post(new(walk.matter), given)
    assert (
        Matter.objects.filter(procedure="trial_sealing").count() == MatterLink.objects.count() == 1
    )


def test_without_the_link_nothing_is_opened(sealing, walk, cast, browse, monkeypatch):
    from zhihuan.bureau.matters.engine.refusals import StepRefusedError
    from zhihuan.web.matters import growing

    def refused(*_given: Any, **_more: Any) -> Any:
        raise StepRefusedError("不能关联")

    monkeypatch.setattr(growing, "link", refused)
    answer = browse(cast.head).post(new(walk.matter), sheet(town=cast.town.pk))
    assert answer.status_code == 422
    assert "不能关联" in answer.content.decode()
    assert not Matter.objects.filter(procedure="trial_sealing").exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_matter_out_of_reach_is_no_origin(sealing, walk, cast, browse, method):
    """The head of another branch may open a sealing there, not out of a case here."""
    town = cast.stranger.organisation.towns.get()
    given = sheet(town=town.pk) if method == "post" else {}
    browser = browse(cast.stranger)
    address = new(walk.matter) if method == "post" else "/matters/trial_sealing/new/"
    data = given if method == "post" else {"from": walk.matter.pk}
    assert getattr(browser, method)(address, data).status_code == 404
    assert not Matter.objects.filter(procedure="trial_sealing").exists()


def test_who_may_not_open_is_refused_however_well_they_see_the_origin(
    sealing, walk, cast, browse, person
):
    """Officers look at cases; sealings are not theirs."""
    assert browse(cast.officer).get(new(walk.matter)).status_code == 403
    assert FIELD_OFFICER not in sealing.steps[0].who.reaches


@pytest.mark.parametrize("key", ["0", "x", "１２", "9" * 30, "-1"])
def test_an_origin_that_is_none_is_not_found(sealing, walk, cast, browse, key):
    answer = browse(cast.head).get("/matters/trial_sealing/new/", {"from": key})
    assert answer.status_code == 404


def test_a_case_does_not_grow_out_of_itself_unless_declared(case, walk, cast, browse):
    answer = browse(cast.officer).get(f"{NEW}?from={walk.matter.pk}")
    assert answer.status_code == 404


def test_it_grows_only_while_the_other_stands_where_it_may(sealing, walk, cast, browse):
    catalogue.forget(sealing.code)
    catalogue.register(replace(sealing, grows_when=("decided",)))
    browser = browse(cast.head)
    assert new(walk.matter) not in browser.get(f"/matters/{walk.matter.pk}/").content.decode()
    assert browser.get(new(walk.matter)).status_code == 404
    Matter.objects.filter(pk=walk.matter.pk).update(state="decided")
    assert new(walk.matter) in browser.get(f"/matters/{walk.matter.pk}/").content.decode()
