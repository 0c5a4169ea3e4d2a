"""The outbox: an event is written in the transaction of what it tells, or not at all."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Event(models.Model):
    """Something that happened.

    ``subject`` names what it happened to: events of one subject are told in order. ``model`` and
    ``object_id`` find the record whose scope decides who is told, with ``permission``; without a record
    only those who reach the whole city are, and without a permission it is about nothing. ``collapse`` (unique) makes further events of the same burst
    one. ``fanned_at``: when it was shared out to subscribers; null: not yet.
    """

    uid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("类别"), max_length=60)
    occurred_at = models.DateTimeField(_("发生时间"), default=timezone.now)
    subject = models.CharField(_("对象"), max_length=120)
    permission = models.CharField(_("所需权限"), max_length=80, blank=True)
    model = models.CharField(_("记录类别"), max_length=60, blank=True)
    object_id = models.CharField(_("记录编号"), max_length=40, blank=True)
    data = models.JSONField(_("内容"), default=dict)
    collapse = models.CharField(_("合并键"), max_length=120, null=True, unique=True)  # noqa: DJ001 - null: not merged
    fanned_at = models.DateTimeField(_("分发时间"), null=True)

    class Meta:
        verbose_name = _("事件")
        verbose_name_plural = _("事件")
        ordering = ["id"]
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["id"], condition=models.Q(fanned_at__isnull=True), name="events_not_fanned"
            ),
            models.Index(fields=["occurred_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
