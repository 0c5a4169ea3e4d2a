"""The dictionary as a document (Markdown), as rows (CSV) and as JSON. Pure: entries in, text out."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import groupby

from zhihuan.bureau.dictionary.entry import Entry
from zhihuan.bureau.dictionary.likeness import explained

#: Attribute of an entry → its heading.
HEADINGS = {
    "model": "表",
    "model_name": "表名",
    "field": "字段",
    "name": "名称",
    "meaning": "含义",
    "type": "类型",
    "unit": "单位",
    "codes": "代码表",
    "source": "依据",
    "readers": "谁可查看",
    "is_required": "必填",
    "is_personal": "个人信息",
    "is_secret": "保密",
}
_COLUMNS = ("field", "name", "meaning", "type", "unit", "codes", "source")
_HEAD = """# Data dictionary 数据字典

Written by `zhihuan dictionary > docs/data-dictionary.md`; a test keeps it true. Meanings are declared in
[`bureau/dictionary/meanings/`](../src/zhihuan/bureau/dictionary/meanings/), everything else is read from
the models. 必填 fields are marked `*`, 个人信息 (personal data) `†`, 保密 (shown nowhere) `‡`.
"""
_ALIKE_HEAD = """
## 同名字段

What fields of several tables share a name or a meaning for, and why nothing is typed twice: `source` the
one place where it is typed, `derived` by the platform, `history` as it was at a dated moment, `own` the same
attribute of another thing, `link` a reference.

| 名称 | 字段 | | 说明 |
|---|---|---|---|
"""


def as_markdown(entries: Sequence[Entry]) -> str:
    """One section a table."""
    parts = [_HEAD]
    for _model, fields in groupby(entries, key=lambda each: each.model):
        parts.append(_section(list(fields)))
    return "".join([*parts, _ALIKE_HEAD, *_alike_lines()])


def _section(fields: list[Entry]) -> str:
    first = fields[0]
    readers = (
        next((each.readers for each in fields if each.readers), "") or "平台内部，没有页面显示"
    )
    head = f"\n## {first.model} {first.model_name}\n\n谁可查看：{readers}。\n\n"
    titles = " | ".join(HEADINGS[name] for name in _COLUMNS)
    rule = "|---" * len(_COLUMNS)
    return f"{head}| {titles} |\n{rule}|\n" + "".join(_line(each) for each in fields)


def _line(entry: Entry) -> str:
    marks = "*" * entry.is_required + "†" * entry.is_personal + "‡" * entry.is_secret
    cells = [f"`{entry.field}`{marks}", *(getattr(entry, name) for name in _COLUMNS[1:])]
    return "| " + " | ".join(str(each).replace("|", "\\|") for each in cells) + " |\n"


def _alike_lines() -> Iterator[str]:
    for group, fields in explained().items():
        for key, told in fields.items():
            yield f"| {group} | `{key}` | {told.part} | {told.why} |\n"


def as_csv(entries: Iterable[Entry]) -> str:
    """With a head; flags as 是 and nothing."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(HEADINGS.values())
    for entry in entries:
        cells = (getattr(entry, name) for name in HEADINGS)
        writer.writerow(
            ("是" if each else "") if isinstance(each, bool) else each for each in cells
        )
    return file.getvalue()


def as_json(entries: Iterable[Entry]) -> str:
    """A list of objects with the attributes of ``Entry``."""
    return json.dumps([asdict(each) for each in entries], ensure_ascii=False, indent=1) + "\n"
