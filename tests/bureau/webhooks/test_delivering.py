"""What happened arrives, signed and in order, whatever the receiver does; or is given up, and told."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json
import time

import pytest
from django.db import transaction
from django.utils import timezone

from zhihuan.bureau.events.models import Event
from zhihuan.bureau.history.changing import changing
from zhihuan.bureau.people.backend import RoleBackend
from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.places.city import find_town
from zhihuan.bureau.registry.models import Site
from zhihuan.bureau.webhooks import delivering, holding
from zhihuan.bureau.webhooks.keeping import forget_old
from zhihuan.bureau.webhooks.models import Delivery, DeliveryAttempt, Subscription
from zhihuan.bureau.webhooks.pauses import PAUSES, pause_after
from zhihuan.bureau.webhooks.sharing import share_out
from zhihuan.bureau.webhooks.trial import try_out

OK_LATER = [b"HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n"]
_State = Delivery.State


@pytest.fixture
def change(db):
    """``change("S1", name="…")``: a site is registered, or changed."""

    def make(code: str, town: str = "三角镇", **values) -> Site:
        with changing(None, why="测试") as changes:
            site = Site.objects.filter(code=code).first()
            if site is None:
                site = Site(code=code, name=values.pop("name", code), town=find_town(town))
                changes.create(site)
            if values:
                changes.update(site, **values)
        return site

    return make


def run(times: int = 1, *, later: dt.timedelta = dt.timedelta(0)) -> int:
    """Rounds of the scheduler's job, as of ``later``."""
    done = 0
    for _n in range(times):
        share_out()
        done += delivering.deliver_due(timezone.now() + later)
    return done


def bodies(receiver) -> list[dict]:
    return [json.loads(body) for _headers, body in receiver.got]


def test_a_change_arrives_signed(subscribe, receiver, change):
    secret = subscribe("record.changed").secret
    change("S1", name="甲厂")
    assert run() == 1
    ((headers, body),) = receiver.got
    assert headers[""].startswith("POST /hook?from=zhihuan HTTP/1.1")
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    code = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{code}"
    assert abs(time.time() - int(headers["webhook-timestamp"])) < 300
    told = json.loads(body)
    assert told["type"] == "record.changed"
    assert told["data"]["record"] == {"kind": "site", "key": "S1", "id": str(Site.objects.get().pk)}
    assert told["data"]["act"] == "created"
    assert dt.datetime.fromisoformat(told["timestamp"]).tzinfo is not None
    assert Delivery.objects.get().state == _State.DELIVERED


def test_what_fields_say_stays_here(subscribe, receiver, change):
    subscribe("record.changed")
    change("S1")
    change("S1", name="机密工艺名", address="路边")
    run(2)
    assert bodies(receiver)[1]["data"]["fields"] == ["address", "name"]
    assert "机密工艺名" not in json.dumps(bodies(receiver), ensure_ascii=False)


def test_a_change_that_is_rolled_back_is_not_told(subscribe, receiver, change):
    subscribe("record.changed")
    with transaction.atomic():
        change("S1")
        transaction.set_rollback(True)
    assert run() == 0
    assert not Event.objects.exists()


def test_while_nobody_listens_nothing_is_written(change, subscribe):
    change("S1")
    assert not Event.objects.exists()
    subscribe("device.silent")
    change("S2")
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (b"HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n", 500),
        (b"HTTP/1.1 302 X\r\nLocation: http://10.0.0.1/\r\nContent-Length: 0\r\n\r\n", 302),
        (b"not http at all\r\n\r\n", None),
        (b"", None),
        ("reset", None),
        ("silent", None),
        ("drip", None),
    ],
    ids=["500", "redirect", "no http", "closed", "reset", "timeout", "drip"],
)
def test_whatever_goes_wrong_is_written_down_and_tried_again(
    subscribe, receiver, change, fault, status
):
    subscribe("record.changed")
    receiver.faults = [fault]
    change("S1")
    assert run() == 0
    waiting = Delivery.objects.get()
    attempt = DeliveryAttempt.objects.get()
    assert (waiting.state, waiting.attempts, attempt.status) == (_State.WAITING, 1, status)
    assert attempt.outcome
    assert waiting.next_at > timezone.now()
    assert run() == 0, "not before its pause is over"
    assert run(later=dt.timedelta(minutes=1)) == 1
    ids = {headers["webhook-id"] for headers, _body in receiver.got}
    assert len(ids) == 1, "a repetition is told by its id"


def test_after_the_last_pause_it_is_given_up_and_can_be_replayed(subscribe, receiver, change):
    made = subscribe("record.changed")
    receiver.faults = [b"HTTP/1.1 503 X\r\nContent-Length: 0\r\n\r\n"] * (len(PAUSES) + 1)
    change("S1")
    for _n in range(len(PAUSES) + 1):
        assert run(later=dt.timedelta(days=30)) == 0
    dead = Delivery.objects.get()
    assert (dead.state, dead.attempts) == (_State.DEAD, len(PAUSES) + 1)
    assert run(later=dt.timedelta(days=30)) == 0
    assert holding.replay(dead, by=made.subscription.owner)
    assert run() == 1
    assert len({headers["webhook-id"] for headers, _body in receiver.got}) == 1


def test_pauses_grow_and_a_receiver_may_ask_for_longer_ones():
    pauses = [pause_after(n) for n in range(1, len(PAUSES) + 1)]
    assert pauses == sorted(pauses)
    assert pause_after(len(PAUSES) + 1) is None
    assert pause_after(1, retry_after=600) == dt.timedelta(seconds=600)
    assert pause_after(1, retry_after=10**9) == dt.timedelta(hours=24)


