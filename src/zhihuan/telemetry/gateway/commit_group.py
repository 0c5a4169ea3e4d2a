"""What one group commit holds: the rows, and whom to answer when they are durable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, NamedTuple

from zhihuan.hj212 import Version
from zhihuan.telemetry.gateway.acknowledgement import AnswerTemplate
from zhihuan.telemetry.rows import Batch, EventRows, FrameRows, MeasurementRows

if TYPE_CHECKING:
    from zhihuan.telemetry.gateway.connection import DeviceConnection

__all__ = ["CommitGroup", "PendingFrame"]


class PendingFrame(NamedTuple):
    """A frame waiting to be durable. rows: its measurement rows. template: None when it asked for
    no answer. received: loop time, seconds. cost: bytes counted in the budget. then: called once it
    is durable and answered."""

    connection: DeviceConnection
    template: AnswerTemplate | None
    qn: str
    received: float
    rows: int
    cost: int
    digest: bytes
    version: Version
    then: Callable[[], None] | None = None


@dataclass(slots=True)
class CommitGroup:
    """Columns being filled, and the frames they came from, in the same order.

    ``batch.frames`` has exactly one row per entry of ``pending``; the measurement rows of a frame
    follow each other.
    """

    batch: Batch = field(default_factory=Batch)
    pending: list[PendingFrame] = field(default_factory=list)
    opened: float = 0.0

    @property
    def frames(self) -> int:
        """How many frames."""
        return len(self.pending)

    @property
    def rows(self) -> int:
        """How many measurement rows."""
        return len(self.batch.measurements.mn)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to commit, neither frames nor events."""
        return not self.pending and not self.batch.events.mn

    @property
    def cost(self) -> int:
        """Bytes of the memory budget the group holds."""
        return sum(frame.cost for frame in self.pending)

    def halves(self) -> tuple[CommitGroup, CommitGroup]:
        """Two groups with half the frames each; the events go with the first."""
        middle = len(self.pending) // 2
        row = sum(frame.rows for frame in self.pending[:middle])
        first = self._part(slice(0, middle), slice(0, row))
        second = self._part(slice(middle, None), slice(row, None))
        first.batch.events = self.batch.events
        return first, second

    def _part(self, frames: slice, rows: slice) -> CommitGroup:
        batch = Batch(
            measurements=_cut(self.batch.measurements, rows, MeasurementRows),
            frames=_cut(self.batch.frames, frames, FrameRows),
            events=EventRows(),
        )
        return CommitGroup(batch, self.pending[frames], self.opened)


def _cut(rows: Any, part: slice, kind: Any) -> Any:
    return kind(**{column.name: getattr(rows, column.name)[part] for column in fields(kind)})
