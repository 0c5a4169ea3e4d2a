"""Write the table of settings in docs/settings.md, and deploy/zhihuan.env, from their declaration.

python scripts/write_settings_reference.py
"""

from __future__ import annotations

import math
from pathlib import Path

import write_environment_file
from zhihuan.web.environment import Variable, variables

PAGE = Path(__file__).resolve().parents[1] / "docs" / "settings.md"
BEGIN, END = "<!-- table: begin -->", "<!-- table: end -->"


def main() -> None:
    text = PAGE.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n{table()}\n{END}{after}", "utf-8")
    write_environment_file.main()


def table() -> str:
    """The Markdown table of every variable, in the order of the declaration."""
    rows = [_row(variable) for variable in variables().values()]
    return "\n".join(["| variable | kind | default | meaning |", "|---|---|---|---|", *rows])


def _row(variable: Variable) -> str:
    default = f"`{variable.default}`" if variable.default else ""
    meaning = " ".join(variable.meaning.split()).replace("|", "\\|")
    limits = f" From {variable.minimum:g} to {variable.maximum:g}." if _is_bounded(variable) else ""
    secret = " *Secret.*" if variable.secret else ""
    return f"| `{variable.name}` | {variable.kind} | {default} | {meaning}{limits}{secret} |"


def _is_bounded(variable: Variable) -> bool:
    return math.isfinite(variable.minimum) and math.isfinite(variable.maximum)


if __name__ == "__main__":
    main()
