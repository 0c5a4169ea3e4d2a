"""To-dos, who is barred from one, who took a matter on; messages and who has them; watched clocks."""

from zhihuan.bureau.inbox.models.claim import Claim
from zhihuan.bureau.inbox.models.clock_watch import ClockWatch
from zhihuan.bureau.inbox.models.known_shape import KnownShape
from zhihuan.bureau.inbox.models.message import Message, Receipt
from zhihuan.bureau.inbox.models.renewal import Renewal
from zhihuan.bureau.inbox.models.to_do import Barred, ToDo

__all__ = ["Barred", "Claim", "ClockWatch", "KnownShape", "Message", "Receipt", "Renewal", "ToDo"]
