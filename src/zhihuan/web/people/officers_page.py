"""Officers with how their certificates stand, so that nobody is sent out without one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.web.listing import respond
from zhihuan.web.people.nouns.certificate import OFFICERS


@require_safe
@never_cache
def officers(request: HttpRequest) -> HttpResponseBase:
    """Whoever may enforce by role, within one's scope."""
    lead = _(
        "执法须由两名以上持有效执法证的人员进行（行政处罚法第四十二条）；到期前 60 天起提醒换发。"
    )
    return respond(request, OFFICERS, context={"lead": lead, "section": "people-officers"})
