"""Conversations of both roles, step by step, in every edition."""

from __future__ import annotations

from typing import Any

import pytest

from zhihuan.hj212 import frame as framed
from zhihuan.hj212.codes import Edition
from zhihuan.hj212.commands import (
    AskClock,
    AskHourData,
    Body,
    Clock,
    CommandError,
    DayData,
    Heartbeat,
    HourData,
    RealTimeData,
    RealTimeInterval,
    SetClock,
    SetRealTimeInterval,
    StartRealTimeData,
    StartStandardCheck,
    StopRealTimeData,
)
from zhihuan.hj212.exchange import (
    Event,
    Exchange,
    Execute,
    Judge,
    Moved,
    Outcome,
    QnSource,
    Received,
    Send,
    Timing,
    answer_data,
    answer_notice,
    draft,
    timing,
)

Wire = Any
EVERY = pytest.mark.parametrize("edition", list(Edition))


def _order(wire: Wire, body: Body, edition: Edition, **more: Any) -> Exchange:
    return Exchange.ordering(body, wire.address(edition), qn=wire.qn, **more)


@EVERY
def test_a_request_is_accepted_carried_out_and_done_on_both_sides(
    wire: Wire, edition: Edition
) -> None:
    host = _order(wire, SetRealTimeInterval(interval_seconds=60), edition)
    (asked,) = wire.sent(host.start(0.0))
    device = Exchange.answering(wire.over(asked, edition))
    assert any(isinstance(a, Judge) for a in device.start(0.0))
    (answer,) = wire.sent(accepted := device.accept(0.1))
    assert any(isinstance(a, Execute) for a in accepted)
    host.receive(wire.over(answer, edition), 0.2)
    assert host.state == "awaiting_result"
    (result,) = wire.sent(device.finish(1, 0.3))
    end = wire.ended(host.receive(wire.over(result, edition), 0.4))
    assert end is not None
    assert (end.outcome, end.code) == (Outcome.DONE, 1)
    assert device.outcome is Outcome.DONE
    assert host.deadline is None


@EVERY
def test_a_value_asked_for_arrives_between_answer_and_result(wire: Wire, edition: Edition) -> None:
    host = _order(wire, AskClock(), edition)
    device = Exchange.answering(wire.over(wire.sent(host.start(0.0))[0], edition))
    device.start(0.0)
    for made in (
        device.accept(0),
        device.value(Clock(system_time=wire.noon), 0),
        device.finish(1, 0),
    ):
        for frame in wire.sent(made):
            actions = host.receive(wire.over(frame, edition), 1.0)
            for action in actions:
                if isinstance(action, Received):
                    assert action.message.get("SystemTime") == "20240601120000"
    assert host.outcome is Outcome.DONE


def test_what_the_device_sends_before_it_has_accepted_waits_its_turn(wire: Wire) -> None:
    host = _order(wire, AskClock(), Edition.HJ2017)
    device = Exchange.answering(wire.over(wire.sent(host.start(0.0))[0], Edition.HJ2017))
    device.start(0.0)
    assert wire.sent(device.value(RealTimeInterval(interval_seconds=30), 0.0)) == []
    assert wire.sent(device.finish(1, 0.0)) == []
    assert [d.cn for d in wire.sent(device.accept(0.0))] == ["9011", "1011", "9012"]


@EVERY
def test_history_goes_frame_by_frame_each_acknowledged_by_its_own_qn(
    wire: Wire, edition: Edition
) -> None:
    ask = AskHourData(begin=wire.noon, end=wire.noon)
    host = _order(wire, ask, edition)
    device = Exchange.answering(wire.over(wire.sent(host.start(0.0))[0], edition))
    device.start(0.0)
    numbers = QnSource()
    frames = [
        draft(HourData(data_time=wire.noon), wire.address(edition), sender="device",
              qn=numbers.next(wire.noon))
        for _ in range(3)
    ]  # fmt: skip
    out = wire.sent(device.accept(0.0))
    for frame in frames:
        out += wire.sent(device.data(frame, 0.0))
    out += wire.sent(device.finish(1, 0.0))
    assert [d.cn for d in out] == ["9011", "2061"]  # the rest waits for the first 9014
    cns = []
    while out:
        frame = out.pop(0)
        cns.append(frame.cn)
        heard = wire.over(frame, edition)
        actions = host.receive(heard, 1.0)
        if frame.cn == "2061":
            assert [a.message for a in actions if isinstance(a, Received)] == [heard]
            out += wire.sent(device.receive(wire.over(answer_data(heard), edition), 1.0))
    assert cns == ["9011", "2061", "2061", "2061", "9012"]
    assert host.outcome is Outcome.DONE


