"""Evidence on the page of its matter: for whoever may see it, and at few queries however much there is."""

from __future__ import annotations

from typing import Any

import pytest
import vault_samples as samples
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhihuan.web.vault.part import evidence_of

pytestmark = pytest.mark.django_db


def part(rf: Any, user: Any, matter: Any) -> Any:
    request = rf.get("/")
    request.user = user
    return evidence_of(request, matter)


def test_officers_see_the_newest_and_strangers_nothing(add: Any, walk: Any, rf: Any) -> None:
    for number in range(8):
        add(samples.photo((30 + number, 30)), f"{number}.jpg", title=f"第 {number} 张")
    shown = part(rf, walk.cast.head, walk.matter)
    assert (shown["count"], len(shown["cards"])) == (8, 6)
    assert shown["cards"][0].piece.title == "第 7 张"
    assert part(rf, walk.cast.stranger, walk.matter) is None


def test_it_costs_five_queries_at_most(add: Any, walk: Any, rf: Any) -> None:
    for number in range(6):
        add(samples.photo((30 + number, 30)), f"{number}.jpg")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        part(rf, walk.cast.head, walk.matter)
    assert len(asked) <= 5


def test_the_page_of_the_matter_shows_it(add: Any, walk: Any, browser_as: Any) -> None:
    add(samples.photo(), "a.jpg", title="深蓝色外排水")
    page = browser_as(walk.cast.head).get(f"/matters/{walk.matter.pk}/").content.decode()
    assert "深蓝色外排水" in page
    assert f"/evidence/of/{walk.matter.pk}/" in page
