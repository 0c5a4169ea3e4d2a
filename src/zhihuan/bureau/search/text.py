"""Text as the index keeps it, and the phrases that are looked for in it.

Both engines find stretches of three characters (trigrams), and Chinese is asked for with two. So every
character outside ASCII stands between separators: 中山 is kept as ``ǀ中ǀ山ǀ`` and two characters are
five, one is three. Letters and digits stay together (``ǀ中ǀa2ǀ``). The separator is a letter for
Unicode, because PostgreSQL drops what is none; it is taken out of what people write. Punctuation,
blanks and width do not count, neither in records nor in questions.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

SEPARATOR = "ǀ"
START, END = "^", "$"
#: The shortest phrase that both engines find by their index.
SHORTEST = 3
_PIECES = re.compile(r"[0-9a-z]+|.", re.DOTALL)


def plain(text: str) -> str:
    """Letters and digits alone, lower case, of one width (NFKC)."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if c.isalnum() and c != SEPARATOR)


def kept_name(text: str) -> str:
    """A name or address as it is kept; "" for nothing."""
    return f"{START}{_wrapped(plain(text))}{END}" if plain(text) else ""


def kept_names(texts: Iterable[str]) -> str:
    """Several of them, one after the other."""
    return " ".join(filter(None, map(kept_name, texts)))


def inside(word: str) -> str:
    """The phrase of a plain word anywhere in a name. One or two letters are sought at the beginning
    of letters only: they are no trigram."""
    pieces = _PIECES.findall(word)
    body = SEPARATOR.join(pieces)
    before = SEPARATOR if not pieces[0].isascii() or len(body) < SHORTEST else ""
    after = SEPARATOR if not pieces[-1].isascii() or len(before + body) < SHORTEST else ""
    return f"{before}{body}{after}"


def at_start(word: str) -> str:
    """The phrase of a plain word with which a name begins."""
    pieces = _PIECES.findall(word)
    after = "" if pieces[-1].isascii() else SEPARATOR
    return f"{START}{SEPARATOR}{SEPARATOR.join(pieces)}{after}"


def _wrapped(word: str) -> str:
    return f"{SEPARATOR}{SEPARATOR.join(_PIECES.findall(word))}{SEPARATOR}"