def test_the_acknowledgement_of_another_frame_does_not_count(wire: Wire) -> None:
    edition = Edition.HJ2017
    host = _order(wire, AskHourData(begin=wire.noon, end=wire.noon), edition)
    device = Exchange.answering(wire.over(wire.sent(host.start(0.0))[0], edition))
    device.start(0.0)
    device.accept(0.0)
    mine, other = (
        draft(HourData(data_time=wire.noon), wire.address(edition), sender="device", qn=qn)
        for qn in ("20240601085857534", "20240601085857999")
    )
    device.data(mine, 0.0)
    assert device.receive(wire.over(answer_data(wire.over(other, edition)), edition), 0.5) == []
    assert device.state == "awaiting_ack"


@EVERY
def test_an_unanswered_request_is_sent_again_three_times_with_the_same_bytes_then_given_up(
    wire: Wire, edition: Edition
) -> None:
    host = _order(wire, SetClock(system_time=wire.noon), edition)
    frames = wire.sent(host.start(0.0))
    now = 0.0
    while host.outcome is None:
        assert host.deadline == pytest.approx(now + 10.0)
        assert host.tick(now + 9.99) == []
        now += 10.0
        frames += wire.sent(host.tick(now))
    assert host.outcome is Outcome.UNANSWERED
    assert now == pytest.approx(40.0)
    assert len({f.encode() for f in frames}) == 1
    assert len(frames) == 4
    assert host.resent == 3
    assert host.tick(now + 100) == []


def test_after_the_answer_a_silent_device_fails_the_command_without_a_resend(wire: Wire) -> None:
    edition = Edition.HJ2017
    host = _order(wire, SetClock(system_time=wire.noon), edition)
    device = Exchange.answering(wire.over(wire.sent(host.start(0.0))[0], edition))
    device.start(0.0)
    host.receive(wire.over(wire.sent(device.accept(0.0))[0], edition), 8.0)
    assert host.deadline == pytest.approx(18.0)
    actions = host.tick(18.0)
    assert wire.sent(actions) == []
    assert host.outcome is Outcome.TIMED_OUT


@pytest.mark.parametrize("code", [2, 3, 4, 5, 6, 7, 8, 9, 100, 12345])
def test_a_refusal_ends_the_exchange_with_its_code(wire: Wire, code: int) -> None:
    edition = Edition.HJ2017
    host = _order(wire, SetClock(system_time=wire.noon), edition)
    device = Exchange.answering(wire.over(wire.sent(host.start(0.0))[0], edition))
    device.start(0.0)
    if code > 999:  # not a number QnRtn can be: the device may not send it
        with pytest.raises(ValueError, match="1 to 999"):
            device.refuse(code, 0.0)
        assert device.state == "judging"
        return
    end = wire.ended(host.receive(wire.over(wire.sent(device.refuse(code, 0.0))[0], edition), 1.0))
    assert end is not None
    assert (end.outcome, end.code) == (Outcome.REFUSED, code)
    assert device.outcome is Outcome.REFUSED


def test_a_failed_execution_is_told_with_its_code(wire: Wire) -> None:
    host = _order(wire, SetClock(system_time=wire.noon), Edition.HJ2017)
    device = Exchange.answering(wire.over(wire.sent(host.start(0.0))[0], Edition.HJ2017))
    device.start(0.0)
    for frame in wire.sent(device.accept(0.0)) + wire.sent(device.finish(100, 0.0)):
        host.receive(wire.over(frame, Edition.HJ2017), 1.0)
    assert (host.outcome, host.code) == (Outcome.FAILED, 100)


def test_a_lost_9011_does_not_lose_the_result(wire: Wire) -> None:
    host = _order(wire, SetClock(system_time=wire.noon), Edition.HJ2017)
    device = Exchange.answering(wire.over(wire.sent(host.start(0.0))[0], Edition.HJ2017))
    device.start(0.0)
    device.accept(0.0)  # lost on the way
    (result,) = wire.sent(device.finish(1, 0.0))
    host.receive(wire.over(result, Edition.HJ2017), 1.0)
    assert host.outcome is Outcome.DONE


@EVERY
def test_a_request_sent_again_is_answered_again_but_not_carried_out_twice(
    wire: Wire, edition: Edition
) -> None:
    host = _order(wire, SetClock(system_time=wire.noon), edition)
    request = wire.over(wire.sent(host.start(0.0))[0], edition)
    device = Exchange.answering(request)
    executions = 0
    first: list[bytes] = []
    for actions in (device.start(0.0), device.accept(0.0), device.finish(1, 0.0)):
        executions += sum(isinstance(a, Execute) for a in actions)
        first += [d.encode() for d in wire.sent(actions)]
    again = device.receive(request, 5.0)
    assert [d.encode() for d in wire.sent(again)] == first
    assert executions + sum(isinstance(a, Execute) for a in again) == 1
    assert wire.ended(again) is None


