"""Compliance quarter by quarter: one line a programme, one cell a quarter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from zhihuan.web.components.status import StatusKind
from zhihuan.web.components.value import badge


@dataclass(frozen=True, slots=True)
class StripCell:
    """One quarter of one programme; ``url`` opens the records behind the word."""

    kind: StatusKind
    text: Any
    url: str = ""

    @property
    def badge(self) -> SafeString:
        """The status badge of its word, rendered once a word: a strip says the same few hundred times."""
        return badge(self.kind, str(self.text))


@dataclass(frozen=True, slots=True)
class StripLine:
    """One programme: as many cells as there are quarters."""

    title: Any
    cells: tuple[StripCell, ...]


@dataclass(frozen=True, slots=True)
class QuarterStrip:
    """ValueError when a line has not one cell a quarter: a shifted cell would accuse the wrong one."""

    caption: Any
    quarters: tuple[str, ...]
    lines: tuple[StripLine, ...]

    def __post_init__(self) -> None:
        for line in self.lines:
            if len(line.cells) != len(self.quarters):
                raise ValueError(
                    f"{line.title}: {len(line.cells)} cells for {len(self.quarters)} quarters"
                )
