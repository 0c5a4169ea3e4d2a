"""The Excel report: 结果, 汇总 with native charts, 依据, 问题.

Rows are written as they are judged (xlsxwriter's constant-memory mode), so a long file does not fill
the memory. A sheet holds 1 048 576 rows; what does not fit is said, not silently left out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from zhihuan.evaluation.evaluating import Evaluation
from zhihuan.evaluation.subject import Judged
from zhihuan.evaluation.writers.table import SYNTHETIC, title
from zhihuan.evaluation.writers.values import ROW
from zhihuan.standards.parameters import Confidence

__all__ = ["write_workbook"]

MOST_ROWS = 1_048_575  # and the header
_CONFIDENCE = {
    Confidence.OFFICIAL: "已核对正式文本",
    Confidence.REGISTERED: "按排污许可证登记",
    Confidence.ONE_SOURCE: "仅一处转载来源",
    Confidence.UNCONFIRMED: "未经证实",
}


def write_workbook(evaluation: Evaluation, path: Path, *, reasons: bool = False) -> int:
    """Write the report; returns how many results did not fit on the sheet."""
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        report = _Report(book, evaluation)
        left_out = report.results(reasons=reasons)
        report.summary(left_out)
        report.basis()
        report.problems()
    return left_out


class _Report:
    def __init__(self, book: Any, evaluation: Evaluation) -> None:
        self._book, self._evaluation = book, evaluation
        self._head = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
        self._bold = book.add_format({"bold": True, "font_size": 14})
        self._wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self._flag = book.add_format({"bold": True, "font_color": "#C00000"})

    # --- 结果 ---------------------------------------------------------------------------------

    def results(self, *, reasons: bool) -> int:
        sheet = self._book.add_worksheet("结果")
        sheet.freeze_panes(1, 1)
        line = left_out = 0
        self._columns: list[str] = []
        for judged in self._evaluation.pieces():
            if not self._columns:
                self._columns = [ROW, *judged.columns, *(["评价依据与过程"] if reasons else [])]
                _widths(sheet, self._columns)
                sheet.write_row(0, 0, self._columns, self._head)
            fits = min(len(judged), MOST_ROWS - line)
            left_out += len(judged) - fits
            for cells in _lines(judged, fits, reasons=reasons):
                line += 1
                _write(sheet, line, cells)
        self._lines = line
        if line:
            sheet.autofilter(0, 0, line, len(self._columns) - 1)
        return left_out

    # --- 汇总 ---------------------------------------------------------------------------------

    def summary(self, left_out: int) -> None:
        evaluation, summary = self._evaluation, self._evaluation.summary
        sheet = self._book.add_worksheet("汇总")
        sheet.set_column(0, 0, 28)
        sheet.write(0, 0, title(evaluation), self._bold)
        told = [
            (SYNTHETIC + "本报告的数据不是实测", "") if evaluation.synthetic else None,
            ("评价结果数", summary.results),
            ("未参加评价的行数", evaluation.refusals.rows),
            ("写不下而略去的结果数", left_out) if left_out else None,
            ("未使用的列", "、".join(evaluation.source.unused))
            if evaluation.source.unused
            else None,
        ]
        line = 1
        for pair in filter(None, told):
            sheet.write_row(line, 0, pair, self._flag if SYNTHETIC in pair[0] else None)
            line += 1
        line = self._figures(sheet, line + 1)
        for name, words in filter(lambda pair: pair[1], summary.tallies.items()):
            line = self._tally(sheet, line + 1, name, words.most_common())
        self._trend(sheet)

    def _figures(self, sheet: Any, line: int) -> int:
        rows = [
            (name, one.count, one.mean if one.averaged else "", one.low, one.high)
            for name, one in self._evaluation.summary.figures.items()
            if one.count
        ]
        return (
            self._block(sheet, line, ("量", "个数", "均值", "最小", "最大"), rows) if rows else line
        )

    def _tally(self, sheet: Any, line: int, name: str, counts: list[tuple[str, int]]) -> int:
        total = sum(n for _word, n in counts) or 1
        rows = [(word, n, n / total) for word, n in counts]
        end = self._block(sheet, line, (name, "个数", "占比"), rows)
        chart = self._book.add_chart({"type": "column"})
        chart.add_series(
            {
                "name": name,
                "categories": ["汇总", line + 1, 0, line + len(rows), 0],
                "values": ["汇总", line + 1, 1, line + len(rows), 1],
                "data_labels": {"value": True},
            }
        )
        chart.set_title({"name": f"{name}的分布"})
        chart.set_legend({"none": True})
        chart.set_size({"width": 480, "height": 260})
        sheet.insert_chart(line, 6, chart)
        return max(end, line + 14)

    def _trend(self, sheet: Any) -> None:
        """A line of each figure over the results, in their order."""
        for place, name in enumerate(self._evaluation.summary.figures):
            if name not in self._columns or self._lines < 2:
                continue
            column, last = self._columns.index(name), min(self._lines, 20_000)
            chart = self._book.add_chart({"type": "line"})
            chart.add_series(
                {
                    "name": name,
                    "categories": ["结果", 1, 1, last, 1],
                    "values": ["结果", 1, column, last, column],
                    "line": {"width": 1.25},
                }
            )
            chart.set_title({"name": f"{name}（按结果顺序，前 {last} 个）"})
            chart.set_legend({"none": True})
            chart.set_size({"width": 640, "height": 260})
            sheet.insert_chart(1 + 14 * place, 15, chart)

    # --- 依据, 问题 -----------------------------------------------------------------------------

    def basis(self) -> None:
        headings = ("决定什么", "标准", "条款", "施行自", "施行至", "可信程度", "核查日期", "备注")
        rows = [
            (
                one.decides,
                one.standard,
                one.clause,
                one.in_force_from.isoformat(),
                one.in_force_until.isoformat() if one.in_force_until else "",
                _CONFIDENCE[one.confidence],
                one.last_checked.isoformat() if one.last_checked else "",
                one.note,
            )
            for one in self._evaluation.summary.basis
        ]
        cautions = [(caution,) for caution in self._evaluation.summary.cautions]
        sheet = self._book.add_worksheet("依据")
        sheet.set_column(0, 7, 22)
        line = self._block(sheet, 0, headings, rows)
        if cautions:
            self._block(sheet, line + 1, ("提示",), cautions)

    def problems(self) -> None:
        headings = ("行", "列", "内容", "问题", "如何改正", "处理")
        refusals = self._evaluation.refusals
        told = [(one, "未参加评价") for one in refusals.problems]
        told += [(one, "已参加评价，请核实") for one in refusals.flags]
        rows: list[Sequence[Any]] = [
            (one.row + 1, one.column, str(one.value), one.problem, one.remedy, done)
            for one, done in sorted(told, key=lambda pair: pair[0].row)
        ]
        if refusals.untold:
            rows.append(("", "", "", f"……另有 {refusals.untold} 处", "", ""))
        sheet = self._book.add_worksheet("问题")
        sheet.set_column(1, 5, 32)
        self._block(sheet, 0, headings, rows)

    def _block(
        self, sheet: Any, line: int, headings: Sequence[str], rows: Iterable[Sequence[Any]]
    ) -> int:
        sheet.write_row(line, 0, headings, self._head)
        for row in rows:
            line += 1
            sheet.write_row(line, 0, row)
        return line + 1


def _lines(judged: Judged, fits: int, *, reasons: bool) -> Iterable[list[Any]]:
    columns = [_cells(values[:fits]) for values in judged.columns.values()]
    for place, cells in enumerate(zip(judged.numbers[:fits].tolist(), *columns, strict=True)):
        yield [*cells, *([judged.derivation(place).text()] if reasons else [])]


def _cells(values: Any) -> list[Any]:
    return (
        [str(v) for v in values] if np.issubdtype(values.dtype, np.datetime64) else values.tolist()
    )


def _write(sheet: Any, line: int, cells: list[Any]) -> None:
    for place, cell in enumerate(cells):
        if not (isinstance(cell, float) and math.isnan(cell)) and cell not in (None, ""):
            sheet.write(line, place, cell)


def _widths(sheet: Any, headings: list[str]) -> None:
    for place, heading in enumerate(headings):
        sheet.set_column(place, place, max(8, min(60, 2 * len(heading) + 2)))
