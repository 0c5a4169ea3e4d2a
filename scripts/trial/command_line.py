"""What both trials share as programs: what is missing, a folder of their own, the last word and the exit code."""

from __future__ import annotations

import argparse
import contextlib
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from trial.interrupts import interrupted_by_both
from trial.story import FailedTrialError

_FAILED, _CANNOT = 1, 2


def run_trial(name: str, words: str, lacking: list[str], tell: Callable[[Path], None]) -> int:
    """``tell`` with a folder called after ``name``; 0 when everything held, 1 when something did not, 2 when
    programs are missing. words: the script's own description."""
    parser = argparse.ArgumentParser(description=words.splitlines()[0])
    parser.add_argument("--keep", action="store_true", help="do not remove the folder")
    arguments = parser.parse_args()
    if lacking:
        print("missing:", "; ".join(lacking), file=sys.stderr)
        return _CANNOT
    interrupted_by_both()
    with _folder(name, keep=arguments.keep) as root:
        try:
            tell(root)
        except (FailedTrialError, TimeoutError) as failure:
            print(f"FAILED {failure or 'waited in vain for acknowledgements'}", file=sys.stderr)
            return _FAILED
    print("everything held")
    return 0


@contextlib.contextmanager
def _folder(name: str, *, keep: bool) -> Iterator[Path]:
    root = Path(tempfile.mkdtemp(prefix=f"{name}-"))
    root.chmod(0o755)  # other accounts have their folders in it
    try:
        yield root
    finally:
        if keep:
            print(f"kept: {root}")
        else:
            shutil.rmtree(root, ignore_errors=True)
