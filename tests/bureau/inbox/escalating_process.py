"""A process that tells of clocks until it is killed: ``python escalating_process.py DATABASE-URL HOME``.

Tells two clocks a portion and prints ``told`` after each, so that a kill is likely to come between two
portions or in the middle of one.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "matters"))


def main() -> None:
    os.environ["ZHIHUAN_DATABASE_URL"], os.environ["ZHIHUAN_HOME"] = sys.argv[1:3]
    from zhihuan.web.start import set_up

    set_up()
    from procedures import CASE

    from zhihuan.bureau.inbox import escalating
    from zhihuan.bureau.matters import catalogue

    catalogue.register(CASE)
    whole = escalating.tell_all

    def slow(told: Any) -> int:
        count = whole(told)
        time.sleep(0.02)  # written and not yet committed
        return count

    escalating.tell_all, escalating._PORTION = slow, 2
    print("ready", flush=True)
    now = dt.datetime.fromisoformat("2026-05-18T09:00+08:00")
    while escalating._portion(now, escalating.the_calendar()) is not None:
        print("told", flush=True)


if __name__ == "__main__":
    main()
