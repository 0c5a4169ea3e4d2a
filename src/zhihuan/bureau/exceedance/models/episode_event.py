"""The course of an episode: what happened to it, appended."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.audit.append_only import AppendOnly
from zhihuan.bureau.exceedance.models.episode import Episode


class EpisodeEvent(AppendOnly):
    """actor None: the platform itself. words: what was said; facts: JSON, what beside it was the case."""

    REFUSAL = "the course of an episode is appended, never changed or deleted; add what mends it"

    class Kind(models.TextChoices):
        FOUND = "found", _("发现")
        TOLD = "told", _("告知企业")
        GREW = "grew", _("重新判定")
        WITHDRAWN = "withdrawn", _("不再超标")
        REOPENED = "reopened", _("重新超标")
        EXPLAINED = "explained", _("企业说明")
        MARKED = "marked", _("标记后重新判定")
        SILENT = "silent", _("企业逾期未说明")
        DISPATCHED = "dispatched", _("派分局核实")
        NOTED = "noted", _("说明")
        OVERDUE = "overdue", _("核实逾期")
        VERIFIED = "verified", _("核实")
        RAISED = "raised", _("转线索")
        STUCK = "stuck", _("未能转线索")

    episode = models.ForeignKey(
        Episode,
        on_delete=models.PROTECT,
        db_index=False,  # an index of its own begins with it
        related_name="events",
        verbose_name=_("所属超标过程"),
    )
    kind = models.CharField(_("经过种类"), max_length=12, choices=Kind)
    at = models.DateTimeField(_("经过时间"), default=timezone.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        db_index=False,  # nobody is sought by it
        related_name="+",
        verbose_name=_("处置人"),
    )
    words = models.CharField(_("处置说明"), max_length=2000, blank=True)
    facts = models.JSONField(_("经过内容"), default=dict)

    class Meta:
        verbose_name = _("超标过程经过")
        verbose_name_plural = _("超标过程经过")
        ordering = ["episode", "id"]
        default_permissions = ()
        indexes = [models.Index(fields=["episode", "id"], name="episode_events_in_order")]

    def __str__(self) -> str:
        return f"{self.episode_id} {self.kind}"
