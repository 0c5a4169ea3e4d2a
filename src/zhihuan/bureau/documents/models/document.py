"""Documents (文书) of matters. Made by the engine's steps, never changed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.audit.append_only import AppendOnly
from zhihuan.bureau.audit.exact_json import ExactJSONField
from zhihuan.bureau.documents.models.number import DocumentNumber
from zhihuan.bureau.matters.models import Matter, MatterEvent
from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.people.scope_fields import ScopeFields


class MatterDocument(AppendOnly):
    """A document a step made.

    code, title: of the declared ``Document``. event: the step. facts: what the template was told, exactly,
    so that the document can be made again. template, template_version: its file and the SHA-256 of it;
    the template itself is kept beside the document. digest: SHA-256 of the .docx, under which the store
    keeps it. is_served: whether receipts of service belong to it; is_published: whether a redacted copy is.
    """

    REFUSAL = "a document is made once and never changed; void its number and make another"

    matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, related_name="documents", verbose_name=_("事项")
    )
    event = models.ForeignKey(
        MatterEvent, on_delete=models.PROTECT, related_name="documents", verbose_name=_("制作环节")
    )
    code = models.CharField(_("文书代码"), max_length=40)
    title = models.CharField(_("文书名称"), max_length=120)
    number = models.OneToOneField(
        DocumentNumber,
        on_delete=models.PROTECT,
        null=True,
        related_name="document",
        verbose_name=_("所用文号"),
    )
    issuer = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("制作机关")
    )
    template = models.CharField(_("模板"), max_length=200)
    template_version = models.CharField(_("模板版本"), max_length=64)
    facts = ExactJSONField(_("填入内容"))
    digest = models.CharField(_("文书校验值"), max_length=64, db_index=True)
    size_bytes = models.PositiveIntegerField(_("文书大小"))
    made_at = models.DateTimeField(_("文书制作时间"))
    is_served = models.BooleanField(_("须送达"), default=False)
    is_published = models.BooleanField(_("须公开"), default=False)

    SCOPE = ScopeFields(town="matter__town", organisation="matter__party", outside=True)

    class Meta:
        verbose_name = _("文书")
        verbose_name_plural = _("文书")
        ordering = ["made_at", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["event", "code"], name="a_step_makes_a_document_once")
        ]
        indexes = [models.Index(fields=["matter", "made_at"])]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Title with number, as people call it."""
        return f"{self.title}（{self.number.text}）" if self.number else self.title

    @property
    def is_void(self) -> bool:
        return self.number is not None and self.number.is_void
