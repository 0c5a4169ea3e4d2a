"""Who holds a role where something lies: the same answer as the scope gives, asked the other way round."""

from __future__ import annotations

import datetime as dt

import pytest

from zhihuan.bureau.people.actions import Reach
from zhihuan.bureau.people.holders import Holder, Place, holders, nearest, roster_of
from zhihuan.bureau.people.models import Organisation, RoleGrant, User
from zhihuan.bureau.people.scope import forget_grants, grants_of
from zhihuan.bureau.places.city import find_town

pytestmark = pytest.mark.django_db
HEAD = "section_head"


@pytest.fixture
def tree():
    """A bureau with a section, two branches (one with a section of its own), a firm with a works."""
    make = Organisation.objects.create
    bureau = make(name="局", kind="bureau")
    section = make(name="法规科", kind="section", parent=bureau)
    here, there = (make(name=name, kind="branch", parent=bureau) for name in ("三角", "小榄"))
    here.towns.set([find_town("三角镇")])
    there.towns.set([find_town("小榄镇")])
    inner = make(name="执法股", kind="section", parent=here)
    firm = make(name="某集团", kind="enterprise")
    works = make(name="某厂", kind="enterprise", parent=firm)
    other = make(name="别家", kind="enterprise")
    bodies = (bureau, section, here, there, inner, firm, works, other)
    return {body.name: Organisation.objects.get(pk=body.pk) for body in bodies}


@pytest.fixture
def place(tree):
    return Place(find_town("三角镇").pk, tree["某厂"].path)


def names(found: list[Holder]) -> set[str]:
    return set(
        User.objects.filter(pk__in=[each.user_id for each in found]).values_list(
            "username", flat=True
        )
    )


@pytest.mark.parametrize("reach", list(Reach))
@pytest.mark.parametrize("role", [HEAD, "enterprise_user"])
@pytest.mark.parametrize("with_area", [False, True])
def test_it_agrees_with_the_scope_of_each_person(tree, place, person, role, reach, with_area):
    if with_area:
        tree["别家"].towns.set([find_town("三角镇")])
    everybody = [person(role, name=name, at=body) for name, body in tree.items()]
    expected = set()
    for user in everybody:
        forget_grants(user)
        if any(place.lies_in(held.within(reach)) for held in grants_of(user)):
            expected.add(user.username)
    assert names(holders({role: reach}, place)) == expected
    assert expected  # somebody is always reached: the firm's own, or the bureau's


def test_ended_grants_and_closed_accounts_do_not_count(tree, place, person):
    for name, change in (
        ("gone", {"is_active": False}),
        ("locked", {"locked_at": dt.datetime.now(dt.UTC)}),
    ):
        person(HEAD, name=name, at=tree["局"])
        User.objects.filter(username=name).update(**change)
    person(HEAD, name="ended", at=tree["局"]).grants.update(
        valid_until=dt.date(2020, 1, 1), valid_from=dt.date(2019, 1, 1)
    )
    assert holders({HEAD: Reach.CITY}, place) == []


def test_a_lent_grant_names_its_lender(tree, place, person):
    lender = person(HEAD, name="lender", at=tree["三角"])
    deputy = person(name="deputy", at=tree["三角"])
    until = dt.date.today() + dt.timedelta(days=3)  # noqa: DTZ011 - the day of the test
    RoleGrant.objects.create(
        user=deputy, role=HEAD, organisation=tree["三角"], on_behalf_of=lender, valid_until=until
    )
    found = {each.user_id: each.lender for each in holders({HEAD: Reach.TERRITORY}, place)}
    assert found == {lender.pk: None, deputy.pk: lender.pk}


def test_the_nearest_are_those_on_the_way_up_from_a_section(tree, place, person):
    for body in ("局", "三角", "法规科"):
        person(HEAD, name=body, at=tree[body])
    found = holders({HEAD: Reach.TERRITORY}, place)
    assert names(nearest(found, tree["执法股"].path)) == {"三角"}
    assert names(nearest(found, tree["法规科"].path)) == {"法规科"}
    assert names(nearest(found)) == {"三角"}  # by town


def test_where_none_is_near_all_are(tree, place, person):
    person(HEAD, name="局", at=tree["局"])
    assert names(nearest(holders({HEAD: Reach.TERRITORY}, place))) == {"局"}


def test_many_places_are_two_queries(tree, place, person, django_assert_num_queries):
    person(HEAD, name="局", at=tree["局"])
    with django_assert_num_queries(2):
        roster = roster_of({HEAD: Reach.CITY}, [place, Place()])
        assert len(roster.holders({HEAD: Reach.CITY}, place)) == 1
        assert len(roster.holders({HEAD: Reach.TERRITORY}, Place())) == 1
