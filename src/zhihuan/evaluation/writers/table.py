"""The first results as a table on the screen, then the summary, the law, and the refused rows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from zhihuan.evaluation.evaluating import Evaluation
from zhihuan.evaluation.writers.values import ROW, texts

__all__ = ["write_table"]

SYNTHETIC = "【模拟数据】"
_PROBLEMS_SHOWN = 20


def write_table(evaluation: Evaluation, console: Any, most: int) -> None:
    """Print at most ``most`` results (the summary counts all of them). console: rich's."""
    from rich.table import Table

    shown: list[list[str]] = []
    headings: list[str] = []
    for judged in evaluation.pieces():
        names = [name for name in judged.columns if name not in judged.details]
        headings = headings or [ROW, *names]
        if len(shown) < most:
            columns = [texts(judged.columns[name][: most - len(shown)]) for name in names]
            shown += map(list, zip(map(str, judged.numbers.tolist()), *columns, strict=False))
    table = Table(*headings, title=title(evaluation))
    for row in shown:
        table.add_row(*row)
    console.print(table)
    for line in told(evaluation, len(shown)):
        console.print(line, markup=False, highlight=False)


def title(evaluation: Evaluation) -> str:
    """The report's name; synthetic data is said here."""
    flag = SYNTHETIC if evaluation.synthetic else ""
    return f"{flag}{evaluation.subject.title}评价：{evaluation.source.path.name}"


def told(evaluation: Evaluation, shown: int) -> Iterator[str]:
    """The summary in lines."""
    summary, refusals = evaluation.summary, evaluation.refusals
    if shown < summary.results:
        yield f"只显示前 {shown} 行，共 {summary.results} 行；全部结果用 --format csv|json|excel -o 文件"
    for name, words in filter(lambda pair: pair[1], summary.tallies.items()):
        yield f"{name}：" + "，".join(f"{word} {n}" for word, n in words.most_common())
    for name, one in summary.figures.items():
        if one.count:
            mean = f"均值 {one.mean:.4g}，" if one.averaged else ""
            yield f"{name}：{mean}最小 {one.low:.10g}，最大 {one.high:.10g}（{one.count} 个）"
    yield from (f"依据：{basis.text()}" for basis in summary.basis)
    yield from (f"提示：{caution}" for caution in summary.cautions)
    if evaluation.source.unused:
        yield "未使用的列：" + "、".join(evaluation.source.unused)
    if refusals.flags:
        yield f"{len(refusals.flags)} 个数值偏小，已参加评价，请核实："
        yield from (f"  {flag}" for flag in refusals.flags[:_PROBLEMS_SHOWN])
    if refusals.rows:
        yield f"{refusals.rows} 行没有参加评价："
        ordered = sorted(refusals.problems, key=lambda problem: problem.row)
        yield from (f"  {problem}" for problem in islice(ordered, _PROBLEMS_SHOWN))
        more = len(ordered) + refusals.untold - _PROBLEMS_SHOWN
        if more > 0:
            yield f"  ……另有 {more} 处"
