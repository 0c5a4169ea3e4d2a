"""Lets time pass for every session of ZHIHUAN_HOME. Run by the browser tests as a program.

python aged_sessions.py 29      every session was last used 29 minutes longer ago
"""

from __future__ import annotations

import datetime as dt
import sys

from zhihuan.web import start


def main(minutes: float) -> None:
    start.set_up()
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session

    for row in Session.objects.all():
        session = SessionStore(row.session_key)
        session["renewed"] = int(session.get("renewed", 0) - minutes * 60)
        session.save()
        row.expire_date -= dt.timedelta(minutes=minutes)
        row.save(update_fields=["expire_date"])


if __name__ == "__main__":
    main(float(sys.argv[1]))
