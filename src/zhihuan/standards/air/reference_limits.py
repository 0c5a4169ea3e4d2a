"""Reference limits of metals and fluoride: the informative annex of GB 3095.

    >>> [(row.averaging, row.limit) for row in reference_limits("F", edition="GB 3095-2026")][:2]
    [('1h', 20.0), ('24h', 7.0)]

What a province may set in a standard of its own; the annex binds nobody. So nothing is judged here:
compare, and cite the provincial standard that took the number over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zhihuan.standards.air.breakpoints import edition_for

__all__ = ["ReferenceLimit", "reference_limits"]


@dataclass(frozen=True, slots=True)
class ReferenceLimit:
    """One row of the annex. averaging: 1h, 24h, month, growing_season, annual; area: Chinese, "" for
    everywhere; limit [unit]: of fluoride by month and season a flux, µg/(dm²·d).
    """

    pollutant: str
    averaging: str
    area: str
    unit: str
    limit: float


def reference_limits(
    pollutant: str = "", *, on: date | None = None, edition: str | None = None
) -> tuple[ReferenceLimit, ...]:
    """The reference limits of a pollutant (CD HG AS CR6 F), or of all.

    Raises KeyError for another pollutant, OutsideEditionsError, UnknownEditionError.
    Source: GB 3095-2026, annex A, table A.1 (informative); 2012 taken to be the same (unconfirmed).
    """
    rows = edition_for("air/reference_limits", on, edition).rows
    names = tuple(dict.fromkeys(row["pollutant"] for row in rows))
    if pollutant and pollutant not in names:
        raise KeyError(f"the annex has no {pollutant!r}; it has: {', '.join(names)}")
    return tuple(
        ReferenceLimit(
            row["pollutant"], row["averaging"], row["area"], row["unit"], float(row["limit"])
        )
        for row in rows
        if pollutant in ("", row["pollutant"])
    )
