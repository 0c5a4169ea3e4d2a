"""Write docs/standards/parameters.md from all packaged dated quantities; ``--check`` fails when stale."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from zhihuan.standards.parameters import (
    Confidence,
    Edition,
    Parameter,
    parameter,
    parameter_names,
)

PAGE = Path(__file__).resolve().parents[1] / "docs" / "standards" / "parameters.md"
HEAD = """# Every packaged parameter

Written by `scripts/write_parameters.py` from `src/zhihuan/standards/parameters/`; do not edit. A row is
one edition of one legal quantity. *Official*: read in the text of the standard. *One source*: a
second-hand source says so. *Unconfirmed*: carried over, remembered or agreed; it waits for the text
and must not decide a case before somebody has read it. *Checked*: the last day on which someone
compared the value with its source. How to add an edition: [index.md](index.md).
"""
_LONGEST = 90


def page() -> str:
    """The whole page: what is confirmed in figures, then a table a folder."""
    found = [parameter(name) for name in parameter_names()]
    folders: dict[str, list[Parameter]] = {}
    for one in found:
        folders.setdefault(_folder(one), []).append(one)
    return "".join([HEAD, *_overview(folders), *_tables(folders)])


def _folder(one: Parameter) -> str:
    return one.name.partition("/")[0]


def _overview(folders: dict[str, list[Parameter]]) -> Iterator[str]:
    words = [str(each) for each in Confidence if each is not Confidence.REGISTERED]
    yield f"\n| subject | quantities | editions | {' | '.join(words)} |\n"
    yield "|---|---|---|" + "---|" * len(words) + "\n"
    for folder, quantities in folders.items():
        counts = Counter(str(e.confidence) for one in quantities for e in one.editions)
        cells = [f"[{folder}](#{folder})", str(len(quantities)), str(sum(counts.values()))]
        yield f"| {' | '.join([*cells, *(str(counts[word]) for word in words)])} |\n"


def _tables(folders: dict[str, list[Parameter]]) -> Iterator[str]:
    for folder, quantities in folders.items():
        yield f"\n## {folder}\n\n| quantity | from | until | value | source | confidence | checked |\n"
        yield "|---|---|---|---|---|---|---|\n"
        for one in quantities:
            yield from (_row(one, edition) for edition in one.editions)


def _row(one: Parameter, edition: Edition) -> str:
    cells = (
        f"{one.title}<br>`{one.name}`",
        str(edition.in_force_from),
        str(edition.in_force_until or ""),
        _value(one, edition),
        str(edition.reference),
        str(edition.confidence),
        str(edition.last_checked),
    )
    return f"| {' | '.join(cell.replace('|', '/').strip() for cell in cells)} |\n"


def _value(one: Parameter, edition: Edition) -> str:
    value = edition.value
    if isinstance(value, dict) and set(value) == {"rows"}:
        return f"table `{value['rows']}` ({len(edition.rows)} rows)"
    text = (
        ", ".join(f"{key}: {cell}" for key, cell in value.items())
        if isinstance(value, dict)
        else str(value)
    )
    shown = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
    return (
        shown
        if one.unit in ("table", "text", "") or isinstance(value, dict)
        else f"{shown} {one.unit}"
    )


def main() -> int:
    """Write the page, or with ``--check`` compare it; the exit code tells."""
    if "--check" not in sys.argv:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(page(), "utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text("utf-8") == page():
        return 0
    print(f"{PAGE.name} is stale; run: python scripts/{Path(__file__).name}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
