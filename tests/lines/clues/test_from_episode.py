"""An episode of exceedance that goes up is a clue, with its numbers in one sentence, and knows which."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.utils import timezone

from zhihuan.bureau.exceedance.models import Episode
from zhihuan.bureau.exceedance.rising import Raised, raise_up
from zhihuan.bureau.matters.engine.refusals import StepRefusedError
from zhihuan.bureau.vault.keeping import open_file
from zhihuan.bureau.vault.models import Evidence
from zhihuan.lines.clues.models import Clue


@pytest.fixture
def episode(cast, outlet, platform_store) -> Episode:
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    return Episode.objects.create(
        point=outlet, factor="w01018", span="hour", first_at=now - dt.timedelta(hours=6),
        end_at=now - dt.timedelta(hours=2), periods=4, standing=3, worst_at=now - dt.timedelta(hours=4),
        worst_value=132.04, excess=82.04, multiple=1.64, limit_words="≤50 mg/L", basis="GB 4287-2012 表2",
        derivation={"title": "小时均值判定", "steps": []}, large=True, stage=Episode.Stage.RAISED,
    )  # fmt: skip


def test_what_a_branch_verified_is_registered_by_whoever_did_in_tier_a(episode, cast):
    raise_up([Raised(episode, cast.field, "现场核实属实")])
    clue = Clue.objects.get()
    episode.refresh_from_db()
    assert episode.clue_id == clue.pk
    assert (clue.state, clue.source, clue.tier, clue.consequence) == ("pooled", "alarm", "A", "L4")
    assert (clue.rule, clue.town.name, clue.asks_answer) == ("exceedance_hour", "三角镇", False)
    event = clue.events.get(step="register")
    assert (event.actor, event.said["what"]) == (cast.field, "现场核实属实")


def test_what_the_ladder_raised_is_registered_by_the_platform_in_tier_b(episode):
    raise_up([Raised(episode, None, "大幅超标")])
    clue = Clue.objects.get()
    assert clue.tier == "B"
    assert [each.step for each in clue.events.order_by("number")] == ["_open", "log"]


@pytest.mark.parametrize(
    "words", ["化学需氧量", "132.04 mg/L", "≤50 mg/L", "GB 4287-2012 表2", "4 个时段", "仍有 3 个"]
)
def test_the_sentence_has_the_numbers(episode, words):
    raise_up([Raised(episode, None, "大幅超标")])
    assert words in Clue.objects.get().contradiction


def test_its_data_are_frozen_and_raising_it_again_adds_nothing(episode):
    for _each in range(2):
        raise_up([Raised(episode, None, "大幅超标")])
    names = list(Evidence.objects.order_by("number").values_list("file__name", flat=True))
    assert names == ["hours.csv", "raw-frames.csv", "limits.csv", "derivation.txt"]


def test_a_long_basis_does_not_make_the_sentence_too_long_to_register(episode):
    episode.basis = "依据" * 110
    raise_up([Raised(episode, None, "大幅超标")])
    assert len(Clue.objects.get().contradiction) <= 300


def test_who_may_not_register_here_raises_nothing(episode, cast):
    with pytest.raises(StepRefusedError):
        raise_up([Raised(episode, cast.outsider, "核实属实")])
    assert not Clue.objects.exists()


@pytest.fixture
def measured(episode, outlet, cast, platform_store):
    """A manual result in its second hour: 40 mg/L, within the limit."""
    from zhihuan.bureau.exceedance.manual.entering import Report, enter_result
    from zhihuan.bureau.vault.keeping import keep_made

    pdf = b"%PDF-1.4\n1 0 obj\n<< /Type /Page >>\nendobj\ntrailer\n<<>>\n%%EOF\n"
    sampled = episode.first_at + dt.timedelta(hours=1, minutes=10)
    told = Report(
        sampled, None, 40.0, "mg/L", "HJ 828-2017", "市监测站", "ZS-1", keep_made(pdf, "报告.pdf"), lawful=True
    )  # fmt: skip
    episode.derivation = {
        "title": "小时均值判定", "conclusion": "超标 1.64 倍", "basis": [], "facts": [], "steps": [], "cautions": [],
    }  # fmt: skip
    episode.save()
    return enter_result(episode, told, cast.field)


def test_manual_data_go_up_in_sentence_derivation_and_evidence(episode, measured):
    episode.basis = "依据" * 110
    raise_up([Raised(episode, None, "大幅超标")])
    clue = Clue.objects.get()
    assert len(clue.contradiction) <= 300
    assert "同时段手工监测 1 个，最近 40 mg/L" in clue.contradiction
    pieces = list(Evidence.objects.order_by("number"))
    assert [each.file.name for each in pieces] == [
        "hours.csv", "raw-frames.csv", "limits.csv", "manual.csv", "derivation.txt", "报告.pdf",
    ]  # fmt: skip
    report = pieces[-1]
    assert (report.kind, report.obtained, report.taken_at) == (
        "appraisal", "measured", measured.sampled_from,
    )  # fmt: skip
    assert report.file == measured.report
    with open_file(pieces[3].file) as file:
        assert "ZS-1" in file.read().decode()
    with open_file(pieces[4].file) as file:
        told = json.loads(file.read())
    assert "手工监测 40 mg/L" in told["excuses"]["同一时段的手工监测"]
    assert any(each["clause"] == "第三十条" for each in told["derivation"]["basis"])


def test_without_manual_data_the_statement_says_that_none_is_known(episode):
    raise_up([Raised(episode, None, "大幅超标")])
    statement = Evidence.objects.get(file__name="derivation.txt")
    with open_file(statement.file) as file:
        assert json.loads(file.read())["excuses"]["同一时段的手工监测"] == "平台内没有"


def test_a_report_entered_afterwards_becomes_evidence_of_the_clue(episode, cast, request):
    raise_up([Raised(episode, None, "大幅超标")])
    before = Evidence.objects.count()
    request.getfixturevalue("measured")
    clue = Clue.objects.get()
    assert Evidence.objects.filter(matter=clue.pk).count() == before + 1
    assert Evidence.objects.order_by("pk").last().added_by == cast.field
