"""A server of many small feeds for the benchmarks: deterministic, one loopback address for each feed.

    python -m tests.benchmarks.feed_server --feeds 1000 --entries 30

prints its port and serves until its input ends. Feed N is at ``http://127.1.<N/250>.<N%250+1>:PORT/N.xml``, so that a
reader which is polite to each host can be as fast as it likes. ``/edition/K`` on any address begins edition K: one feed in
twenty has a new entry then. Feeds from ``--bad-from`` on hang, close at once or send rubbish, in turn.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
from functools import cache
from typing import Final

_VOCABULARY: Final = (
    "the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which "
    "one you were all her she there would their we him been has when who will no more if out so up said what its about "
    "than into them can only other time new some could these two may first then do any like my now over such our man "
    "harbour council river market season library bridge orchard signal engine garden winter evening village mountain "
    "question answer measure letter window number system people water science history language music village theatre"
)
WORDS: Final = _VOCABULARY.split()
CHANGED_EVERY: Final = 20


def address(number: int) -> str:
    """Return the loopback address of a feed."""
    return f"127.1.{number // 250}.{number % 250 + 1}"


def urls(feeds: int, port: int) -> list[str]:
    """Return the addresses of all feeds."""
    return [f"http://{address(number)}:{port}/{number}.xml" for number in range(feeds)]


@cache
def item(feed: int, number: int) -> str:
    """Return an entry with some 300 words of text in HTML."""
    source = random.Random(feed * 1000 + number)
    title = " ".join(source.choices(WORDS, k=8)).capitalize()
    paragraphs = "".join(
        f'<p>{" ".join(source.choices(WORDS, k=75)).capitalize()}, <a href="http://{address(feed)}/about/{number}">more</a>.</p>'
        for _ in range(4)
    )
    minute, second = (number * 7 + feed) % 60, feed * 7 % 60
    return (
        f"<item><title>{title}</title><link>http://{address(feed)}/story/{number}</link>"
        f'<guid isPermaLink="false">feed-{feed}-entry-{number}</guid>'
        f"<pubDate>Mon, {1 + number % 28:02} Sep 2026 {number % 24:02}:{minute:02}:{second:02} GMT</pubDate>"
        f"<category>news</category><description><![CDATA[{paragraphs}]]></description></item>"
    )


def document(feed: int, edition: int, entries: int) -> tuple[bytes, str]:
    """Return a feed of an edition and its ETag."""
    new = edition if feed % CHANGED_EVERY == 0 else 0
    items = "".join(item(feed, number) for number in range(entries + new - 1, new - 1, -1))
    text = (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Feed {feed}</title>'
        f"<link>http://{address(feed)}/</link><description>Number {feed}</description>{items}</channel></rss>"
    )
    return text.encode(), f'"{feed}-{new}"'


class Server:
    """Answers every connection from what was made beforehand."""

    def __init__(self, feeds: int, entries: int, latency: float, bad_from: int) -> None:
        self.feeds, self.entries, self.latency, self.bad_from = feeds, entries, latency, bad_from
        self.edition = 0
        self.documents = [document(number, 0, entries) for number in range(feeds)]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        try:
            while True:
                top = await reader.readuntil(b"\r\n\r\n")
                path = top.split(b" ", 2)[1].decode()
                if self.latency:
                    await asyncio.sleep(self.latency)
                answer = await self.answer(path, top)
                if answer is None:
                    break
                writer.write(answer)
                if b"connection: close" in top.lower():
                    break
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def answer(self, path: str, top: bytes) -> bytes | None:
        """Return the answer to a request; ``None`` closes the connection."""
        if path.startswith("/edition/"):
            self.edition = int(path.rpartition("/")[2])
            self.documents = [document(number, self.edition, self.entries) for number in range(self.feeds)]
            return b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        number = int(path.strip("/").partition(".")[0] or 0)
        if number >= self.bad_from:
            match number % 3:
                case 0:
                    await asyncio.sleep(3600)
                case 1:
                    return None
                case _:
                    return b"\x00\x01\x02 this is no HTTP \xff\r\n\r\n" * 50
        body, etag = self.documents[number]
        if f"if-none-match: {etag}".encode() in top.lower():
            return f"HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\n\r\n".encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nETag: {etag}\r\nContent-Length: {len(body)}\r\n\r\n"
        return head.encode() + body


async def main() -> None:
    """Serve until standard input ends."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--entries", type=int, default=30)
    parser.add_argument("--latency", type=float, default=0.0)
    parser.add_argument("--bad-from", type=int, default=1 << 30)
    options = parser.parse_args()
    served = Server(options.feeds, options.entries, options.latency, options.bad_from)
    server = await asyncio.start_server(served.serve, "0.0.0.0", 0, backlog=1024)  # all of 127/8
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(main())
