"""Tokens to expressions, by the precedence of OData 4.0 part 2, 5.1.1.9.

From loosest to tightest: or; and; eq ne; gt ge lt le; add sub; mul div mod; not, minus; a literal, a
path, a call, parentheses. One method a level; every way down is counted, so no text nests without end.

::

    read_filter("Datastreams/ObservedProperty/name eq 'SO2' and not endswith(name,'x')")
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from zhihuan.web.sensorthings.odata import limits
from zhihuan.web.sensorthings.odata.expression import (
    Call,
    Expression,
    Junction,
    Literal,
    Minus,
    Not,
    Operation,
    Path,
)
from zhihuan.web.sensorthings.odata.refusal import Reason, Refusal
from zhihuan.web.sensorthings.odata.tokens import END, LITERAL, NAME, Token, tokens

_EQUAL = frozenset({"eq", "ne"})
_ORDER = frozenset({"gt", "ge", "lt", "le"})
_SUM = frozenset({"add", "sub"})
_PRODUCT = frozenset({"mul", "div", "mod"})
COMPARISONS = _EQUAL | _ORDER
ARITHMETIC = _SUM | _PRODUCT
_DESCENDING = frozenset({"desc", "DESC"})  # frost-sta-client writes capitals
_DIRECTIONS = _DESCENDING | {"asc", "ASC"}
_RESERVED = COMPARISONS | ARITHMETIC | {"and", "or", "not"}


@dataclass(frozen=True, slots=True)
class Order:
    """One key of ``$orderby``."""

    expression: Expression
    descending: bool = False


def read_filter(text: str) -> Expression:
    """The expression of a ``$filter``. Raises ``Refusal``."""
    reader = _Reader(text)
    expression = reader.disjunction()
    reader.expect_end()
    return expression


def read_orderby(text: str) -> tuple[Order, ...]:
    """The keys of a ``$orderby``, at most ten. Raises ``Refusal``."""
    reader = _Reader(text)
    keys = [reader.order()]
    while reader.take_sign(","):
        keys.append(reader.order())
    reader.expect_end()
    if len(keys) > 10:
        raise Refusal(Reason.TOO_MANY_PARTS, most=10)
    return tuple(keys)


class _Reader:
    """Reads one expression; every node made counts against ``limits``."""

    def __init__(self, text: str) -> None:
        self._tokens = list(tokens(text))
        self._at = 0
        self._nodes = 0
        self._depth = 0

    # ---- what comes next ----

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._next
        self._at += token.kind != END
        return token

    def take_sign(self, sign: str) -> bool:
        if self._next.text != sign or self._next.kind in {LITERAL, NAME}:
            return False
        self._take()
        return True

    def _take_word(self, words: frozenset[str]) -> str | None:
        if self._next.kind == NAME and self._next.text in words:
            return self._take().text
        return None

    def expect_end(self) -> None:
        if self._next.kind != END:
            raise Refusal(Reason.EXPECTED, self._next.at, expected="end", found=self._next.text)

    def _expect(self, sign: str) -> None:
        if not self.take_sign(sign):
            raise Refusal(Reason.EXPECTED, self._next.at, expected=sign, found=self._next.text)

    # ---- levels, loosest first ----

    def order(self) -> Order:
        expression = self._sum()
        word = self._take_word(_DIRECTIONS)
        return Order(expression, word in _DESCENDING)

    def disjunction(self) -> Expression:
        return self._deeper(
            lambda: self._junction("or", lambda: self._junction("and", self._equal))
        )

    def _junction(self, word: str, part: Callable[[], Expression]) -> Expression:
        parts = [part()]
        while self._take_word(frozenset({word})):
            parts.append(part())
        if len(parts) == 1:
            return parts[0]
        return self._made(Junction(word, _flat(word, parts)))

    def _equal(self) -> Expression:
        return self._chain(_EQUAL, self._compared)

    def _compared(self) -> Expression:
        return self._chain(_ORDER, self._sum)

    def _sum(self) -> Expression:
        return self._chain(_SUM, self._product)

    def _product(self) -> Expression:
        return self._chain(_PRODUCT, self._unary)

    def _chain(self, words: frozenset[str], operand: Callable[[], Expression]) -> Expression:
        """``a op b op c`` is ``(a op b) op c``: every link nests one deeper."""
        left, links = operand(), 0
        while word := self._take_word(words):
            left, links = self._made(Operation(word, left, operand())), links + 1
            if self._depth + links > limits.DEPTH:
                raise Refusal(Reason.TOO_DEEP, self._next.at, most=limits.DEPTH)
        return left

    def _unary(self) -> Expression:
        if self._take_word(frozenset({"not"})):
            return self._made(Not(self._deeper(self._unary)))
        if self.take_sign("-"):
            operand = self._deeper(self._unary)
            if isinstance(operand, Literal) and type(operand.value) in {int, float}:
                return Literal(-operand.value)  # type: ignore[operator]
            return self._made(Minus(operand))
        return self._primary()

    def _primary(self) -> Expression:
        token = self._take()
        if token.kind == LITERAL:
            return self._made(Literal(token.value))
        if token.text == "(" and token.kind not in {END, NAME}:
            inner = self.disjunction()
            self._expect(")")
            return inner
        if token.kind == NAME and token.text not in _RESERVED:
            return self._call(token) if self.take_sign("(") else self._path(token)
        raise Refusal(Reason.EXPECTED, token.at, expected="value", found=token.text)

    def _call(self, name: Token) -> Expression:
        arguments: list[Expression] = []
        if not self.take_sign(")"):
            arguments.append(self.disjunction())
            while self.take_sign(","):
                arguments.append(self.disjunction())
            self._expect(")")
        return self._made(Call(name.text, tuple(arguments)))

    def _path(self, first: Token) -> Expression:
        names = [first.text]
        while self.take_sign("/"):
            step = self._take()
            if step.kind != NAME or len(names) >= limits.SEGMENTS:
                raise Refusal(Reason.EXPECTED, step.at, expected="name", found=step.text)
            names.append(step.text)
        return self._made(Path(tuple(names)))

    # ---- counting ----

    def _made(self, node: Expression) -> Expression:
        self._nodes += 1
        if self._nodes > limits.NODES:
            raise Refusal(Reason.TOO_MANY_PARTS, self._next.at, most=limits.NODES)
        return node

    def _deeper(self, read: Callable[[], Expression]) -> Expression:
        self._depth += 1
        if self._depth > limits.DEPTH:
            raise Refusal(Reason.TOO_DEEP, self._next.at, most=limits.DEPTH)
        expression = read()
        self._depth -= 1
        return expression


def _flat(word: str, parts: list[Expression]) -> tuple[Expression, ...]:
    """``(a and b) and c`` is one list of three."""
    flat: list[Expression] = []
    for part in parts:
        same = isinstance(part, Junction) and part.name == word
        flat += part.parts if same else [part]  # type: ignore[union-attr]
    return tuple(flat)
