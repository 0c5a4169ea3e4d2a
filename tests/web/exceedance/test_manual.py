"""The page that verifies asks for manual monitoring: shown beside the hours, entered, its record, its report, taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from manual_cases import PDF, known, report, tells

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.exceedance.manual import samples
from zhihuan.bureau.exceedance.manual.entering import enter_result
from zhihuan.bureau.exceedance.models import Episode, ManualResult

pytestmark = pytest.mark.django_db
Browse = Callable[[Any], Client]
SAID = {
    "sampled_from": "2026-03-01T01:10", "sampled_until": "2026-03-01T01:40", "value": "20", "unit": "mg/m³",
    "method": "HJ 57-2017", "lawful": "yes", "agency": "市监测站", "number": "ZS-2026-001",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _own_vault_and_no_line(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    settings.ZHIHUAN_HOME = tmp_path
    monkeypatch.setattr(samples, "_finders", [])


@pytest.fixture(autouse=True)
def _no_line_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    from zhihuan.bureau.exceedance import rising

    monkeypatch.setattr(rising, "_takers", [])


def page(stack: Any) -> str:
    return f"/alarms/{stack.episode.pk}/"


def enter(browser: Client, stack: Any, **said: Any) -> Any:
    files = {"report": SimpleUploadedFile("报告.pdf", PDF, "application/pdf")}
    return browser.post(f"{page(stack)}manual/", SAID | said | files)


def text_of(browser: Client, path: str) -> str:
    return str(browser.get(path).content.decode())


def test_where_none_is_known_one_click_verifies_as_before(stack: Any, browse: Browse) -> None:
    officer = browse(stack.officer)
    told = text_of(officer, page(stack))
    assert "平台内没有该排口该因子在该时段的手工监测。" in told
    assert "《生态环境行政处罚办法》（生态环境部令第30号）第三十条，2023-07-01 起施行" in told
    assert 'value="none" ' in told
    assert "checked" in told.split('value="none"')[1].split(">")[0]
    assert officer.post(f"{page(stack)}act/", {"act": "true", "words": "属实"}).status_code == 302
    assert stack.episode.stage == Episode.Stage.RAISED


def test_an_entered_result_stands_beside_the_hours_and_opens(stack: Any, browse: Browse) -> None:
    officer = browse(stack.officer)
    answer = enter(officer, stack)
    assert (answer.status_code, answer.url) == (302, page(stack))
    row = ManualResult.objects.get()
    told = text_of(officer, page(stack))
    for words in (
        f'href="/alarms/manual/{row.pk}/"',
        "20 mg/m³",
        "40 mg/m³",
        "以手工监测数据为准",
        "已按手工监测数据认定",
    ):
        assert words in told, words
    assert 'value="none"' not in told
    told = text_of(officer, f"/alarms/manual/{row.pk}/")
    assert '<span class="whole">2026-03-01 01:10—01:40</span>' in told
    for words in ("ZS-2026-001", "HJ 57-2017", "2026-03-01 01:10—01:40", "报告.pdf"):
        assert words in told, words


def test_the_form_says_what_the_report_must_be_about(stack: Any, browse: Browse) -> None:
    told = text_of(browse(stack.officer), f"{page(stack)}manual/")
    about = told.split('aria-label="该结果所属的过程"')[1].split("</dl>")[0]
    for words in ("1号炉排口", "二氧化硫", "mg/m³", '<span class="whole">2026-03-01 01:00</span>'):
        assert words in about, words


def test_ignoring_it_is_refused_and_following_it_is_told_in_the_course(
    stack: Any, browse: Browse
) -> None:
    officer, act = browse(stack.officer), f"{page(stack)}act/"
    enter(officer, stack)
    answer = officer.post(act, {"act": "true", "words": "属实"})
    assert answer.status_code == 422
    assert "该时段有手工监测" in answer.content.decode()
    said = {"act": "true", "words": "属实", "manual": "departed", "manual_why": "采样孔不合规"}
    assert officer.post(act, said).status_code == 302
    told = text_of(officer, page(stack))
    assert "关于手工监测：采样孔不合规" in told
    assert "两者不一致" in told


def test_another_unit_and_another_time_are_refused_with_the_remedy(
    stack: Any, browse: Browse
) -> None:
    officer = browse(stack.officer)
    for said, words in (
        ({"unit": "mg/L"}, "该因子以 mg/m³ 计"),
        (
            {"sampled_from": "2026-03-01T03:00", "sampled_until": ""},
            "（2026-03-01 01:00 至 2026-03-01 03:00，不含结束时刻）",
        ),
        ({"value": "-3"}, "0"),
    ):
        answer = enter(officer, stack, **said)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert not ManualResult.objects.exists()


def test_only_the_branch_enters_and_the_firm_reads(stack: Any, browse: Browse) -> None:
    for user, status in ((stack.firm, 403), (stack.duty, 403), (stack.elsewhere, 404)):
        assert enter(browse(user), stack).status_code == status
    row = enter_result(stack.episode, report(), stack.officer)
    firm = browse(stack.firm)
    assert "以手工监测数据为准" in text_of(firm, page(stack))
    assert firm.post(f"/alarms/manual/{row.pk}/take-back/", {"reason": "x"}).status_code == 403
    answer = firm.get(f"/alarms/manual/{row.pk}/file/")
    assert b"".join(answer) == PDF  # type: ignore[arg-type]  # small files go whole
    assert AuditEntry.objects.get(action="exceedance.read_manual").actor == stack.firm
    for path in ("", "file/"):
        answer = browse(stack.elsewhere).get(f"/alarms/manual/{row.pk}/{path}")
        assert answer.status_code == 404


def test_a_result_is_taken_back_with_a_reason(stack: Any, browse: Browse) -> None:
    officer, row = browse(stack.officer), enter_result(stack.episode, report(), stack.officer)
    back = f"/alarms/manual/{row.pk}/take-back/"
    officer.post(back, {"reason": ""})
    assert not ManualResult.objects.filter(withdraws=True).exists()
    assert officer.post(back, {"reason": "抄错了数"}).url == f"/alarms/manual/{row.pk}/"
    assert "该结果已撤回，不再采用：抄错了数" in text_of(officer, f"/alarms/manual/{row.pk}/")
    assert AuditEntry.objects.filter(action="exceedance.take_manual_back").exists()
    assert "平台内没有该排口" in text_of(officer, page(stack))


def test_samples_of_visits_are_listed_for_the_bureau_and_begin_the_form(
    stack: Any, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zhihuan.bureau.matters.models import Matter

    visit = Matter.objects.create(
        procedure="inspection", edition="2021", state="left", title="检查", town=stack.point.town
    )
    sample = known(visit.pk, agency="市监测站", conclusion="二氧化硫 20 mg/m³")
    monkeypatch.setattr(samples, "_finders", [tells(sample)])
    officer = browse(stack.officer)
    told = text_of(officer, page(stack))
    for words in (f'href="/matters/{visit.pk}/"', "S-1", "二氧化硫 20 mg/m³", "录入结果"):
        assert words in told, words
    assert "S-1" not in text_of(browse(stack.firm), page(stack))
    key = f"{visit.pk}:S-1"
    form = text_of(officer, f"{page(stack)}manual/?sample={visit.pk}%3AS-1")
    assert 'value="2026-03-01T01:20"' in form
    assert (
        enter(
            officer, stack, sample=key, sampled_from="2026-03-01T01:20", sampled_until=""
        ).status_code
        == 302
    )
    row = ManualResult.objects.get()
    assert (row.visit_id, row.sample_code, row.sampled_until) == (visit.pk, "S-1", row.sampled_from)
    assert "已录入" in text_of(officer, page(stack))


def test_a_silent_store_shows_the_result_and_says_that_it_is_not_compared(
    stack: Any, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zhihuan.telemetry.store import StoreUnavailable

    def broken(*_args: object, **_kwargs: object) -> None:
        raise StoreUnavailable("away")

    enter_result(stack.episode, report(), stack.officer)
    monkeypatch.setattr(type(stack.store), "measurements", broken)
    told = text_of(browse(stack.duty), page(stack))
    assert "20 mg/m³" in told
    assert "手工监测结果未与自动监测比较" in told
