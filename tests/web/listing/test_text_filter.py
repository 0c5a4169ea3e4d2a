"""A filter by text asks as if letters had no case, and tells that to the database only where they have one."""

from __future__ import annotations

from typing import Any

import pytest

from zhihuan.bureau.people.models import Organisation
from zhihuan.web.listing import TextFilter

pytestmark = pytest.mark.django_db
FILTER = TextFilter("q", "名称", fields=("name", "credit_code"))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("印染", {"Abc 印染一厂", "ａbc 印染二厂"}),
        ("一厂", {"Abc 印染一厂"}),
        ("aBC", {"Abc 印染一厂"}),
        ("ABC 印染", {"Abc 印染一厂"}),
        ("9144", {"码"}),
        ("x9144", set()),
    ],
)
def test_words_are_found_in_any_case(typed: str, found: set[str]) -> None:
    for name in ("Abc 印染一厂", "ａbc 印染二厂"):
        Organisation.objects.create(name=name, kind="enterprise")
    Organisation.objects.create(name="码", kind="enterprise", credit_code="91440000000000000X")
    rows = FILTER.narrow(Organisation.objects.all(), typed)
    assert set(rows.values_list("name", flat=True)) == found


@pytest.mark.parametrize(
    ("typed", "by_case"), [("扬尘 超标", True), ("12-3", True), ("vocs 超标", False)]
)
def test_case_is_asked_of_letters_that_have_one(typed: str, by_case: bool) -> None:
    rows: Any = FILTER.narrow(Organisation.objects.all(), typed)
    lookups = {leaf.lookup_name for node in rows.query.where.children for leaf in node.children}
    assert ("icontains" in lookups) is not by_case
