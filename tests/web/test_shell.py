"""The frame shows each reader what they may use, rooms register their part, nothing dead is shown."""

from __future__ import annotations

import pytest

from zhihuan.web import shell
from zhihuan.web.shell import Badge, Group, NavigationEntry
from zhihuan.web.templatetags.navigation import MOST_SINGLE, entry_links, top_entries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("platform_store")]


@pytest.fixture(autouse=True)
def _own_registry(monkeypatch):
    for name in ("_navigation", "_badges", "_user_menu"):
        monkeypatch.setattr(shell, name, list(getattr(shell, name)))


def html_of(browser, address="/quarantine/") -> str:
    return browser.get(address).content.decode()


def test_navigation_holds_what_the_role_may_see(browser_of):
    html = html_of(browser_of("值班员"), "/live/")
    assert "设备命令" in html
    assert "隔离报文" in html


def test_a_room_s_entry_appears_for_those_who_may(browser_of):
    entry = NavigationEntry("exports", "审计台账", "audit.view_auditentry", "platform")
    shell.register_navigation(entry)
    shell.register_navigation(entry)  # twice is once
    assert html_of(browser_of("审计管理员")).count("审计台账") == 2  # top bar and phone menu
    assert "审计台账" not in html_of(browser_of("值班员"))


def test_an_entry_without_an_address_is_not_shown(browser_of):
    shell.register_navigation(NavigationEntry("not-built-yet", "尚未建成"))
    assert "尚未建成" not in html_of(browser_of("审计管理员"))


@pytest.mark.parametrize(("count", "shown"), [(3, ">3<"), (100, ">99+<"), (0, None)])
def test_a_badge_shows_its_provider_s_figure(browser_of, count, shown):
    shell.register_badge(Badge("exports", "待办事项", lambda _user: count))
    html = html_of(browser_of("值班员"))
    assert "待办事项" in html
    assert (shown in html) if shown else ("data-count>" not in html)


def test_without_a_provider_or_a_figure_there_is_no_badge(browser_of, monkeypatch):
    monkeypatch.setattr(shell, "_badges", [])
    assert "topbar-badge" not in html_of(browser_of("值班员"))
    shell.register_badge(Badge("exports", "待办事项", lambda _user: None))
    shell.register_badge(Badge("not-built-yet", "消息", lambda _user: 5))
    assert "topbar-badge" not in html_of(browser_of("值班员"))


def test_the_search_box_stands_in_the_header_once_there_is_search(browser_of, monkeypatch):
    head = html_of(browser_of("值班员")).split("<main")[0]
    assert 'action="/search/"' in head
    assert 'name="q"' in head
    usual = shell.address
    monkeypatch.setattr(
        shell, "address", lambda name, *given: "" if name == "search" else usual(name, *given)
    )
    assert 'name="q"' not in html_of(browser_of("值班员")).split("<main")[0]


def _groups(*sizes: int) -> list[Group]:
    return [
        Group(
            f"g{n}", f"组{n}", tuple(NavigationEntry(f"e{n}{i}", "x", url="/") for i in range(size))
        )
        for n, size in enumerate(sizes)
    ]


def test_links_of_a_menu_are_escaped_and_the_page_s_own_is_marked():
    hostile = NavigationEntry("e", '"><script>', url='/?a=1&b="', arguments=("x",))
    plain = NavigationEntry("f", "甲", url="/f/", is_current=True)
    html = entry_links([hostile, plain], "e:x")
    assert html == (
        '<li><a href="/?a=1&amp;b=&quot;" aria-current="page">&quot;&gt;&lt;script&gt;</a></li>'
        '<li><a href="/f/" aria-current="page">甲</a></li>'
    )
    assert "aria-current" not in entry_links([hostile])


def test_few_entries_stand_by_themselves_many_become_menus():
    assert len(top_entries(_groups(3, 3))) == MOST_SINGLE
    places = top_entries(_groups(5, 1, 4))
    assert [bool(place.single) for place in places] == [False, True, False]


def test_a_deeper_page_marks_the_entry_it_belongs_to():
    places = top_entries(_groups(5, 4), section="e12")
    assert [place.is_current for place in places] == [False, True]


def test_the_footer_tells_version_and_time(browser_of):
    foot = html_of(browser_of("值班员")).split("<footer")[1]
    from zhihuan import __version__

    assert __version__ in foot
    assert "页面生成于" in foot


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example", ""])
def test_choosing_looks_leads_to_no_stranger_s_site(client, back):
    assert client.post("/display/", {"theme": "dark", "back": back})["Location"] == "/"


def test_only_known_looks_are_kept(client):
    answer = client.post("/display/", {"mode": "x; domain=evil", "theme": "<b>"})
    assert not answer.cookies


def test_a_choice_of_looks_is_kept_and_leads_back(client):
    answer = client.post("/display/", {"mode": "elder", "back": "/accounts/login/?next=/live/"})
    assert answer["Location"] == "/accounts/login/?next=/live/"
    assert 'data-mode="elder"' in client.get("/accounts/login/").content.decode()
