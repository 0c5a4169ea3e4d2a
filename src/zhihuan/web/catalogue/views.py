"""The catalogue's pages. They show made-up things only, to the bureau's own people."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.web.catalogue.actions import VIEW_CATALOGUE
from zhihuan.web.catalogue.collection import all_examples
from zhihuan.web.catalogue.example import State
from zhihuan.web.components.crumb import Crumb
from zhihuan.web.permission import requires

#: What the code of an example may use, as a page that loads these would.
LOADS = "{% load components i18n %}"


@dataclass(frozen=True, slots=True)
class ShownState:
    """A state with what its code renders."""

    state: State
    html: SafeString


@require_safe
@never_cache
@requires(VIEW_CATALOGUE)
def catalogue(request: HttpRequest) -> HttpResponse:
    """All components, by name."""
    return render(request, "catalogue/index.html", {"examples": all_examples().values()})


@require_safe
@never_cache
@requires(VIEW_CATALOGUE)
def catalogue_component(request: HttpRequest, name: str) -> HttpResponse:
    """One component with all its states."""
    example = all_examples().get(name)
    if example is None:
        raise Http404(name)
    trail = [Crumb(_("组件目录"), reverse("catalogue")), Crumb(example.title)]
    states = [shown(state, request) for state in example.states]
    context = {"example": example, "states": states, "trail": trail, "section": "catalogue"}
    return render(request, "catalogue/component.html", context)


def shown(state: State, request: HttpRequest) -> ShownState:
    """Render a state as a page would."""
    template = engines["django"].from_string(LOADS + state.code)
    return ShownState(state, template.render(state.values(request), request))
