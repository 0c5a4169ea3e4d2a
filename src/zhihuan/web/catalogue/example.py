"""What an example file declares: the component, its states, what the keyboard does."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from zhihuan.web.components.contract import Contract, contract_of


class Case(enum.Enum):
    """What a state is a case of. Hover and focus are not declared: the catalogue is live."""

    NORMAL = "normal"
    DISABLED = "disabled"
    EMPTY = "empty"
    ERROR = "error"
    LOADING = "loading"

    @property
    def text(self) -> Any:
        return _CASE_TEXTS[self]


_CASE_TEXTS = {
    Case.NORMAL: _("正常"),
    Case.DISABLED: _("停用"),
    Case.EMPTY: _("空"),
    Case.ERROR: _("出错"),
    Case.LOADING: _("加载中"),
}


@dataclass(frozen=True, slots=True)
class State:
    """One state: ``code`` is what a page would write, ``given`` its values, or a function that
    makes them for a request."""

    title: Any
    code: str
    given: dict[str, Any] | Callable[[HttpRequest], dict[str, Any]] | None = None
    case: Case = Case.NORMAL

    def values(self, request: HttpRequest) -> dict[str, Any]:
        if callable(self.given):
            return self.given(request)
        return self.given or {}


@dataclass(frozen=True, slots=True)
class Example:
    """``component``: its name, as the template tag takes it. ``keyboard``: what keys do, or that it
    cannot be focused."""

    component: str
    title: Any
    keyboard: Any
    states: tuple[State, ...]

    @property
    def contract(self) -> Contract:
        return contract_of(self.component)
