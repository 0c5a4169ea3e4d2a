"""Lets time pass for one person's sessions of ZHIHUAN_HOME. Run by the browser tests as a program.

python aged_sessions.py registrar 29      each was last used 29 minutes longer ago

Nobody else's: other tests have signed other people in, and find them signed in.
"""

from __future__ import annotations

import datetime as dt
import sys

from zhihuan.web import start


def main(username: str, minutes: float) -> None:
    start.set_up()
    from django.contrib.auth import SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session

    from zhihuan.bureau.people.models import User

    user = User.objects.get(username=username)
    for row in Session.objects.all():
        session = SessionStore(row.session_key)
        if session.get(SESSION_KEY) != str(user.pk):
            continue
        session["renewed"] = int(session.get("renewed", 0) - minutes * 60)
        session.save()
        row.expire_date -= dt.timedelta(minutes=minutes)
        row.save(update_fields=["expire_date"])


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
