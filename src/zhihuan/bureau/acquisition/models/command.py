"""Orders to devices (反控命令): an outbox, and every step of each exchange."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.scope_fields import ScopeFields
from zhihuan.bureau.registry.models import Device
from zhihuan.bureau.registry.sealing import seal, unseal


class DeviceCommand(models.Model):
    """One order to one device, from the person who gave it to the device's last word.

    ``params`` is what people see: secrets are replaced by ``***``. ``cp`` is the text that travels
    between ``CP=&&`` and ``&&``; it is stored sealed, because new passwords and keys are in it.
    """

    class Status(models.TextChoices):
        QUEUED = "queued", _("待下发")
        CLAIMED = "claimed", _("执行中")
        DONE = "done", _("已完成")
        FAILED = "failed", _("未成功")
        EXPIRED = "expired", _("已过期")
        CANCELLED = "cancelled", _("已撤销")

    device = models.ForeignKey(
        Device, on_delete=models.PROTECT, related_name="commands", verbose_name=_("数采仪")
    )
    mn = models.CharField(_("设备编号（MN）"), max_length=64)
    code = models.CharField(_("命令编码（CN）"), max_length=7)
    params = models.JSONField(_("参数"), default=dict, blank=True)
    sealed_cp = models.TextField(_("指令参数（密封）"), blank=True, default="", editable=False)
    reason = models.CharField(_("下达理由"), max_length=300)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="ordered_commands",
        verbose_name=_("下达人"),
    )
    orderer = models.CharField(
        _("下达者"), max_length=60, blank=True, help_text=_("平台自动下达时的名称，或下达时的姓名")
    )
    ordered_at = models.DateTimeField(_("下达时间"), default=timezone.now)
    expires_at = models.DateTimeField(_("有效期至"))
    status = models.CharField(_("状态"), max_length=10, choices=Status, default=Status.QUEUED)
    gateway = models.CharField(_("执行网关"), max_length=80, blank=True)
    claimed_at = models.DateTimeField(_("领取时间"), null=True)
    finished_at = models.DateTimeField(_("结束时间"), null=True)
    qn = models.CharField(_("请求编号（QN）"), max_length=20, blank=True)
    qn_rtn = models.IntegerField(_("请求响应（QnRtn）"), null=True)
    exe_rtn = models.IntegerField(_("执行结果（ExeRtn）"), null=True)
    outcome = models.CharField(_("结果说明"), max_length=300, blank=True)
    result = models.JSONField(_("返回数据"), default=dict, blank=True)

    SCOPE = ScopeFields(
        town="device__point__town", organisation="device__point__site__enterprise", outside=True
    )

    class Meta:
        verbose_name = _("设备命令")
        verbose_name_plural = _("设备命令")
        ordering = ["-id"]
        permissions = [
            ("order_devicecommand", "可下达设备命令"),
            ("order_sensitive_devicecommand", "可下达改密码、改密钥等敏感命令"),
        ]
        indexes = [
            models.Index(fields=["status", "mn"]),
            models.Index(fields=["device", "-id"]),
            models.Index(fields=["orderer", "ordered_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.mn} CN={self.code}"

    @property
    def cp(self) -> str:
        return unseal(self.sealed_cp)

    @cp.setter
    def cp(self, text: str) -> None:
        self.sealed_cp = seal(text)

    @property
    def is_open(self) -> bool:
        return self.status in {self.Status.QUEUED, self.Status.CLAIMED}


class CommandStep(models.Model):
    """One step of the exchange, in order. ``raw`` is the frame with its secrets masked."""

    class Direction(models.TextChoices):
        OUT = "out", _("平台 → 设备")
        IN = "in", _("设备 → 平台")
        NOTE = "note", _("记录")

    class Name(models.TextChoices):
        """The values of ``telemetry.ports.Step``."""

        SENT = "sent", _("已发送")
        RESENT = "resent", _("已重发")
        QN_RTN = "qn_rtn", _("请求应答")
        REPLY = "reply", _("返回参数")
        DATA = "data", _("返回数据")
        EXE_RTN = "exe_rtn", _("执行结果")
        NOTICE_ACK = "notice_ack", _("通知应答")
        TIMEOUT = "timeout", _("超时")
        DONE = "done", _("完成")
        FAILED = "failed", _("未成功")

    command = models.ForeignKey(
        DeviceCommand, on_delete=models.CASCADE, related_name="steps", verbose_name=_("命令")
    )
    at = models.DateTimeField(_("时间"), default=timezone.now)
    step = models.CharField(_("步骤"), max_length=20, choices=Name)
    qn = models.CharField(_("请求编号（QN）"), max_length=20, blank=True)
    code = models.IntegerField(_("返回代码"), null=True)
    detail = models.CharField(_("说明"), max_length=500, blank=True)
    raw = models.BinaryField(_("原始报文"), blank=True, default=b"")

    class Meta:
        verbose_name = _("交互步骤")
        verbose_name_plural = _("交互步骤")
        ordering = ["id"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.step} {self.qn}"

    @property
    def direction(self) -> str:
        """Who sent the frame of this step: a value of ``Direction``."""
        if self.step in {self.Name.SENT, self.Name.RESENT}:
            return self.Direction.OUT
        if self.step in {self.Name.TIMEOUT, self.Name.DONE, self.Name.FAILED}:
            return self.Direction.NOTE
        return self.Direction.IN
