"""Documents are found by their numbers, by whoever may see them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from zhihuan.bureau.documents.models import ServiceReceipt
from zhihuan.bureau.documents.numbers.keeping import void


def found_by(client, words) -> str:
    page = client.get("/search/", {"q": words}).content.decode()
    return page.replace("<mark>", "").replace("</mark>", "")


def link_to(decision) -> str:
    return f'href="{reverse("document", args=[decision.pk])}"'


def ways_to_write(number: str) -> list[str]:
    """In full, without its last sign, without signs, with brackets that a keyboard has, and a part of it."""
    return [
        number,
        number[:-1],
        number.replace("〔", "").replace("〕", ""),
        number.replace("〔", "[").replace("〕", "]"),
        number[1:-1],
    ]


@pytest.mark.parametrize("way", range(5))
def test_a_document_is_found_by_its_number_however_it_is_written(head, decided, decision, way):
    page = found_by(head, ways_to_write(decision.number.text)[way])
    assert link_to(decision) in page
    assert f"行政处罚决定书（{decision.number.text}）" in page
    assert decided.matter.title in page


def test_what_is_no_number_of_it_does_not_find_it(head, decision):
    assert link_to(decision) not in found_by(head, decision.number.text.replace("环罚", "环责"))


def test_a_void_number_is_found_and_said_to_be_void(head, cast, decision):
    void(decision.number, cast.head, "重复制作")
    page = found_by(head, decision.number.text)
    assert link_to(decision) in page
    assert "文号已作废" in page


def test_nobody_finds_the_document_of_a_matter_they_may_not_see(browse, cast, decision):
    assert link_to(decision) not in found_by(browse(cast.stranger), decision.number.text)


def test_the_party_finds_what_was_served_on_it_and_nothing_before(browse, cast, decision):
    owner, today = browse(cast.owner), timezone.localdate()
    assert link_to(decision) not in found_by(owner, decision.number.text)
    ServiceReceipt.objects.create(
        document=decision, way="direct", tried_on=today, effective_on=today, recipient="某厂", served_by="甲"
    )  # fmt: skip
    assert link_to(decision) in found_by(owner, decision.number.text)


def test_many_found_cost_no_more_queries(head, to_decide, cast, decision):
    part = decision.number.text[1:-2]
    asked = []
    for again in range(3):
        with CaptureQueriesContext(connection) as queries:
            assert found_by(head, part).count("/documents/") >= again + 1
        asked.append(len(queries))
        to_decide().take("decide", cast.head, "03-05", fine="1", served_on="2026-03-05")
    assert asked[1] == asked[2], asked
