"""What webhooks keep; one file per noun."""

from zhihuan.bureau.webhooks.models.delivery import Delivery, DeliveryAttempt
from zhihuan.bureau.webhooks.models.subscription import Subscription

__all__ = ["Delivery", "DeliveryAttempt", "Subscription"]
