"""Close an organisation, and open it again."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhihuan.bureau.people.closing import close, reopen
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.web.people.acting import Deed, Place, act_page
from zhihuan.web.people.forms.closing import ClosingForm
from zhihuan.web.people.forms.grant import ReasonForm
from zhihuan.web.people.nouns.organisation import ORGANISATION
from zhihuan.web.registry.edit_page import changeable
from zhihuan.web.registry.trail import section_of, trail_to
from zhihuan.web.sent import sent


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def close_organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """From a day on it takes no people and no rights any more."""
    body = changeable(request.user, ORGANISATION, str(pk), ORGANISATION.change)
    deed = Deed(
        _("撤销机构"),
        _("撤销"),
        _("已撤销“%(name)s”。") % {"name": body.name},
        _("撤销后不再接收人员与授权，历史记录保留。下级机构、在用账号与有效授权须先处理。"),
        is_grave=True,
    )

    def act(given: dict[str, Any]) -> None:
        close(body, given["on"], actor=request.user, why=given["why"], address=address_of(request))

    return act_page(request, deed, ClosingForm(sent(request)), _place(body), act)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def reopen_organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """It is used again."""
    body = changeable(request.user, ORGANISATION, str(pk), ORGANISATION.change)
    deed = Deed(_("恢复机构"), _("恢复"), _("已恢复“%(name)s”。") % {"name": body.name})

    def act(given: dict[str, Any]) -> None:
        reopen(body, actor=request.user, why=given["why"], address=address_of(request))

    return act_page(request, deed, ReasonForm(sent(request)), _place(body), act)


def _place(body: Any) -> Place:
    return Place(section_of(ORGANISATION), trail_to(ORGANISATION, body), ORGANISATION.url_of(body))