def test_a_stream_of_2005_is_done_with_its_9011(wire: Wire) -> None:
    host = _order(wire, StartRealTimeData(), Edition.HJ2005)
    device = Exchange.answering(wire.over(wire.sent(host.start(0.0))[0], Edition.HJ2005))
    device.start(0.0)
    host.receive(wire.over(wire.sent(device.accept(0.0))[0], Edition.HJ2005), 0.1)
    assert host.outcome is Outcome.DONE
    later = _order(wire, StartRealTimeData(), Edition.HJ2017)
    assert later.machine.name == "request"


def test_2005_result_that_wants_it_is_acknowledged_with_9014_every_time(wire: Wire) -> None:

    host = _order(wire, SetClock(system_time=wire.noon), Edition.HJ2005)
    host.start(0.0)
    result = wire.read(
        framed(
            f"ST=91;CN=9012;PW=123456;MN=88888880000001;Flag=1;CP=&&QN={wire.qn};ExeRtn=1&&".encode()
        )
    )
    for _ in range(2):
        (answer,) = wire.sent(host.receive(result, 1.0))
        assert answer.encode()[6:-6].decode() == f"ST=91;CN=9014;CP=&&QN={wire.qn};CN=9012&&"
    assert host.outcome is Outcome.DONE


@pytest.mark.parametrize("edition", [Edition.HJ2005, Edition.HJ2017, Edition.HJ2025])
def test_a_stop_notice_ends_with_9013(wire: Wire, edition: Edition) -> None:
    host = _order(wire, StopRealTimeData(), edition)
    (notice,) = wire.sent(host.start(0.0))
    heard = wire.over(notice, edition)
    host.receive(wire.over(answer_notice(heard), edition), 0.1)
    assert host.outcome is Outcome.DONE


@pytest.mark.parametrize("edition", [Edition.HJ2025, Edition.SURFACE_WATER])
def test_a_heartbeat_is_a_notice_of_the_device(wire: Wire, edition: Edition) -> None:
    device = _order(wire, Heartbeat(), edition, sender="device")
    (beat,) = wire.sent(device.start(0.0))
    assert beat.cn == "9015"
    device.receive(wire.over(answer_notice(wire.over(beat, edition)), edition), 0.1)
    assert device.outcome is Outcome.DONE


def test_an_upload_without_flag_bit_0_is_done_at_once(wire: Wire) -> None:
    body = RealTimeData(data_time=wire.noon)
    device = _order(wire, body, Edition.HJ2017, sender="device", answer=False)
    end = wire.ended(device.start(0.0))
    assert end is not None
    assert end.outcome is Outcome.DONE


@EVERY
def test_an_upload_is_sent_again_until_acknowledged(wire: Wire, edition: Edition) -> None:
    device = _order(wire, RealTimeData(data_time=wire.noon), edition, sender="device")
    frames = wire.sent(device.start(0.0))
    frames += wire.sent(device.tick(10.0))
    assert frames[0].encode() == frames[1].encode()
    device.receive(wire.over(answer_data(wire.over(frames[1], edition)), edition), 11.0)
    assert device.outcome is Outcome.DONE


def test_a_device_that_never_finishes_says_so_rather_than_stay_silent(wire: Wire) -> None:
    host = _order(wire, SetClock(system_time=wire.noon), Edition.HJ2017)
    device = Exchange.answering(wire.over(wire.sent(host.start(0.0))[0], Edition.HJ2017))
    device.start(0.0)
    device.accept(0.0)
    (result,) = wire.sent(device.tick(10.0))
    assert wire.over(result, Edition.HJ2017).get("ExeRtn") == "2"
    assert device.outcome is Outcome.OVERRAN


def test_undelivered_history_ends_with_exertn_4(wire: Wire) -> None:
    edition = Edition.HJ2017
    host = _order(wire, AskHourData(begin=wire.noon, end=wire.noon), edition)
    device = Exchange.answering(
        wire.over(wire.sent(host.start(0.0))[0], edition), Timing(5.0, resends=1)
    )
    device.start(0.0)
    device.accept(0.0)
    hour = draft(HourData(data_time=wire.noon), wire.address(edition), sender="device", qn=wire.qn)
    device.data(hour, 0.0)
    assert [d.cn for d in wire.sent(device.tick(5.0))] == ["2061"]
    (result,) = wire.sent(device.tick(10.0))
    assert wire.over(result, edition).get("ExeRtn") == "4"
    assert device.outcome is Outcome.UNDELIVERED


