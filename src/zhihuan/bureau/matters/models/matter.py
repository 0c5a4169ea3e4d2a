"""A matter (事项): one case of a procedure. Lines add their own fields in a model that inherits."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.people.scope_fields import ScopeFields
from zhihuan.bureau.places.models import Town
from zhihuan.bureau.search.declaration import Searched


class Matter(models.Model):
    """Where a matter stands. Changed by the engine alone.

    procedure, edition: what it runs by, for ever unless re-based. version: the number of its newest
    event; who acts says which version they saw. head: the digest of that event, so that a chain cut
    off at its end is found. party: the body it is about; party_name: as it was called when the matter
    was opened, of a natural person as the step that identified them told. ended_at: None while it runs. next_due_at: the end that comes first among its clocks, a copy
    for lists (``engine.next_due``); None where none runs. submission: names the sheet it was opened with, so that
    one sheet opens one matter; None for none.
    """

    procedure = models.CharField(_("程序"), max_length=40)
    edition = models.CharField(_("程序版本"), max_length=20)
    state = models.CharField(_("办理状态"), max_length=40)
    title = models.CharField(_("标题"), max_length=200)
    party = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,  # an index of its own begins with it
        related_name="matters",
        verbose_name=_("当事人"),
    )
    party_name = models.CharField(_("当事人名称"), max_length=120, blank=True)
    town = models.ForeignKey(
        Town,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,  # an index of its own begins with it
        related_name="matters",
        verbose_name=_("镇街"),
    )
    opened_at = models.DateTimeField(_("登记时间"), default=timezone.now)
    ended_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    next_due_at = models.DateTimeField(_("最近届满时刻"), null=True, editable=False)
    version = models.PositiveIntegerField(_("版次"), default=0, editable=False)
    head = models.BinaryField(_("最新链值"), default=b"", editable=False)
    submission = models.UUIDField(_("提交编号"), null=True, unique=True, editable=False)
    synthetic = models.BooleanField(_("模拟数据"), default=False)

    SCOPE = ScopeFields(town="town", organisation="party", outside=True)
    SEARCH = Searched(
        name="title",
        more_name=("party_name",),
        seen_by="zhihuan.bureau.matters.reach.found_by",
        newest_first=True,
    )

    class Meta:
        verbose_name = _("事项")
        verbose_name_plural = _("事项")
        ordering = ["-opened_at", "-pk"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["-opened_at", "-id"], name="matters_newest"),
            models.Index(
                fields=["procedure", "state", "-opened_at", "-id"], name="matters_by_state"
            ),
            models.Index(fields=["town", "-opened_at", "-id"], name="matters_by_town"),
            models.Index(fields=["party", "-opened_at", "-id"], name="matters_by_party"),
            models.Index(
                fields=["next_due_at", "id"],
                condition=models.Q(next_due_at__isnull=False),
                name="matters_by_due",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        # SCOPE relies on it
        if self.party is not None and self.party.is_inside:
            raise ValidationError(_("当事人不能是本局的机构，请改选企业或者其他单位。"))
