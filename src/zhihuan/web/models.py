"""What pages themselves keep: saved filters. Business records live in ``bureau`` and above."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.built_once import ask, fields_of, record_of

#: Saved filters of one person for one list.
MOST_SAVED = 20


class SavedFilterQuerySet(models.QuerySet["SavedFilter"]):
    """Saved filters."""

    def of(self, user: Any, listing: str) -> SavedFilterQuerySet:
        """Those of one person for one list, by title."""
        return self.filter(user_id=user.pk, listing=listing).order_by("title")


class SavedFilter(models.Model):
    """A question a person asks a list again and again: an address' query under a title.

    It grants nothing: what it finds is within the scope of whoever opens it, on the day they do.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="saved_filters",
        verbose_name=_("用户"),
    )
    listing = models.CharField(_("列表"), max_length=60)
    title = models.CharField(_("名称"), max_length=30)
    query = models.CharField(_("查询条件"), max_length=2000)
    created = models.DateTimeField(_("保存时间"), auto_now_add=True)

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        verbose_name = _("已存查询")
        verbose_name_plural = _("已存查询")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user", "listing", "title"], name="saved_filter_title")
        ]

    def __str__(self) -> str:
        return self.title


def saved_by(user: Any, listing: str) -> list[SavedFilter]:
    """As ``of``, for every look at a list: built once."""
    rows = ask("saved filters", _of_one, user=user.pk, listing=listing)
    return [record_of(SavedFilter, row) for row in rows]


def _of_one(user: int, listing: str) -> models.QuerySet[SavedFilter, Any]:
    mine = SavedFilter.objects.filter(user_id=user, listing=listing).order_by("title")
    return mine.values_list(*fields_of(SavedFilter))
