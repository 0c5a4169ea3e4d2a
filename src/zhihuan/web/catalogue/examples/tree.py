"""Example: tree."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.web.catalogue.example import Example, State
from zhihuan.web.components.tree_node import TreeNode

TREE = [
    TreeNode(
        "示例生态环境局",
        note="机关",
        is_open=True,
        children=(
            TreeNode("执法科", "/", "12 人"),
            TreeNode("监测站", "/", is_current=True),
            TreeNode("镇街分局", children=(TreeNode("三角分局", "/"), TreeNode("黄圃分局"))),
        ),
    )
]
EXAMPLE = Example(
    "tree",
    _("树"),
    _("分支用空格或回车展开、收起；链接按 Tab 依次到达。"),
    (State(_("机构"), '{% component "tree" nodes=nodes label="机构" %}', {"nodes": TREE}),),
)