def test_a_device_that_sends_data_for_ever_is_cut_off(wire: Wire) -> None:
    edition = Edition.HJ2017
    host = _order(
        wire,
        AskHourData(begin=wire.noon, end=wire.noon),
        edition,
        timing=Timing(10.0, limit_seconds=100.0),
    )
    device = Exchange.answering(wire.over(wire.sent(host.start(0.0))[0], edition))
    device.start(0.0)
    host.receive(wire.over(wire.sent(device.accept(0.0))[0], edition), 0.0)
    hour = draft(HourData(data_time=wire.noon), wire.address(edition), sender="device", qn=wire.qn)
    now = 0.0
    while host.outcome is None and now < 1000:
        now += 5.0
        host.tick(now)
        host.receive(wire.over(hour, edition), now)
    assert host.outcome is Outcome.TIMED_OUT
    assert now == pytest.approx(100.0)


def test_frames_of_others_are_none_of_its_business(wire: Wire) -> None:
    host = _order(wire, SetClock(system_time=wire.noon), Edition.HJ2017)
    host.start(0.0)
    other = Exchange.ordering(
        SetClock(system_time=wire.noon), wire.address(Edition.HJ2017), qn="20990101000000000"
    )
    stranger = Exchange.answering(wire.over(wire.sent(other.start(0.0))[0], Edition.HJ2017))
    stranger.start(0.0)
    answer = wire.over(wire.sent(stranger.accept(0.0))[0], Edition.HJ2017)
    assert not host.concerns(answer)
    assert host.receive(answer, 0.1) == []
    day = draft(
        DayData(data_time=wire.noon), wire.address(Edition.HJ2017), sender="device", qn=wire.qn
    )
    assert host.receive(wire.over(day, Edition.HJ2017), 0.1) == []


def test_each_step_names_its_clause(wire: Wire) -> None:
    host = _order(wire, SetClock(system_time=wire.noon), Edition.HJ2017)
    (step,) = [a for a in host.start(0.0) if isinstance(a, Moved)]
    assert step.event is Event.START
    assert "6.1" in step.clause


def test_a_command_its_edition_lacks_cannot_be_ordered(wire: Wire) -> None:
    with pytest.raises(CommandError, match="HJ 212-2017 has no such host command"):
        _order(wire, StartStandardCheck(instrument="w01018"), Edition.HJ2017)


def test_abandoning_ends_at_once_and_once(wire: Wire) -> None:
    host = _order(wire, SetClock(system_time=wire.noon), Edition.HJ2017)
    host.start(0.0)
    assert wire.ended(host.abandon(1.0)) is not None
    assert host.abandon(1.0) == []
    assert host.outcome is Outcome.ABANDONED


def test_timings_are_those_of_the_standards() -> None:
    gprs, adsl, sms = timing("gprs"), timing("ADSL"), timing("SMS")
    assert gprs is not None
    assert adsl is not None
    assert sms is not None
    assert (gprs.timeout_seconds, gprs.resends) == (10, 3)
    assert (adsl.timeout_seconds, adsl.resends) == (5, 3)
    assert (sms.timeout_seconds, sms.resends) == (30, 3)
    assert timing("pigeon") is None
    with pytest.raises(ValueError, match="above 0"):
        Timing(0)


def test_qns_never_repeat_however_fast_they_are_drawn(wire: Wire) -> None:
    source = QnSource()
    drawn = [source.next(wire.noon) for _ in range(2000)]
    assert len(set(drawn)) == 2000
    assert drawn == sorted(drawn)
    assert drawn[0] == "20240601120000000"


def test_passwords_stay_out_of_the_repr(wire: Wire) -> None:
    assert "123456" not in repr(wire.address(Edition.HJ2017))


def test_a_send_action_says_whether_it_is_a_repetition(wire: Wire) -> None:
    host = _order(wire, SetClock(system_time=wire.noon), Edition.HJ2017)
    first = [a for a in host.start(0.0) if isinstance(a, Send)]
    second = [a for a in host.tick(10.0) if isinstance(a, Send)]
    assert [a.again for a in first + second] == [False, True]


def test_another_request_of_the_same_kind_is_not_taken_for_a_duplicate(wire: Wire) -> None:
    edition = Edition.HJ2017
    one, other = (
        Exchange.ordering(SetClock(system_time=wire.noon), wire.address(edition), qn=qn)
        for qn in (wire.qn, "20240601085858000")
    )
    device = Exchange.answering(wire.over(wire.sent(one.start(0.0))[0], edition))
    device.start(0.0)
    device.accept(0.0)
    assert device.receive(wire.over(wire.sent(other.start(0.0))[0], edition), 0.1) == []
