"""A list of organisations' people, declared for the tests alone, and a look at it."""

from __future__ import annotations

import pytest
from django.db.models import Q
from django.utils import timezone

from zhihuan.bureau.acquisition.models import QuarantinedFrame
from zhihuan.web.components.value import Kind
from zhihuan.web.listing import (
    ChoiceFilter,
    Column,
    DaysFilter,
    FlagFilter,
    Listing,
    ManyFilter,
    TextFilter,
)

REASONS = [("junk", "杂乱数据"), ("bad_crc", "校验错误")]


@pytest.fixture
def frames_list() -> Listing:
    return Listing(
        name="frames",
        title="报文",
        scope=lambda _user: QuarantinedFrame.objects.exclude(mn="SECRET"),
        columns=(
            Column("mn", "编号", Kind.CODE, sort="mn", link=lambda row: f"/frame/{row.pk}/"),
            Column("received", "接收时间", Kind.MOMENT, sort="received"),
            Column("reason", "原因", sort="reason"),
            Column("size", "字节", Kind.NUMBER, value=lambda row: len(row.raw), unit="B"),
            Column("peer", "来源", shown=False),
            Column("detail", "说明", exported=False),
        ),
        filters=(
            TextFilter("q", "编号或来源", fields=("mn", "peer")),
            ChoiceFilter("reason", "原因", options=REASONS),
            ManyFilter("any", "任一原因", options=REASONS, field="reason", is_main=False),
            DaysFilter("received", "接收时间"),
            FlagFilter("open", "只看未重放", only=Q(replayed_at__isnull=True)),
        ),
        order="-received",
    )


@pytest.fixture
def keep(db):
    def made(mn: str, **given) -> QuarantinedFrame:
        whole = {"reason": "junk", "raw": b"##0", "received": timezone.now()}
        return QuarantinedFrame.objects.create(mn=mn, **whole | given)

    return made


@pytest.fixture
def ask(rf, person, frames_list):
    """``ask("q=N1")``: the answer of the list to somebody."""
    from django_htmx.middleware import HtmxDetails

    from zhihuan.web.listing import respond

    def asked(query: str = "", *, user=None, target: str = "", **given):
        headers = {"HX-Request": "true", "HX-Target": target} if target else {}
        request = rf.get(f"/frames/?{query}", headers=headers)
        request.user = user or person("值班员")
        request.htmx = HtmxDetails(request)
        return respond(request, given.pop("listing", frames_list), **given)

    return asked
