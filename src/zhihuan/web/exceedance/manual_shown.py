"""Manual monitoring in the hours of an episode, as its page shows it: results beside the automatic values, and samples of
visits, each opening its record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.exceedance.manual.beside import Held, beside
from zhihuan.bureau.exceedance.manual.known import Known
from zhihuan.bureau.exceedance.manual.samples import KnownSample
from zhihuan.bureau.exceedance.manual.words import (
    automatic_words,
    law_words,
    sampled,
    sentence_of,
    value_of,
)
from zhihuan.bureau.exceedance.models import Episode, ManualResult
from zhihuan.bureau.matters.reach import seen_by
from zhihuan.supervision.exceedance.manual import rule_of_manual
from zhihuan.telemetry.store import StoreUnavailable
from zhihuan.web.addresses import address, record_address
from zhihuan.web.components.table import Table
from zhihuan.web.components.value import Kind
from zhihuan.web.exceedance.manual_form import key_of
from zhihuan.web.listing import Column
from zhihuan.web.registry.record_page import table_of

__all__ = ["ShownManual", "manual_of"]


@dataclass(frozen=True, slots=True)
class ShownManual:
    """law: the rule of the episode's first day in words, "" where none is known. results, samples: None where there are none
    to show; sentences: which data prevail. is_silent: the store did not answer, so nothing is compared."""

    law: str
    results: Table | None
    samples: Table | None
    sentences: list[str]
    is_silent: bool


@dataclass(frozen=True, slots=True)
class _Result:
    row: ManualResult
    held: Held | None


@dataclass(frozen=True, slots=True)
class _Sample:
    known: KnownSample
    is_open: bool
    enter: str


def manual_of(episode: Episode, known: Known, user: Any, *, enters: bool) -> ShownManual:
    """known: what there is. enters: the reader may enter results; samples of visits are shown to the bureau alone."""
    rule = rule_of_manual(beijing_day(episode.first_at))
    held, is_silent = _held(episode, known)
    rows = [_Result(each, held.get(each.pk)) for each in known.results]
    is_inside = not user.organisation_id or user.organisation.is_inside
    return ShownManual(
        law=law_words(rule) if rule else "",
        results=_results(rows) if rows else None,
        samples=_samples(episode, known, user, enters=enters)
        if known.samples and is_inside
        else None,
        sentences=[sentence_of(each) for each in held.values()],
        is_silent=is_silent,
    )


def _held(episode: Episode, known: Known) -> tuple[dict[int, Held], bool]:
    try:
        found = beside(episode, known.results)
    except StoreUnavailable:
        return {}, True
    return {each.row.pk: each for each in found.held}, False


def _results(rows: list[_Result]) -> Table:
    columns = (
        Column("at", _("采样时间"), Kind.SPAN, value=lambda one: sampled(one.row),
               link=lambda one: record_address("manual-result", one.row.pk)),
        Column("manual", _("手工监测"), Kind.QUANTITY, value=lambda one: value_of(one.row)),
        Column("automatic", _("同一时段自动监测"), Kind.QUANTITY, value=lambda one: automatic_words(one.held) if one.held else ""),
        Column("method", _("监测方法标准"), value=lambda one: one.row.method),
        Column("report", _("监测报告"), value=lambda one: f"{one.row.agency} {one.row.report_number}"),
    )  # fmt: skip
    return table_of(_("手工监测与同一时段的自动监测"), columns, rows, "")


def _samples(episode: Episode, known: Known, user: Any, *, enters: bool) -> Table:
    visits = {each.matter for each in known.samples}
    seen = set(seen_by(user).filter(pk__in=visits).values_list("pk", flat=True))
    pending = {key_of(each) for each in known.pending}
    begin = address("manual-new", str(episode.pk))
    rows = [
        _Sample(
            each,
            each.matter in seen,
            f"{begin}?sample={quote(key_of(each))}"
            if enters and not known.has_entered(each)
            else "",
        )
        for each in known.samples
    ]
    columns = (
        Column("at", _("采样时间"), value=_sampled_at),
        Column("code", _("样品编号"), value=lambda one: one.known.code),
        Column("place", _("采样位置"), value=lambda one: _place(one.known)),
        Column("report", _("监测报告"), value=_report),
        Column("state", _("结果"), value=lambda one: _state(one, pending)),
    )
    return table_of(_("现场检查在该时段的采样"), columns, rows, "")


def _sampled_at(one: _Sample) -> Any:
    text = f"{timezone.localtime(one.known.sampled_at):%Y-%m-%d %H:%M}"
    url = record_address("matter", one.known.matter)
    return format_html('<a href="{}">{}</a>', url, text) if one.is_open else text


def _place(sample: KnownSample) -> str:
    if sample.is_certain:
        return sample.place
    return _("%(place)s（未对应登记的排口，请核对）") % {"place": sample.place}


def _report(one: _Sample) -> Any:
    told = f"{one.known.agency} {one.known.conclusion}".strip()
    if not told:
        return _("尚未登记报告")
    if one.known.report is None or not one.is_open:
        return told
    return format_html('<a href="{}">{}</a>', record_address("evidence", one.known.report), told)


def _state(one: _Sample, pending: set[str]) -> Any:
    if one.enter:
        return format_html('<a href="{}">{}</a>', one.enter, _("录入结果"))
    return _("未录入") if key_of(one.known) in pending else _("已录入")
