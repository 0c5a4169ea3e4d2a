"""What programs hold and how often they asked; one file per noun."""

from zhihuan.bureau.access.models.rate import RateWindow
from zhihuan.bureau.access.models.token import ApiToken

__all__ = ["ApiToken", "RateWindow"]
