"""How names are typed by ear: pinyin initials and full pinyin.

Most characters of a name have one reading, given by the phrase they stand in (pypinyin's dictionary:
重庆 is chongqing, 长江 changjiang). Where no phrase decides, the readings that are alive in names are
all kept (``ALIVE``), up to eight spellings. Rare readings are dropped: a name that answers to
everything is found by nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, product

from pypinyin import Style, pinyin

from zhihuan.bureau.search.text import END, START, plain

#: Characters with more than one reading that occurs in names of places and firms, likeliest first.
ALIVE: dict[str, tuple[str, ...]] = {
    "重": ("zhong", "chong"), "长": ("chang", "zhang"), "行": ("hang", "xing"),
    "乐": ("le", "yue"), "朝": ("chao", "zhao"), "都": ("du", "dou"), "厦": ("xia", "sha"),
    "单": ("dan", "shan"), "曾": ("zeng", "ceng"), "盛": ("sheng", "cheng"),
    "翟": ("zhai", "di"), "藏": ("cang", "zang"), "传": ("chuan", "zhuan"),
    "铅": ("qian", "yan"), "涌": ("chong", "yong"), "埔": ("bu", "pu"), "堡": ("bao", "pu", "bu"),
    "泊": ("bo", "po"), "番": ("pan", "fan"), "降": ("jiang", "xiang"), "仇": ("chou", "qiu"),
    "莞": ("guan", "wan"), "枞": ("zong", "cong"), "覃": ("qin", "tan"), "圩": ("xu", "wei"),
}  # fmt: skip
MOST_SPELLINGS = 8
#: Names of places before the name proper, read by themselves: 中山市长虹 is no 市长.
_PLACES = re.compile(r"(.{2,3}?省)?(.{2,4}?市)?(.{1,4}?(?:镇|街道|开发区))?")
#: One character's sound and the letter it is abbreviated to.
Sound = tuple[str, str]


@lru_cache(maxsize=4096)
def kept_readings(name: str) -> str:
    """Initials and pinyin of a name, each between its marks, and the initials of what follows the
    places it begins with; "" for a name without Chinese."""
    known = plain(name)
    if known.isascii():
        return ""
    places, proper = _parted(known)
    before = tuple(sound for each in places for sound in next(spellings(each)))
    spelled: list[str] = []
    for own in islice(spellings(proper), MOST_SPELLINGS):
        spelled += [_letters(before + own), "".join(sound for sound, _ in before + own)]
        if own:
            spelled.append(_letters(own))
    return " ".join(f"{START}{each}{END}" for each in dict.fromkeys(spelled))


def spellings(word: str) -> Iterator[tuple[Sound, ...]]:
    """Every likely way to read a plain word, likeliest first; letters and digits as they are."""
    at, choices = 0, []
    for options in pinyin(word, style=Style.NORMAL, heteronym=True) if word else []:
        if word[at].isascii():
            choices.append([(options[0], options[0])])
            at += len(options[0])
        else:
            choices.append([(sound, sound[0]) for sound in _likely(word[at], options)])
            at += 1
    return product(*choices)


def _likely(character: str, options: Sequence[str]) -> Sequence[str]:
    """What of a dictionary's readings is kept."""
    if len(options) == 1:
        return options
    return ALIVE.get(character, options[:1])


def _parted(name: str) -> tuple[list[str], str]:
    """The places a name begins with, and the rest."""
    found = _PLACES.match(name)
    places = [part for part in found.groups() if part] if found else []
    return places, name[sum(map(len, places)) :]


def _letters(sounds: Sequence[Sound]) -> str:
    return "".join(letter for _, letter in sounds)
