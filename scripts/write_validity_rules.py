"""Write docs/validity-rules.md from the packaged dated quantities; ``--check`` fails when stale."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from zhihuan.standards.parameters import Edition, Parameter, parameter, parameter_names

PAGE = Path(__file__).resolve().parents[1] / "docs" / "validity-rules.md"
HEAD = """# Validity rules, edition by edition

Written by `scripts/write_validity_rules.py` from `src/zhihuan/standards/parameters/`; do not edit.
What the rules do: [statistics.md](statistics.md). *Official*: read in the text of the standard.
*One source*: a second-hand source says so. *Unconfirmed*: carried over, remembered or agreed; it
waits for the text and must not decide a case before somebody has read it.
"""


def page() -> str:
    """The whole page: a table a subject, a row an edition."""
    rooms: dict[str, list[Parameter]] = {}
    for name in parameter_names():
        if not name.startswith("data_validity/"):
            continue  # every quantity: docs/standards/parameters.md
        rooms.setdefault(name.rpartition("/")[0], []).append(parameter(name))
    return HEAD + "".join(
        line for room, quantities in rooms.items() for line in _room(room, quantities)
    )


def _room(room: str, quantities: list[Parameter]) -> Iterator[str]:
    yield f"\n## `{room}`\n\n| quantity | from | value | source | confidence | note |\n|---|---|---|---|---|---|\n"
    for quantity in quantities:
        for edition in quantity.editions:
            yield _row(quantity, edition)


def _row(quantity: Parameter, edition: Edition) -> str:
    value = edition.value
    text = (
        ", ".join(f"{k}: {v}" for k, v in value.items()) if isinstance(value, dict) else str(value)
    )
    unit = "" if quantity.unit in ("table", "text") else f" {quantity.unit}"
    cells = (
        f"{quantity.title}<br>`{quantity.name.rpartition('/')[2]}`", str(edition.in_force_from),
        f"{text}{unit}", str(edition.reference), edition.confidence, edition.note,
    )  # fmt: skip
    return f"| {' | '.join(cell.replace('|', '/').strip() for cell in cells)} |\n"


def main() -> int:
    """Write the page, or with ``--check`` compare it; the exit code tells."""
    if "--check" not in sys.argv:
        PAGE.write_text(page(), "utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text("utf-8") == page():
        return 0
    print(f"{PAGE.name} is stale; run: python scripts/{Path(__file__).name}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
