"""Draws in public: the promise before, everything after, nothing that warns in between."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse
from visit_walk import nine

from zhihuan.bureau.matters.engine.taking import Acting, Said, open_matter, take
from zhihuan.bureau.registry.sealing import unseal
from zhihuan.lines.inspection import drawing
from zhihuan.lines.inspection.models import Draw, Inspection


@pytest.fixture
def plan(inspectors):
    """Promised on 12 February."""
    from visit_walk import a_factory

    for number in (2, 3):
        a_factory(f"E-00{number}", f"模拟{number}厂")
    acting = Acting(inspectors.head, at=nine("2026-02-12"))
    made = open_matter("inspection_plan", acting, title="一季度抽查", town=inspectors.town)
    said = {
        "purpose": "排污许可执行", "approval": "中环检〔2026〕2号", "begins_on": "2026-03-02", "ends_on": "2026-03-31",
        "towns": [inspectors.town.pk], "levels": ["key"], "how_many": "1", "barred": "",
    }  # fmt: skip
    take(made, "commit", acting, Said(said), version=made.version)
    return made


def go(plan, inspectors, step, day, **said):
    acting = Acting(inspectors.head, at=nine(day))
    take(plan, step, acting, Said(said), version=plan.version)


def drawn(plan, inspectors):
    go(plan, inspectors, "draw", "2026-02-13", public_word="三一四一五", witness="钱七")


def disclosed(plan, inspectors):
    drawn(plan, inspectors)
    for visit in Inspection.objects.all():
        acting = Acting(inspectors.head, at=nine("2026-02-14"))
        take(visit, "cancel", acting, Said({"reason": "停产"}), version=visit.version)
    go(plan, inspectors, "finish", "2026-02-14")
    go(plan, inspectors, "disclose", "2026-02-24")


def test_strangers_see_the_promise_and_nothing_that_warns(plan, inspectors, client, platform_store):
    drawn(plan, inspectors)
    held = Draw.objects.get()
    text = client.get(reverse("open-inspections")).content.decode()
    text += client.get(reverse("open-inspection", args=[plan.pk])).content.decode()
    assert plan.commitment in text or Draw.objects.get().plan.commitment in text
    for secret in (unseal(held.seed), "三一四一五", "钱七", held.result[0]["object"], "某印染"):
        assert secret not in text
    assert client.get(reverse("open-inspection-draw", args=[plan.pk])).status_code == 404


def test_after_disclosure_anyone_may_take_the_record_and_compute_it(
    plan, inspectors, client, platform_store
):
    disclosed(plan, inspectors)
    told = client.get(reverse("open-inspection-draw", args=[plan.pk]))
    assert "attachment" in told["Content-Disposition"]
    assert drawing.differences(json.loads(told.content)) == []
    text = client.get(reverse("open-inspection", args=[plan.pk])).content.decode()
    assert f"draw-{plan.pk}.json" in text
    assert "三一四一五" in text


@pytest.mark.django_db
def test_the_program_offered_is_the_one_that_drew(client, platform_store):
    told = client.get(reverse("open-inspection-verifier"))
    with open(drawing.__file__, "rb") as file:  # noqa: PTH123
        assert told.content == file.read()


def test_a_dropped_plan_says_why(plan, inspectors, client, platform_store):
    go(plan, inspectors, "drop", "2026-02-13", reason="范围有误")
    text = client.get(reverse("open-inspection", args=[plan.pk])).content.decode()
    assert "本计划已撤销，理由：范围有误" in text


def test_a_plan_that_was_not_promised_is_not_public(inspectors, client, platform_store):
    acting = Acting(inspectors.head, at=nine("2026-02-12"))
    made = open_matter("inspection_plan", acting, title="草稿", town=inspectors.town)
    assert client.get(reverse("open-inspection", args=[made.pk])).status_code == 404
    assert "草稿" not in client.get(reverse("open-inspections")).content.decode()


def test_the_list_costs_as_many_queries_for_one_plan_as_for_many(
    plan, inspectors, client, platform_store, django_assert_max_num_queries
):
    for number in range(5):
        acting = Acting(inspectors.head, at=nine("2026-02-12"))
        made = open_matter("inspection_plan", acting, title=f"抽查{number}", town=inspectors.town)
        said = plan.events.get(step="commit").said
        take(made, "commit", acting, Said({**said, "barred": ""}), version=made.version)
    with django_assert_max_num_queries(8):
        client.get(reverse("open-inspections"))
