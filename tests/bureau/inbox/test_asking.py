"""Whose to-dos somebody sees, in which order, and at what cost."""

from __future__ import annotations

import datetime as dt

import pytest

from zhihuan.bureau.inbox.asking import Asked, Whose, forget_waiting, page_for, waiting_for
from zhihuan.bureau.inbox.claiming import take_on
from zhihuan.bureau.inbox.models import ToDo
from zhihuan.bureau.inbox.moving_up import move_up
from zhihuan.bureau.inbox.risk import Stage
from zhihuan.bureau.matters import catalogue
from zhihuan.bureau.matters.declaration import Procedure, State, Step, Who
from zhihuan.bureau.matters.engine.linking import link
from zhihuan.bureau.matters.engine.taking import Acting, open_matter, take
from zhihuan.bureau.matters.models import MatterLink
from zhihuan.bureau.people.actions import Reach
from zhihuan.bureau.people.models import Organisation, RoleGrant
from zhihuan.bureau.people.roles import FIELD_OFFICER, LEADER
from zhihuan.bureau.people.scope import forget_grants
from zhihuan.bureau.places.city import find_town

pytestmark = pytest.mark.django_db


def seen(user, asked: Asked | None = None) -> list[str]:
    """Titles of the to-dos, asked anew."""
    asked = asked or Asked()
    forget_grants(user)
    forget_waiting(user)
    return [str(row.matter) for row in page_for(user, asked, 50).rows]


@pytest.fixture
def opened(case, cast):
    """``opened("title", …)``: a case opened by the officer, in the town unless told otherwise."""

    def make(title: str, **given):
        fields = {"party": cast.firm, "town": cast.town} | given
        return open_matter(case.code, Acting(cast.officer), title=title, **fields)

    return make


def test_each_sees_what_their_roles_reach_and_nobody_else_s(walk, decided_too):
    cast = walk.cast
    assert seen(cast.officer) == ["某印染厂超标排放"]
    assert seen(cast.head) == ["某印染厂超标排放"]
    assert seen(cast.owner) == ["另一案件"]
    assert seen(cast.stranger) == []


def test_whoever_holds_no_role_or_may_not_sign_in_sees_nothing(walk, person):
    nobody = person(name="nobody", at=walk.cast.officer.organisation)
    assert seen(nobody) == []
    walk.cast.officer.is_active = False
    assert seen(walk.cast.officer) == []


def test_a_superuser_without_roles_has_no_inbox_of_everybody(walk, person):
    root = person(name="root")
    root.is_superuser = True
    assert seen(root) == []


def test_a_role_that_ended_shows_nothing_any_more(walk):
    walk.cast.officer.grants.update(revoked_at=dt.datetime(2026, 3, 1, tzinfo=dt.UTC))
    assert seen(walk.cast.officer) == []


def test_what_one_took_on_is_not_shown_once_the_role_is_gone(walk):
    take_on(walk.matter, walk.cast.officer)
    walk.cast.officer.grants.update(revoked_at=dt.datetime(2026, 3, 1, tzinfo=dt.UTC))
    assert seen(walk.cast.officer) == []
    assert seen(walk.cast.officer, Asked(Whose.MINE)) == []


def test_a_section_without_an_area_sees_the_whole_city(walk, person):
    bureau = walk.cast.officer.organisation.parent
    section = Organisation.objects.create(name="执法科", kind="section", parent=bureau)
    assert seen(person("field_officer", name="inner", at=section)) == ["某印染厂超标排放"]


def test_a_party_sees_its_own_and_that_of_the_works_below_it(decided, person):
    above = Organisation.objects.create(name="某集团", kind="enterprise")
    firm = decided.cast.firm
    firm.parent = above
    firm.save()
    assert seen(person("enterprise_user", name="group", at=above)) == ["某印染厂超标排放"]
    beside = Organisation.objects.create(name="另一企业", kind="enterprise")
    assert seen(person("enterprise_user", name="beside", at=beside)) == []


def test_whoever_holds_two_roles_has_a_matter_once(walk):
    RoleGrant.objects.create(
        user=walk.cast.head, role=FIELD_OFFICER, organisation=walk.cast.head.organisation
    )
    assert ToDo.objects.count() == 2
    assert seen(walk.cast.head) == ["某印染厂超标排放"]


# ---- what one is barred from --------------------------------------------------------------------


@pytest.fixture
def checked(case):
    """A draft is written by an officer and checked by another one."""
    officers = {FIELD_OFFICER: Reach.TERRITORY}
    procedure = Procedure(
        code="trial_check",
        title="试办复核",
        edition="2021",
        basis=case.basis,
        states=(State("draft", "起草"), State("written", "待复核"), State("done", "已复核", end=True)),
        begins="draft",
        steps=(
            Step("write", "起草", ("draft",), "written", Who(officers)),
            Step("check", "复核", ("written",), "done",
                 Who({**officers, LEADER: Reach.CITY}, apart_from=("write",), apart_elsewhere={"trial_check": ("write",)})),
        ),
    )  # fmt: skip
    catalogue.register(procedure)
    yield procedure
    catalogue.forget(procedure.code)


def test_whoever_must_be_kept_apart_is_not_asked(checked, cast, leader):
    acting = Acting(cast.officer)
    matter = open_matter(checked.code, acting, title="报告", town=cast.town)
    assert seen(cast.officer) == seen(cast.second) == ["报告"]
    take(matter, "write", acting, version=matter.version)
    assert seen(cast.officer) == []
    assert seen(cast.second) == ["报告"]
    assert seen(leader) == ["报告"]
    assert seen(cast.officer, Asked(Whose.FREE)) == []


