"""Page processes share new connections evenly, and none waits for a process that is not there."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from zhihuan.web.platform.addresses import Address
from zhihuan.web.platform.taking_turns import NOBODY, Shares, TurnSocket, new_shares
from zhihuan.web.platform.web_server import listen

CONNECTIONS = 20
#: Answers each connection with its process' number and keeps it.
PROGRAM = """
import asyncio, os, socket, sys
from pathlib import Path
from zhihuan.web.platform.taking_turns import Shares, TurnSocket
held = []
shares = Shares(Path(sys.argv[2]), int(sys.argv[3]))
async def answer(reader, writer):
    held.append(writer)
    writer.write(f"{os.getpid()}\\n".encode())
async def main():
    given = socket.socket(fileno=int(sys.argv[1]))
    given.setblocking(False)
    await asyncio.start_server(answer, sock=TurnSocket(given, shares, lambda: len(held)))
    shares.tell(0)
    print("up", flush=True)
    await asyncio.Event().wait()
asyncio.run(main())
"""


@pytest.fixture
def shares(tmp_path: Path) -> Callable[[int], Shares]:
    """``shares(1)``: as the second of two processes has them."""
    new_shares(tmp_path / "shares", 2)
    return lambda place: Shares(tmp_path / "shares", place)


@pytest.fixture
def turn_socket(shares: Callable[[int], Shares]) -> Iterator[TurnSocket]:
    """Of the first process, which holds one connection."""
    with TurnSocket(listen(Address("127.0.0.1", 0)), shares(0), lambda: 1) as found:
        found.setblocking(False)
        yield found


def asked(listening: TurnSocket, most: int) -> int:
    """How many times there was no connection before one was taken, ``most`` at most."""
    for times in range(most):
        try:
            listening.accept()[0].close()
        except BlockingIOError:
            continue
        return times
    return most


def test_nobody_waits_for_a_process_that_is_not_there(turn_socket: TurnSocket) -> None:
    with socket.create_connection(turn_socket.getsockname()):
        assert asked(turn_socket, 2) == 0


def test_one_a_call_is_taken(turn_socket: TurnSocket) -> None:
    at = turn_socket.getsockname()
    with socket.create_connection(at), socket.create_connection(at):
        assert asked(turn_socket, 2) == 0
        assert asked(turn_socket, 2) == 1


@pytest.mark.parametrize(("elsewhere", "waits"), [(0, True), (1, False), (5, False)])
def test_who_holds_more_lets_others_go_first_but_not_for_ever(
    turn_socket: TurnSocket, shares: Callable[[int], Shares], elsewhere: int, waits: bool
) -> None:
    shares(1).tell(elsewhere)
    with socket.create_connection(turn_socket.getsockname()):
        assert (0 < asked(turn_socket, 1000) < 1000) == waits


def test_the_others_read_what_one_holds(shares: Callable[[int], Shares]) -> None:
    one, other = shares(0), shares(1)
    assert one.fewest_elsewhere() == other.fewest_elsewhere() == NOBODY
    one.tell(7)
    assert other.fewest_elsewhere() == 7
    one.leave()
    assert other.fewest_elsewhere() == NOBODY


def test_a_burst_of_connections_is_shared(tmp_path: Path) -> None:
    new_shares(tmp_path / "shares", 2)
    listening = listen(Address("127.0.0.1", 0))
    number = listening.fileno()
    command = [sys.executable, "-c", PROGRAM, str(number), str(tmp_path / "shares")]
    running = [
        subprocess.Popen([*command, str(place)], pass_fds=[number], stdout=subprocess.PIPE)
        for place in range(2)
    ]
    try:
        for each in running:
            assert each.stdout is not None
            assert each.stdout.readline() == b"up\n"
        made = [socket.create_connection(listening.getsockname()) for _ in range(CONNECTIONS)]
        taken = Counter(int(each.makefile().readline()) for each in made)
    finally:
        for each in running:
            each.kill()
            each.communicate()
    assert set(taken) == {each.pid for each in running}
    assert min(taken.values()) >= CONNECTIONS // 2 - 2
