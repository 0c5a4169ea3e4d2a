"""``{% component "status_badge" kind="done" text=name %}`` and ``{% wrap "dialog" … %}…{% endwrap %}``.

Both render ``templates/components/<name>.html`` with what they are given and nothing else of the
page, except the request, its user with permissions and the CSRF token. Names are checked against
the part's contract when the template is *read*, so a misspelt one never reaches a reader.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.utils.safestring import SafeString

from zhihuan.web.components.contract import CONTENT, Contract, ContractError, contract_of

register = template.Library()

#: What a part sees of the page around it.
_OF_THE_PAGE = ("request", "user", "perms", "csrf_token")


class ComponentNode(template.Node):
    """One use of a part; ``content`` is None for a part that wraps nothing."""

    child_nodelists = ("content",)

    def __init__(
        self, name: str, given: dict[str, FilterExpression], content: NodeList | None
    ) -> None:
        self.name, self.given, self.content = name, given, content

    def render(self, context: Context) -> SafeString:
        values: dict[str, Any] = {name: each.resolve(context) for name, each in self.given.items()}
        if self.content is not None:
            values[CONTENT] = self.content.render(context)
        shared = {name: context[name] for name in _OF_THE_PAGE if name in context}
        inner = context.new({**shared, **values})
        return self._template(context).render(inner)

    def _template(self, context: Context) -> Any:
        """Looked up once a page, however often the part occurs on it."""
        found = context.render_context.get(key := (ComponentNode, self.name))
        if found is None:
            found = context.template.engine.get_template(f"components/{self.name}.html")
            context.render_context[key] = found
        return found


@register.tag
def component(parser: Parser, token: Token) -> ComponentNode:
    """A part that wraps nothing."""
    contract, given = _read(parser, token)
    if contract.wraps:
        raise template.TemplateSyntaxError(f"{contract.name} wraps content: use {{% wrap %}}")
    return ComponentNode(contract.name, given, None)


@register.tag
def wrap(parser: Parser, token: Token) -> ComponentNode:
    """A part around markup."""
    contract, given = _read(parser, token)
    if not contract.wraps:
        raise template.TemplateSyntaxError(f"{contract.name} wraps nothing: use {{% component %}}")
    content = parser.parse(("endwrap",))
    parser.delete_first_token()
    return ComponentNode(contract.name, given, content)


def _read(parser: Parser, token: Token) -> tuple[Contract, dict[str, FilterExpression]]:
    tag, name, *rest = [*token.split_contents(), ""]
    bits = [bit for bit in rest if bit]
    given: dict[str, FilterExpression] = token_kwargs(bits, parser)
    if bits or name[:1] not in {'"', "'"}:
        raise template.TemplateSyntaxError(f'{{% {tag} "name" parameter=value … %}}, not: {token}')
    try:
        contract = contract_of(name.strip("\"'"))
        contract.check(set(given))
    except ContractError as error:
        raise template.TemplateSyntaxError(str(error)) from error
    return contract, given
