"""What one field was and what it became."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from zhihuan.web.components.value import is_missing


@dataclass(frozen=True, slots=True)
class Change:
    """Missing on one side means: added, or taken away."""

    field: Any
    before: Any
    after: Any

    @property
    def has_before(self) -> bool:
        return not is_missing(self.before)

    @property
    def has_after(self) -> bool:
        return not is_missing(self.after)

    @property
    def kind(self) -> str:
        """``same``, ``added``, ``removed`` or ``changed``."""
        if self.before == self.after or not (self.has_before or self.has_after):
            return "same"
        if not self.has_before:
            return "added"
        return "changed" if self.has_after else "removed"

    @property
    def words(self) -> str:
        return {
            "same": _("未变"),
            "added": _("新增"),
            "removed": _("删除"),
            "changed": _("修改"),
        }[self.kind]
