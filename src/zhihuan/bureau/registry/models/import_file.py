"""Files given for import: kept as they came, with what was found in them and what became of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.history.models import ChangeSet


class ImportFile(models.Model):
    """One uploaded file. ``digest`` is that of the plan that was previewed; ``change_set`` what
    applying it did. ``summary`` holds counts and the first problems for the page."""

    class State(models.TextChoices):
        CHECKING = "checking", _("校验中")
        CHECKED = "checked", _("待确认")
        REFUSED = "refused", _("无法读取")
        APPLYING = "applying", _("导入中")
        APPLIED = "applied", _("已导入")
        FAILED = "failed", _("导入失败")

    #: The states in which work goes on beside the page.
    BUSY = (State.CHECKING, State.APPLYING)

    sheet = models.CharField(_("类别"), max_length=20)
    name = models.CharField(_("文件名"), max_length=200)
    content = models.BinaryField(_("内容"))
    sha256 = models.CharField(_("摘要（SHA-256）"), max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="import_files",
        verbose_name=_("上传人"),
    )
    uploaded_at = models.DateTimeField(_("上传时间"), default=timezone.now)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.CHECKING)
    since = models.DateTimeField(_("状态始于"), default=timezone.now)
    summary = models.JSONField(_("校验结果"), default=dict)
    digest = models.CharField(_("预览摘要"), max_length=64, blank=True)
    trouble = models.TextField(_("原因"), blank=True)
    change_set = models.OneToOneField(
        ChangeSet,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="import_file",
        verbose_name=_("变更"),
    )

    class Meta:
        verbose_name = _("导入文件")
        verbose_name_plural = _("导入文件")
        ordering = ["-id"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

    def enter(self, state: str, **values: object) -> None:
        """Go to another state, with what belongs to it."""
        fields = {"state": state, "since": timezone.now(), **values}
        for name, value in fields.items():
            setattr(self, name, value)
        self.save(update_fields=list(fields))
