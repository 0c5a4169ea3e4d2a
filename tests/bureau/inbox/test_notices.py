"""Notices of steps become messages: for whom, how many queries, and what never stands in them."""

from __future__ import annotations

import pytest

from zhihuan.bureau.inbox.models import Message, Receipt
from zhihuan.bureau.people.models import Organisation, RoleGrant
from zhihuan.bureau.people.roles import ROLES, Side

pytestmark = pytest.mark.django_db


def told(kind: str = "step") -> set[str]:
    rows = Receipt.objects.filter(message__kind=kind)
    return set(rows.values_list("user__username", flat=True))


def test_a_role_is_told_where_it_reaches_the_matter(filed):
    filed.take("submit", filed.cast.officer, "03-03")
    assert told() == {"head"}
    message = Message.objects.get()
    assert (message.words, message.matter_id) == ("案件待审查", filed.matter.pk)


def test_whoever_acted_is_not_told_of_their_own_act(filed):
    filed.take("submit", filed.cast.head, "03-03")
    assert told() == set()
    assert not Message.objects.exists()  # a message for nobody is not kept


def test_the_party_s_accounts_are_told_and_those_above_it(filed, person):
    above = Organisation.objects.create(name="某集团", kind="enterprise")
    firm = filed.cast.firm
    firm.parent = above
    firm.save()
    person("enterprise_user", name="group", at=above)
    person("agency_user", name="keeper", at=firm)  # 环保管家
    person("enterprise_user", name="other", at=Organisation.objects.create(name="别家"))
    filed.matter.party.refresh_from_db()
    filed.take("submit", filed.cast.officer, "03-03")
    Message.objects.all().delete()
    filed.take("decide", filed.cast.head, "03-04", fine="1", served_on="2026-03-04")
    assert told() == {"owner", "group", "keeper"}


def test_accounts_that_may_not_sign_in_are_told_nothing(filed, moment):
    filed.take("submit", filed.cast.officer, "03-03")
    Message.objects.all().delete()
    type(filed.cast.owner).objects.filter(pk=filed.cast.owner.pk).update(locked_at=moment.at)
    filed.take("decide", filed.cast.head, "03-04", fine="1", served_on="2026-03-04")
    assert told() == set()


def test_a_deputy_is_told_beside_the_lender(filed, person, moment):
    cast = filed.cast
    deputy = person(name="deputy", at=cast.head.organisation)
    RoleGrant.objects.create(
        user=deputy, role="section_head", organisation=cast.head.organisation,
        valid_until=moment.at.date(), on_behalf_of=cast.head,
    )  # fmt: skip
    filed.take("submit", cast.officer, "03-03")
    assert told() == {"head", "deputy"}


def test_many_recipients_cost_no_more_queries_than_one(
    filed, person, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            filed.take("submit", filed.cast.officer, "03-03")
        filed.take("back", filed.cast.head, "03-03", why="补充")
        return len(asked)

    one = queries()
    for number in range(25):
        person("section_head", name=f"head{number}", at=filed.cast.head.organisation)
    assert queries() == one
    assert Receipt.objects.count() == 1 + 26


def test_nothing_that_was_filled_in_and_no_title_stands_in_a_message(filed):
    filed.take("submit", filed.cast.officer, "03-03")
    filed.take("back", filed.cast.head, "03-04", why="投诉人李四 13800000000 补充了证据")
    filed.take("submit", filed.cast.officer, "03-05")
    text = "".join(f"{each.words}{each.facts}" for each in Message.objects.all())
    assert text
    for private in ("李四", "13800000000", str(filed.matter), str(filed.cast.firm)):
        assert private not in text


def test_every_outside_role_counts_as_an_account_of_the_party():
    outside = {each.code for each in ROLES.values() if each.side is Side.OUTSIDE}
    assert outside == {"enterprise_user", "agency_user", "carrier_user"}
