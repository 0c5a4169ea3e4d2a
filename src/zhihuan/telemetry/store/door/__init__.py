"""The embedded store for the other processes of one platform, through the process that has it open.

Only one process may open an embedded store. It serves its engine at a ``StoreDoor``, a Unix socket in a
folder that its account alone may enter; a process it has started uses a ``DoorEngine`` as if the store were
its own: bounds, errors and what "acknowledged" means are those of the engine behind the door. A cluster
needs no door.
"""

from zhihuan.telemetry.store.door.engine import DoorEngine
from zhihuan.telemetry.store.door.server import StoreDoor

__all__ = ["DoorEngine", "StoreDoor"]