def test_nor_is_whoever_wrote_beside_another_or_wrote_what_it_grew_out_of(
    checked, cast, leader, person
):
    third = person("field_officer", name="third", at=cast.here)
    acting = Acting(cast.officer, officers=[cast.officer, cast.second])
    origin = open_matter(checked.code, acting, title="来源", town=cast.town)
    take(origin, "write", acting, version=origin.version)
    assert (seen(cast.second), seen(third)) == ([], ["来源"])
    matter = open_matter(checked.code, Acting(third), title="报告", town=cast.town)
    link(matter, MatterLink.Kind.SPAWNED_BY, origin, Acting(None), version=matter.version)
    take(matter, "write", Acting(third), version=matter.version)
    assert (seen(cast.officer), seen(cast.second), seen(third)) == ([], [], ["来源"])
    assert set(seen(leader)) == {"来源", "报告"}


def test_barred_in_one_role_one_still_sees_it_by_another(filed):
    filed.take("submit", filed.cast.head, "03-03")
    # may not decide what he submitted, but may send it back
    assert seen(filed.cast.head) == ["某印染厂超标排放"]


# ---- order and pages ----------------------------------------------------------------------------


def test_legal_risk_orders_them_and_not_age(opened, cast, moment):
    titles = ["无期限", "对方", "期限内", "提醒期", "今日", "逾期"]
    now = moment.at
    places = {
        "无期限": (Stage.UNTIMED, now - dt.timedelta(days=90)),
        "对方": (Stage.OTHERS, now - dt.timedelta(days=30)),
        "期限内": (Stage.RUNNING, now + dt.timedelta(days=2)),
        "提醒期": (Stage.PRESSING, now + dt.timedelta(days=5)),
        "今日": (Stage.PRESSING, now + dt.timedelta(hours=8)),
        "逾期": (Stage.PRESSING, now - dt.timedelta(days=1)),
    }
    for title in titles:
        stage, at = places[title]
        ToDo.objects.filter(matter=opened(title).pk).update(stage=stage, at=at)
    assert seen(cast.officer) == list(reversed(titles))


def test_pages_follow_one_another_without_gap_or_double(opened, cast):
    titles = [f"案件{number:02}" for number in range(23)]
    for title in titles:
        opened(title)
    user, found, after = cast.officer, [], None
    while True:
        page = page_for(user, Asked(after=after), 5)
        found += [str(row.matter) for row in page.rows]
        after = page.after
        if after is None:
            break
    assert found == titles


def test_it_moves_up_when_its_warning_time_begins(filed, moment):
    warn_at = ToDo.objects.values_list("warn_at", flat=True)[0]
    assert move_up(warn_at - dt.timedelta(seconds=1)) == 0
    assert move_up(warn_at) == 2
    assert set(ToDo.objects.values_list("stage", "warn_at")) == {(Stage.PRESSING, None)}
    assert move_up(warn_at) == 0


def test_procedure_and_town_narrow_it(opened, checked, cast):
    opened("案件")
    other = open_matter(checked.code, Acting(cast.officer), title="报告", town=cast.town)
    assert set(seen(cast.officer)) == {"案件", "报告"}
    assert seen(cast.officer, Asked(procedure=other.procedure)) == ["报告"]
    assert seen(cast.officer, Asked(town=find_town("小榄镇").pk)) == []
    assert len(seen(cast.officer, Asked(town=cast.town.pk))) == 2


# ---- whose ----------------------------------------------------------------------------------------


def test_what_a_colleague_took_on_is_theirs_until_one_asks(walk):
    cast = walk.cast
    take_on(walk.matter, cast.second)
    assert seen(cast.officer) == seen(cast.officer, Asked(Whose.FREE)) == []
    assert seen(cast.officer, Asked(Whose.OTHERS)) == ["某印染厂超标排放"]
    assert seen(cast.second) == seen(cast.second, Asked(Whose.MINE)) == ["某印染厂超标排放"]
    assert seen(cast.second, Asked(Whose.OTHERS)) == []
    assert seen(cast.stranger, Asked(Whose.OTHERS)) == []


def lend(lender, deputy, moment, days: int = 5) -> None:
    day = moment.at.date()
    for grant in list(lender.grants.all()):
        RoleGrant.objects.create(
            user=deputy, role=grant.role, organisation=grant.organisation, valid_from=day,
            valid_until=day + dt.timedelta(days=days), on_behalf_of=lender,
        )  # fmt: skip


def test_a_deputy_has_what_the_lender_took_on_while_standing_in(walk, person, moment):
    cast = walk.cast
    deputy = person(name="deputy", at=cast.head.organisation)
    take_on(walk.matter, cast.officer)
    assert seen(deputy) == []
    lend(cast.officer, deputy, moment)
    assert seen(deputy) == seen(deputy, Asked(Whose.MINE)) == ["某印染厂超标排放"]
    assert seen(cast.officer) == ["某印染厂超标排放"]
    moment.go("03-20")
    assert seen(deputy) == []


# ---- cost ------------------------------------------------------------------------------------------


def test_a_page_is_two_queries_and_the_figure_none_more(opened, cast, django_assert_num_queries):
    for number in range(30):
        opened(f"案件{number}")
    user = type(cast.officer).objects.get(pk=cast.officer.pk)
    with django_assert_num_queries(3):  # grants, heads of the stretches, rows
        assert len(page_for(user, Asked(), 20).rows) == 20
        assert waiting_for(user) == 30


def test_more_than_a_hundred_are_not_counted(opened, cast, monkeypatch):
    monkeypatch.setattr("zhihuan.bureau.inbox.asking.MOST_COUNTED", 3)
    for number in range(5):
        opened(f"案件{number}")
    assert waiting_for(cast.officer) == 3
