"""Both sides hear of a delegation and of its early end."""

from __future__ import annotations

import datetime as dt

import pytest

from zhihuan.bureau.inbox.models import Message, Receipt
from zhihuan.bureau.people.delegation import Delegation, delegate, end_delegation, lendable

pytestmark = pytest.mark.django_db


@pytest.fixture
def lent(cast, person, moment):
    """The officer lent their role until 6 March; what was lent."""
    deputy = person(name="deputy", at=cast.here)
    first = moment.at.date()
    wanted = Delegation(
        cast.officer, deputy, lendable(cast.officer), first, first + dt.timedelta(days=4), "休假"
    )
    return delegate(wanted, actor=cast.officer).grants


def test_the_deputy_is_told_from_when_until_when(lent):
    receipt = Receipt.objects.get()
    assert receipt.user.username == "deputy"
    assert receipt.message.facts == {
        "lender": "officer", "deputy": "deputy", "first": "2026-03-02", "last": "2026-03-06",
    }  # fmt: skip


def test_the_lender_is_told_when_the_deputy_gives_it_back(lent):
    end_delegation(lent[0], actor=lent[0].user, why="另有任务")
    newest = Receipt.objects.order_by("-pk").first()
    assert newest.user.username == "officer"
    assert "提前结束" in newest.message.words


def test_an_end_that_is_refused_tells_nothing(lent, cast):
    with pytest.raises(Exception, match="委托人或代理人"):
        end_delegation(lent[0], actor=cast.head, why="不同意")
    assert Message.objects.count() == 1
