"""One figure of a bench, as ``python -m bench`` reads it."""

from __future__ import annotations

import json


def tell(  # noqa: PLR0913 - the parts of one line
    name: str, figure: float, unit: str, target: float | None, note: str, *, digits: int = 1
) -> None:
    """A line of JSON; the figure should be at most the target (None: there is none). What is below one keeps three
    digits that say something: a bench in a small dose has such figures."""
    line = {
        "bench": name,
        "figure": round(figure, digits) if abs(figure) >= 1 else float(f"{figure:.3g}"),
        "unit": unit,
        "target": target,
        "at_most": True,
        "note": note,
    }
    print(json.dumps(line, ensure_ascii=False), flush=True)
