"""Example: public footer."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.web.catalogue.example import Example, State

EXAMPLE = Example(
    "public_footer",
    _("公众网站页脚"),
    _("不可聚焦。"),
    (
        State(
            _("全部标识"),
            '{% component "public_footer" organisation="示例市生态环境局" site_code="0000000000" '
            'icp="示ICP备00000000号" police="示公网安备00000000000000号" contact="000-0000000" %}',
        ),
    ),
)
