"""Marks (简称) of organisations within numbers of documents."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.models import Organisation


class OrganisationMark(models.Model):
    """How an organisation is called in its numbers, where it is not by its town (``issuing.mark_of``)."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="number_mark", verbose_name=_("机构")
    )
    mark = models.CharField(
        _("文号简称"),
        max_length=6,
        unique=True,
        validators=[RegexValidator(r"^[㐀-鿿]{1,6}$", _("文号简称为 1 至 6 个汉字"))],
    )

    class Meta:
        verbose_name = _("文号简称")
        verbose_name_plural = _("文号简称")
        ordering = ["mark"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.mark
