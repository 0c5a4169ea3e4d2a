"""The tiles at the head of the figures say what the tables say, and open the same lists."""

from __future__ import annotations

import re
from html import unescape

PAGE = "/statistics/enforcement/"
TILE = re.compile(r'<a class="kpi" href="([^"]+)".*?<strong>([^<]*)</strong>', re.DOTALL)
LINK = re.compile(r'<a href="(/statistics/enforcement/acts/[^"]+)">([^<]+)</a>')


def test_a_tile_says_what_the_table_says_and_opens_the_same_list(act, client, person):
    act.many(60, seed=9)
    client.force_login(person("leader"))
    page = unescape(client.get(f"{PAGE}?period=2025").content.decode())
    tiles, cells = dict(TILE.findall(page)), dict(LINK.findall(page))
    assert len(tiles) >= 4
    assert {address: cells[address] for address in tiles} == tiles
    changes = re.findall(r"较上年同期 ([^<]+)", page)
    assert changes
    assert all(re.fullmatch(r"[+-]?[\d,.]+ \S+", each) for each in changes), changes


def test_a_figure_that_is_missing_says_so_and_no_zero(client, person):
    client.force_login(person("leader"))
    page = unescape(client.get(f"{PAGE}?period=2020").content.decode())
    days = re.search(r"平均办案天数</span>.*?</a>", page, re.DOTALL)
    assert days is not None
    assert "—" in days[0]
    assert "本期没有计入的事项" in days[0]
    assert "0" not in re.sub(r"截至.*", "", days[0], flags=re.DOTALL)
