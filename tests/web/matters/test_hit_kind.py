"""Matters are found by title, party and pinyin, by whoever may see them."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("words", ["超标排放", "中山某印染", "cbpf"])
def test_a_matter_is_found_and_told_apart(walk, cast, browse, words):
    page = browse(cast.officer).get("/search/", {"q": words}).content.decode()
    assert f'href="/matters/{walk.matter.pk}/"' in page
    page = page.replace("<mark>", "").replace("</mark>", "")
    assert "试办案件 · 登记 · 中山某印染厂 · 三角镇" in page


def test_nobody_finds_what_they_may_not_see(walk, cast, browse):
    page = browse(cast.stranger).get("/search/", {"q": "超标排放"}).content.decode()
    assert f'href="/matters/{walk.matter.pk}/"' not in page
