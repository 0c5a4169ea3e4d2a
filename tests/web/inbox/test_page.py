"""The to-do page: one's own and nobody else's, in groups by legal risk, in a fixed number of queries."""

from __future__ import annotations

import pytest
from django.test.utils import CaptureQueriesContext

from zhihuan.bureau.inbox.claiming import take_on
from zhihuan.bureau.matters.engine.taking import Acting, open_matter

pytestmark = pytest.mark.django_db
TITLE = "某印染厂超标排放"


def text(browser, address: str = "/inbox/") -> str:
    response = browser.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_each_reads_their_own_and_nobody_else_s(filed, browse):
    cast = filed.cast
    assert TITLE in text(browse(cast.officer))
    for other in (cast.stranger, cast.owner):
        page = text(browse(other))
        assert TITLE not in page
        assert "没有待办" in page


def test_an_administrator_of_the_platform_has_no_inbox(person, browse):
    browser = browse(person("audit_administrator"))
    assert browser.get("/inbox/").status_code == 403
    assert "待办" not in browser.get("/messages/").content.decode().split("<main")[0]


def test_it_says_what_how_long_by_which_law_and_what_may_be_done(filed, browse):
    page = text(browse(filed.cast.officer))
    for told in (
        "试办案件",
        "调查",
        "中山某印染厂",
        "三角镇",
        "2026-06-01",
        "个工作日",
        "委托鉴定",
    ):
        assert told in page
    assert "办案期限（E02）" in page
    assert "期限内" in page


def test_groups_stand_in_the_order_of_legal_risk(case, filed, browse, moment):
    acting = Acting(filed.cast.officer)
    open_matter(case.code, acting, title="没有期限的", town=filed.cast.town)
    moment.go("06-10")
    from zhihuan.bureau.inbox.moving_up import move_up

    move_up(moment.at)
    page = text(browse(filed.cast.officer))
    assert 0 < page.index("已逾期") < page.index(TITLE)
    assert page.index(TITLE) < page.index("无期限或已中止") < page.index("没有期限的")
    assert "超期 7 个工作日" in page


def test_what_a_colleague_has_is_on_its_own_tab_with_their_name(filed, browse):
    take_on(filed.matter, filed.cast.second)
    browser = browse(filed.cast.officer)
    assert TITLE not in text(browser)
    others = text(browser, "/inbox/?whose=others")
    assert TITLE in others
    assert "second" in others


def test_a_question_that_cannot_be_read_is_as_if_not_asked(filed, browse):
    browser = browse(filed.cast.officer)
    for address in ("?whose=all", "?procedure=nothing", "?after=made-up", "?after=" + "x" * 999):
        assert TITLE in text(browser, f"/inbox/{address}"), address


def test_a_filter_that_finds_nothing_says_so(filed, browse):
    assert "没有符合条件的待办" in text(browse(filed.cast.officer), "/inbox/?town=442000120")


def test_pages_follow_one_another(case, cast, browse, monkeypatch):
    monkeypatch.setattr("zhihuan.web.inbox.page.ROWS", 3)
    for number in range(5):
        open_matter(case.code, Acting(cast.officer), title=f"案件{number}", town=cast.town)
    browser = browse(cast.officer)
    first = browser.get("/inbox/")
    following = first.context["pager"].next_url
    second = text(browser, f"/inbox/{following}")
    assert ["案件4" in first.content.decode(), "案件4" in second] == [False, True]
    assert "案件0" not in second


def test_the_header_shows_how_many_wait(filed, browse):
    page = text(browse(filed.cast.officer), "/messages/")
    assert 'href="/inbox/">待办 <span class="count" data-count>1' in page


@pytest.mark.parametrize("who", ["officer", "head", "owner"])
def test_it_takes_at_most_twelve_queries_however_many_wait(
    case, filed, decided_too, browse, who, django_assert_max_num_queries
):
    cast = filed.cast
    for number in range(30):
        fields = {"party": cast.firm, "town": cast.town}
        open_matter(case.code, Acting(cast.officer), title=f"案件{number}", **fields)
    browser = browse(getattr(cast, who))
    browser.get("/inbox/")
    with django_assert_max_num_queries(12):
        assert browser.get("/inbox/").status_code == 200


def test_its_parts_for_mending_are_fetched_apart_and_a_page_without_script(filed, person, browse):
    keeper = person("registrar", name="keeper", at=filed.cast.officer.organisation.parent)
    browser = browse(keeper)
    assert 'hx-get="/inbox/mending/"' in text(browser)
    whole = text(browser, "/inbox/mending/")
    part = browser.get("/inbox/mending/", headers={"HX-Request": "true"})
    assert "<h1" in whole
    assert "<h1" not in part.content.decode()
    assert part["Vary"] == "HX-Request" or "HX-Request" in part["Vary"]


def test_an_enterprise_s_duties_stand_beside_its_to_dos(outlet, person, browse):
    import datetime as dt

    from zhihuan.bureau.places.city import find_town
    from zhihuan.bureau.registry.models import Enterprise, Permit

    firm = Enterprise.objects.create(
        code="E-1", name="某厂", kind="enterprise", town=find_town("三角镇"), no_code_reason="模拟"
    )
    ends = dt.date(2026, 2, 1)
    Permit.objects.create(
        enterprise=firm, number="9144", valid_from=dt.date(2021, 1, 1), valid_until=ends
    )
    browser = browse(person("enterprise_user", name="own", at=firm))
    assert "排污许可证已过期" in text(browser, "/inbox/mending/")


def test_queries_do_not_grow_with_roles(filed, browse, person):
    from django.db import connection

    def count(user) -> int:
        browser = browse(user)
        browser.get("/inbox/")
        with CaptureQueriesContext(connection) as asked:
            browser.get("/inbox/")
        return len(asked)

    one = count(filed.cast.head)
    both = person("section_head", "field_officer", name="both", at=filed.cast.head.organisation)
    assert count(both) == one


def test_an_enterprise_s_own_page_begins_with_what_waits_for_it(decided, browse, case):
    from zhihuan.bureau.people.models import Organisation
    from zhihuan.bureau.registry.models import Enterprise

    firm = decided.cast.firm
    assert not Organisation.objects.filter(pk=firm.pk, enterprise__isnull=False).exists()
    Enterprise(
        organisation_ptr=firm, code="E-1", no_code_reason="模拟", town=decided.cast.town
    ).save_base(raw=True)
    page = text(browse(decided.cast.owner), "/portal/")
    assert TITLE in page
    assert "可办：履行" in page


def test_towns_are_offered_to_whoever_has_several(filed, browse, leader):
    assert 'name="town"' in text(browse(leader))
    for one in (filed.cast.officer, filed.cast.owner):
        assert 'name="town"' not in text(browse(one))
