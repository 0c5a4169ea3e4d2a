"""What one would otherwise write: an asyncio line server that commits each frame to SQLite.

Honest about durability (synchronous=FULL, commit before the answer) and about checking (CRC by
the textbook loop); no batching, no registry, no quarantine. The baseline of ``bench.gateway``.

    python -m bench._naive --port 9213 --database /tmp/naive.sqlite3
"""

from __future__ import annotations

import argparse
import asyncio
import sqlite3


def crc(segment: bytes) -> int:
    """The standard's loop, one bit at a time as printed in annex A."""
    register = 0xFFFF
    for byte in segment:
        register = (register >> 8) ^ byte
        for _ in range(8):
            register = (register >> 1) ^ 0xA001 if register & 1 else register >> 1
    return register


def fields(segment: str) -> dict[str, str]:
    """Head and CP as one dict."""
    return dict(
        part.split("=", 1)
        for part in segment.replace("&&", "").replace(",", ";").replace("CP=", "").split(";")
        if "=" in part
    )


class Server:
    """One table for frames, one for values."""

    def __init__(self, path: str) -> None:
        self._database = sqlite3.connect(path)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=FULL")
        self._database.execute("CREATE TABLE frame (mn, qn, raw)")
        self._database.execute(
            "CREATE TABLE value (mn, factor, time, value REAL, PRIMARY KEY (mn, factor, time))"
        )

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Frame by frame: check, store, answer."""
        while line := await reader.readline():
            segment = line[6:-6]
            if crc(segment) != int(line[-6:-2], 16):
                continue
            found = fields(segment.decode())
            self._store(found, line)
            answer = f"QN={found['QN']};ST=91;CN=9014;PW={found['PW']};MN={found['MN']};Flag=4;CP=&&&&".encode()
            writer.write(b"##%04d%b%04X\r\n" % (len(answer), answer, crc(answer)))

    def _store(self, found: dict[str, str], line: bytes) -> None:
        mn, time = found["MN"], found["DataTime"]
        rows = [(mn, key, time, float(value)) for key, value in found.items() if "-" in key]
        self._database.execute("INSERT INTO frame VALUES (?, ?, ?)", (mn, found["QN"], line))
        self._database.executemany("INSERT OR REPLACE INTO value VALUES (?, ?, ?, ?)", rows)
        self._database.commit()


async def run(options: argparse.Namespace) -> None:
    """Serve until killed."""
    server = Server(options.database)
    listening = await asyncio.start_server(server.serve, "127.0.0.1", options.port)
    print("listening", flush=True)
    async with listening:
        await listening.serve_forever()


def main() -> None:
    """Parse and run."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--database", required=True)
    asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()
