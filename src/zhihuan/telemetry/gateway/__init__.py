"""Where devices connect: sockets in, durable rows and acknowledgements out.

The shell pours bytes into the sans-IO codec (``zhihuan.hj212``), hands messages to the pure
intake (``telemetry.intake``), groups rows into commits and answers a device only after the
store said the rows are durable. It refuses to judge data: limits, validity and statistics are
others' work.
"""

from zhihuan.telemetry.gateway.server import Gateway, GatewayPorts
from zhihuan.telemetry.gateway.settings import GatewaySettings

__all__ = ["Gateway", "GatewayPorts", "GatewaySettings"]
