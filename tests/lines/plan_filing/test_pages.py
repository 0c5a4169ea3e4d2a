"""What those who file and check a plan read on the pages of their steps."""

from __future__ import annotations

from typing import Any

import pytest

from zhihuan.bureau.vault.models import Evidence

MISSING = {"missing": "评审意见缺专家签名", "refile_by": "2099-03-02"}


@pytest.fixture(autouse=True)
def _no_store_of_another_test(platform_store: Any) -> None:
    """The frame of every page asks whether there is synthetic data."""


@pytest.fixture
def handed_in(walk: Any) -> Any:
    walk.take("submit", walk.cast.owner, "2026-02-12", **walk.cast.plan())
    return walk


def page_of(client: Any, user: Any, address: str) -> str:
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_who_corrects_a_plan_reads_there_what_is_missing_and_until_when(
    handed_in: Any, client: Any
) -> None:
    handed_in.take("correct", handed_in.cast.clerk, "2026-02-13", **MISSING)
    where = f"/matters/{handed_in.plan.pk}/steps/resubmit/"
    page = page_of(client, handed_in.cast.owner, where)
    told = page[page.index("上一环节：告知补正") : page.index('name="_version"')]
    assert MISSING["missing"] in told
    assert MISSING["refile_by"] in told
    assert "clerk" not in told  # the bureau answers a party as a body


def test_a_registrar_who_checks_a_plan_opens_its_papers_from_its_page(
    handed_in: Any, client: Any
) -> None:
    page = page_of(client, handed_in.cast.clerk, f"/matters/{handed_in.plan.pk}/")
    assert page.count('href="/evidence/') >= 6
    piece = Evidence.objects.filter(matter=handed_in.plan.pk).order_by("number").first()
    assert "备案表（签章）" in page_of(client, handed_in.cast.clerk, f"/evidence/{piece.pk}/")


def test_each_paper_says_what_is_taken(walk: Any, client: Any) -> None:
    page = page_of(client, walk.cast.owner, f"/matters/{walk.plan.pk}/steps/submit/")
    assert page.count(".pdf、.docx，每个不超过 50 MB") == 6


def test_who_has_a_plan_under_way_is_led_to_it_before_another_is_opened(
    handed_in: Any, client: Any
) -> None:
    where, words = "/matters/plan_filing/new/", "本单位已有未办结的同类事项"
    page = page_of(client, handed_in.cast.owner, where)
    assert f'href="/matters/{handed_in.plan.pk}/"' in page[page.index(words) :]
    assert words not in page_of(client, handed_in.cast.neighbour, where)
    handed_in.take("withdraw", handed_in.cast.owner, "2026-02-13", reason="模拟")
    assert words not in page_of(client, handed_in.cast.owner, where)


def test_the_inbox_offers_nobody_what_they_are_kept_apart_from(walk: Any, client: Any) -> None:
    cast = walk.cast
    walk.take("submit", cast.clerk, "2026-02-12", **cast.plan())
    for user, offered in (
        (cast.clerk, ["撤回"]),
        (cast.head, ["准予备案", "告知补正", "不予备案"]),
    ):
        page = page_of(client, user, "/inbox/")
        told = page[page.index("可办：") :].split("<")[0]
        assert told.strip() == "可办：" + "、".join(offered)
