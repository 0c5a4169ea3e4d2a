"""Write deploy/zhihuan.env: every setting with its meaning, set as a bureau's one machine wants it.

    python scripts/write_environment_file.py

What is not chosen here stands as a comment with its default. ``write_settings_reference.py`` calls this,
so that both keep up with the declaration.
"""

from __future__ import annotations

import textwrap
from pathlib import Path

from zhihuan.web.environment import Variable, variables

FILE = Path(__file__).resolve().parents[1] / "deploy" / "zhihuan.env"
_WIDTH = 110
_HEAD = """\
# /etc/zhihuan/zhihuan.env, root:zhihuan 640: every setting of 智环. Written by scripts/write_environment_file.py.
# One NAME=value a line; no quotes, no spaces around =, and what follows = is the value to the end of the line.
# Lines that must be changed say so. Afterwards: zhihuan check --deploy, then systemctl restart zhihuan.
"""
#: What the deployment of docs/deploy-one.md sets.
CHOSEN = {
    "ZHIHUAN_HOME": "/var/lib/zhihuan",
    "ZHIHUAN_ALLOWED_HOSTS": "eco.example.gov.cn",
    "ZHIHUAN_HTTPS": "1",
    "ZHIHUAN_BEHIND_PROXY": "1",
    "ZHIHUAN_DATABASE_URL": "postgres:///zhihuan?host=/var/run/postgresql",
    "ZHIHUAN_METRICS_TOKEN": "",
    "ZHIHUAN_PAGE_PROCESSES": "2",
}
_CHANGE = {
    "ZHIHUAN_ALLOWED_HOSTS": "CHANGE: the name people type, the same as in nginx.",
    "ZHIHUAN_PAGE_PROCESSES": "CHANGE: half as many as the machine has processors.",
    "ZHIHUAN_METRICS_TOKEN": "FILL IN: openssl rand -hex 32",
}
#: Belongs to the file of the backup alone.
ELSEWHERE = frozenset({"ZHIHUAN_BACKUP_PASSPHRASE"})


def main() -> None:
    FILE.write_text(text(), "utf-8")


def text() -> str:
    """The file, in the order of the declaration."""
    entries = [_entry(each) for name, each in variables().items() if name not in ELSEWHERE]
    return "\n".join([_HEAD, *entries])


def _entry(variable: Variable) -> str:
    words = " ".join(variable.meaning.replace("`", "").split())
    lines = textwrap.wrap(words, _WIDTH, break_long_words=False, break_on_hyphens=False)
    if variable.name in _CHANGE:
        lines.append(_CHANGE[variable.name])
    comment = "\n".join(f"# {line}" for line in lines)
    chosen = CHOSEN.get(variable.name)
    setting = (
        f"#{variable.name}={variable.default}" if chosen is None else f"{variable.name}={chosen}"
    )
    return f"{comment}\n{setting}\n"


if __name__ == "__main__":
    main()
