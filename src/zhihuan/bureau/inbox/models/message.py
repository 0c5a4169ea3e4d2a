"""Messages (消息): that something happened. What must be done is a to-do, never a message."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.models import Matter


class Message(models.Model):
    """One thing that happened, told to many.

    words: Chinese, as the code has them, with ``facts`` to be put in; so each reader has it in their
    language. Neither ever holds a title, a name of a party or anything a form was told: what a matter
    is about stands in the matter, for those who may look. key: what must be told once has one.
    """

    class Kind(models.TextChoices):
        STEP = "step", _("办理进展")
        WARNING = "warning", _("期限提醒")
        OVERDUE = "overdue", _("超期通报")
        MOVED = "moved", _("期限变动")
        ASSIGNED = "assigned", _("交办")
        CERTIFICATE = "certificate", _("执法证")
        DELEGATION = "delegation", _("委托代理")
        ALARM = "alarm", _("超标告警")

    kind = models.CharField(_("消息类别"), max_length=20, choices=Kind)
    words = models.CharField(_("消息内容"), max_length=300)
    facts = models.JSONField(_("内容参数"), default=dict)
    matter = models.ForeignKey(
        Matter, on_delete=models.CASCADE, null=True, related_name="messages", verbose_name=_("事项")
    )
    at = models.DateTimeField(_("发生时间"), default=timezone.now, db_index=True)
    key = models.CharField(_("唯一标记"), max_length=120, null=True, unique=True)  # noqa: DJ001 - null: not once

    class Meta:
        verbose_name = _("消息")
        verbose_name_plural = _("消息")
        ordering = ["-id"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.kind} {self.at}"


class Receipt(models.Model):
    """A message in somebody's box. read_at: None until they have read it."""

    message = models.ForeignKey(
        Message, on_delete=models.CASCADE, related_name="receipts", verbose_name=_("消息")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="receipts",
        verbose_name=_("收件人"),
    )
    read_at = models.DateTimeField(_("阅读时间"), null=True)

    class Meta:
        verbose_name = _("收件")
        verbose_name_plural = _("收件")
        ordering = ["-id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user", "message"], name="one_message_once_to_each")
        ]
        indexes = [
            models.Index(fields=["user", "-id"], name="messages_newest_first"),
            models.Index(
                fields=["user"], condition=models.Q(read_at__isnull=True), name="messages_unread"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} → {self.user_id}"
