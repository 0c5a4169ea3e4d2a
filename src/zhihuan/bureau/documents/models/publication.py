"""Published copies (公开文本) of documents, and their withdrawal."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.audit.exact_json import ExactJSONField
from zhihuan.bureau.documents.models.document import MatterDocument
from zhihuan.bureau.people.scope_fields import ScopeFields


class Publication(models.Model):
    """A redacted copy that was published. digest: SHA-256 of its .docx in the store. hidden: rule → how
    often it hid something, never what."""

    document = models.ForeignKey(
        MatterDocument,
        on_delete=models.PROTECT,
        related_name="publications",
        verbose_name=_("公开的文书"),
    )
    digest = models.CharField(_("公开文本校验值"), max_length=64)
    hidden = ExactJSONField(_("隐去处数"), default=dict)
    published_at = models.DateTimeField(_("公开时间"), default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("公开人"),
    )
    withdrawn_at = models.DateTimeField(_("撤下时间"), null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("撤下人"),
    )
    withdrawn_reason = models.CharField(_("撤下原因"), max_length=200, blank=True)

    SCOPE = ScopeFields(
        town="document__matter__town", organisation="document__matter__party", outside=True
    )

    class Meta:
        verbose_name = _("公开文本")
        verbose_name_plural = _("公开文本")
        ordering = ["-published_at"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["document"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_copy_is_public_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.published_at:%Y-%m-%d}"
