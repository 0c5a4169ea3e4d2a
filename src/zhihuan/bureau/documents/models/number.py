"""Numbers that were given out: kept for ever, void ones with their reason."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.search.declaration import Searched


class DocumentNumber(models.Model):
    """The n-th number of a rule, organisation and year. text: in full. A void one is never given out again."""

    rule = models.CharField(_("文号规则"), max_length=40)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("文号所属机关")
    )
    year = models.PositiveSmallIntegerField(_("文号年份"))
    number = models.PositiveIntegerField(_("文号序号"))
    text = models.CharField(_("文号"), max_length=80, unique=True)
    taken_at = models.DateTimeField(_("取号时间"), default=timezone.now)
    void_at = models.DateTimeField(_("作废时间"), null=True)
    void_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("作废人"),
    )
    void_reason = models.CharField(_("作废原因"), max_length=200, blank=True)

    SEARCH = Searched(codes=("text",), seen_by="zhihuan.bureau.documents.seen.numbers_found_by")

    class Meta:
        verbose_name = _("文号")
        verbose_name_plural = _("文号")
        ordering = ["rule", "year", "number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "organisation", "year", "number"], name="a_number_is_given_once"
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_void(self) -> bool:
        return self.void_at is not None