def test_events_of_one_thing_wait_for_each_other_and_others_pass(subscribe, receiver, change):
    subscribe("record.changed")
    receiver.faults = list(OK_LATER)
    change("S1")
    run()  # the first one fails and waits
    change("S1", name="二")
    change("S1", name="三")
    change("S2")
    run()
    assert [each["data"]["record"]["key"] for each in bodies(receiver)[1:]] == ["S2"]
    run(3, later=dt.timedelta(minutes=1))
    acts = [
        each["data"]["act"] for each in bodies(receiver) if each["data"]["record"]["key"] == "S1"
    ]
    assert acts == ["created", "created", "changed", "changed"]


def test_one_that_was_given_up_does_not_block_those_behind_it(subscribe, receiver, change):
    subscribe("record.changed")
    change("S1")
    share_out()
    Delivery.objects.update(state=_State.DEAD)
    change("S1", name="二")
    assert run() == 1


def test_a_claim_that_was_lost_with_its_process_is_made_again(subscribe, receiver, change):
    subscribe("record.changed")
    change("S1")
    share_out()
    Delivery.objects.update(claimed_until=timezone.now() + delivering.CLAIM)
    assert run() == 0, "somebody is at it"
    assert run(later=delivering.CLAIM) == 1


def test_events_are_shared_out_once(subscribe, change):
    subscribe("record.changed")
    change("S1")
    assert share_out() == 1
    Event.objects.update(fanned_at=None)  # as if the mark had been lost
    assert share_out() == 1
    assert Delivery.objects.count() == 1


@pytest.fixture
def branch(db):
    made = Organisation.objects.create(name="小榄分局", kind="branch")
    made.towns.add(find_town("小榄镇"))
    return made


@pytest.fixture
def own_territory(monkeypatch):
    """As if registrars saw sites of their own towns alone."""
    from zhihuan.bureau.people import actions

    action = actions.Action("registry.view_site", "", {"registrar": actions.Reach.TERRITORY})
    monkeypatch.setitem(actions._declared, "registry.view_site", action)


def test_a_subscriber_is_told_of_what_lies_within_their_scope(
    subscribe, receiver, change, branch, own_territory
):
    subscribe("record.changed", at=branch)
    change("S1", town="三角镇")
    near = change("S2", town="小榄镇")
    run(2)
    assert [each["data"]["record"]["key"] for each in bodies(receiver)] == ["S2"]
    with changing(None) as changes:
        changes.delete(near)
    run(2)
    assert len(receiver.got) == 1, "what is gone lies in nobody's town"


def test_a_right_lost_meanwhile_withholds_what_waits(subscribe, receiver, change):
    owner = subscribe("record.changed").subscription.owner
    change("S1")
    share_out()
    owner.grants.all().delete()
    assert run() == 0
    assert Delivery.objects.get().state == _State.WITHHELD
    assert receiver.got == []


def test_a_locked_owner_is_told_nothing(subscribe, receiver, change, monkeypatch):
    subscribe("record.changed")
    change("S1")
    monkeypatch.setattr(RoleBackend, "user_can_authenticate", lambda _self, _user: False)
    run()
    assert receiver.got == []


def test_both_secrets_sign_until_the_overlap_is_over(subscribe, receiver, change):
    made = subscribe("record.changed")
    new = holding.rotate(made.subscription, by=made.subscription.owner)
    assert new != made.secret
    change("S1")
    run()
    assert len(receiver.got[0][0]["webhook-signature"].split(" ")) == 2
    Subscription.objects.update(former_until=timezone.now())
    change("S2")
    run()
    assert len(receiver.got[1][0]["webhook-signature"].split(" ")) == 1
    stored = Subscription.objects.values().get()
    assert made.secret not in str(stored)
    assert new not in str(stored)


def test_a_paused_subscription_keeps_what_waits_and_gets_nothing_new(subscribe, receiver, change):
    made = subscribe("record.changed").subscription
    change("S1")
    share_out()
    holding.switch(made, on=False, by=made.owner)
    change("S2")
    assert run() == 0
    holding.switch(made, on=True, by=made.owner)
    run(2)
    assert [each["data"]["record"]["key"] for each in bodies(receiver)] == ["S1"]


def test_a_trial_reaches_its_own_subscriber_alone(subscribe, receiver):
    made = subscribe("record.changed").subscription
    subscribe("record.changed", name="other")
    try_out(made, by=made.owner)
    assert run() == 1
    assert bodies(receiver)[0]["type"] == "webhook.trial"


def test_an_act_of_very_many_records_is_told_as_one(subscribe, receiver, db):
    subscribe("record.changed", "records.changed")
    town = find_town("三角镇")
    with changing(None) as changes:
        changes.create_many([Site(code=f"S{n}", name="厂", town=town) for n in range(201)])
    run()
    (told,) = bodies(receiver)
    assert (told["type"], told["data"]["records"]) == ("records.changed", {"site": 201})


def test_what_is_over_is_forgotten_after_its_time_and_what_waits_is_not(
    subscribe, receiver, change
):
    subscribe("record.changed")
    change("S1")
    run()
    receiver.faults = list(OK_LATER)
    change("S2")
    run()
    later = timezone.now() + dt.timedelta(days=31)
    assert forget_old(timezone.now()) == 0
    assert forget_old(later) == 1
    assert Delivery.objects.get().state == _State.WAITING
