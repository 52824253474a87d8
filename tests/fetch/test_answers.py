"""What comes back: bodies whole or not at all, failures as sentences."""

from __future__ import annotations

import gzip
import hashlib
import tracemalloc
import zlib

import pytest

from reader.fetch import FailureKind, Fetcher
from tests.servers import Site, answer, conditional, endless, gzipped, hang, head, raw, reset

from .conftest import failure, response, typed

MB = 1024 * 1024


async def test_a_body_arrives_with_its_digest_and_headers(site: Site, fetcher: Fetcher) -> None:
    got = response(await fetcher.fetch(typed(site.put("/f", answer(b"hello", content_type="text/xml")))))
    assert got.body == b"hello"
    assert got.digest == hashlib.sha256(b"hello").digest()
    assert got.content_type == "text/xml"


async def test_validators_are_sent_back_byte_for_byte(site: Site, fetcher: Fetcher) -> None:
    etag, modified = 'W/"5f-a b,c-gzip"', "Tue, 1 Jul 2025 08:00:00 +0200"
    await fetcher.fetch(typed(site.put("/f", answer(b"x")), etag=etag, last_modified=modified))
    asked = site.asked("/f")[0].headers
    assert asked["if-none-match"] == etag
    assert asked["if-modified-since"] == modified


async def test_not_modified_is_an_answer_without_a_body(site: Site, fetcher: Fetcher) -> None:
    got = response(await fetcher.fetch(typed(site.put("/f", conditional(b"x", '"1"')), etag='"1"')))
    assert got.not_modified
    assert got.headers["etag"] == '"1"'


async def test_304_to_an_unconditional_request_is_a_failure(site: Site, fetcher: Fetcher) -> None:
    got = failure(await fetcher.fetch(typed(site.put("/f", answer(status=304)))))
    assert "not conditional" in got.sentence


async def test_226_is_taken_like_200_and_never_asked_for(site: Site, fetcher: Fetcher) -> None:
    got = response(await fetcher.fetch(typed(site.put("/f", answer(b"delta", 226)))))
    assert got.body == b"delta"
    assert "a-im" not in site.asked("/f")[0].headers


@pytest.mark.parametrize("status", [204, 206])
async def test_an_answer_without_content_is_not_an_empty_feed(
    site: Site, fetcher: Fetcher, status: int
) -> None:
    failure(await fetcher.fetch(typed(site.put("/f", answer(b"", status)))))


async def test_an_empty_body_is_a_failure(site: Site, fetcher: Fetcher) -> None:
    assert "empty" in failure(await fetcher.fetch(typed(site.put("/f", answer(b""))))).sentence


@pytest.mark.parametrize(
    "status", [400, 401, 402, 403, 404, 410, 418, 429, 451, 500, 502, 503, 504, 599, 999]
)
async def test_every_other_status_is_a_failure_that_carries_it(
    site: Site, fetcher: Fetcher, status: int
) -> None:
    got = failure(await fetcher.fetch(typed(site.put("/f", answer(b"sorry", status)))))
    assert got.kind is FailureKind.STATUS
    assert got.status == status
    assert str(status) in got.sentence


async def test_a_robot_check_is_called_by_its_name(site: Site, fetcher: Fetcher) -> None:
    got = failure(await fetcher.fetch(typed(site.put("/f", answer(b"", 403, cf_mitigated="challenge")))))
    assert got.challenge
    assert "Cloudflare" in got.sentence


async def test_a_reason_phrase_is_never_shown(site: Site, fetcher: Fetcher) -> None:
    words = b"HTTP/1.1 500 \x1b]52;c;c2VjcmV0\x07[/red]secret\r\nContent-Length: 0\r\n\r\n"
    failure(await fetcher.fetch(typed(site.put("/f", raw(words)))))


# ---- manners in the headers


async def test_requests_say_who_asks_and_carry_no_cookie_and_no_referrer(
    site: Site, fetcher: Fetcher
) -> None:
    address = site.put("/f", answer(b"x", set_cookie="id=1; Path=/"))
    got = response(await fetcher.fetch(typed(address)))
    await fetcher.fetch(typed(address))
    for asked in site.asked("/f"):
        assert asked.headers["user-agent"].startswith("broadsheet/")
        assert not {"cookie", "referer", "a-im", "authorization"} & set(asked.headers)
    assert "set-cookie" not in got.headers


async def test_a_feed_is_asked_for_as_a_feed_and_a_page_as_a_page(site: Site, fetcher: Fetcher) -> None:
    site.put("/f", answer(b"x"))
    await fetcher.fetch(typed(site.url("/f")))
    await fetcher.fetch(typed(site.url("/f"), kind="page"))
    feed, page = (asked.headers["accept"] for asked in site.asked("/f"))
    assert feed.startswith("application/atom+xml")
    assert page.startswith("text/html")


async def test_only_what_we_can_unpack_is_asked_for(site: Site, fetcher: Fetcher) -> None:
    await fetcher.fetch(typed(site.put("/f", answer(b"x"))))
    assert site.asked("/f")[0].headers["accept-encoding"] == "gzip, deflate"


# ---- passwords


async def test_a_password_in_the_address_goes_to_its_host_and_is_shown_nowhere(
    site: Site, fetcher: Fetcher
) -> None:
    site.put("/f", answer(b"x"))
    address = site.url("/f").replace("http://", "http://me:se%63ret@")
    got = response(await fetcher.fetch(typed(address)))
    assert site.asked("/f")[0].headers["authorization"] == "Basic bWU6c2VjcmV0"
    assert "secret" not in repr(got)
    assert "me:" not in got.url


async def test_a_failure_does_not_tell_the_password(site: Site, fetcher: Fetcher) -> None:
    failure(await fetcher.fetch(typed(site.url("/none").replace("http://", "http://me:secret@"))))
    failure(await fetcher.fetch(typed("http://me:secret@host:99999/secret?key=secret")))


# ---- compressed bodies


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "GZIP", "identity, gzip"])
async def test_gzip_is_unpacked(site: Site, fetcher: Fetcher, coding: str) -> None:
    got = response(await fetcher.fetch(typed(site.put("/f", gzipped(b"text" * 5000, coding)))))
    assert got.body == b"text" * 5000


async def test_deflate_is_unpacked_with_and_without_its_header(site: Site, fetcher: Fetcher) -> None:
    bare = zlib.compressobj(wbits=-15)
    for body in (zlib.compress(b"text" * 99), bare.compress(b"text" * 99) + bare.flush()):
        got = await fetcher.fetch(typed(site.put("/f", answer(body, content_encoding="deflate"))))
        assert response(got).body == b"text" * 99


async def test_several_gzip_members_are_one_body(site: Site, fetcher: Fetcher) -> None:
    body = gzip.compress(b"one ") + gzip.compress(b"two") + b"\0\0\0"
    got = response(await fetcher.fetch(typed(site.put("/f", answer(body, content_encoding="gzip")))))
    assert got.body == b"one two"


@pytest.mark.parametrize(
    "coding", ["br", "zstd", "gzip, gzip", "deflate, gzip", "compress", ", ".join(["gzip"] * 50)]
)
async def test_an_encoding_that_was_not_asked_for_is_refused(
    site: Site, fetcher: Fetcher, coding: str
) -> None:
    got = failure(await fetcher.fetch(typed(site.put("/f", answer(b"xxxx", content_encoding=coding)))))
    assert got.kind is FailureKind.ENCODING


@pytest.mark.parametrize("damage", ["cut", "corrupt", "plain"])
async def test_damaged_gzip_is_a_failure_and_never_half_a_body(
    site: Site, fetcher: Fetcher, damage: str
) -> None:
    packed = gzip.compress(bytes(range(256)) * 50)
    body = {"cut": packed[:-20], "corrupt": packed[:30] + b"\xff" * 30 + packed[60:], "plain": b"<rss/>"}[
        damage
    ]
    got = failure(await fetcher.fetch(typed(site.put("/f", answer(body, content_encoding="gzip")))))
    assert got.kind is FailureKind.ENCODING


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
async def test_a_bomb_is_refused_without_being_unpacked(site: Site, fetcher: Fetcher, coding: str) -> None:
    machine = zlib.compressobj(9, wbits=31 if coding == "gzip" else 15)
    bomb = b"".join(machine.compress(bytes(MB)) for _ in range(200)) + machine.flush()
    site.put("/f", answer(bomb, content_encoding=coding))
    tracemalloc.start()
    got = failure(await fetcher.fetch(typed(site.url("/f"))))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert got.kind is FailureKind.TOO_BIG
    assert "unpacked" in got.sentence
    assert peak < 40 * MB


# ---- sizes


async def test_an_announced_size_over_the_cap_is_refused_before_the_body(
    site: Site, fetcher: Fetcher
) -> None:
    site.put("/f", hang(head(100 * MB)))
    got = failure(await fetcher.fetch(typed(site.url("/f"))))
    assert got.kind is FailureKind.TOO_BIG


async def test_an_endless_body_ends_at_the_cap(site: Site, fetcher: Fetcher) -> None:
    site.put("/f", endless(head(None), b"<item/>" * 10_000))
    got = failure(await fetcher.fetch(typed(site.url("/f"))))
    assert got.kind is FailureKind.TOO_BIG
    assert "10 MB" in got.sentence


async def test_a_page_may_be_half_as_big_as_a_feed(site: Site, fetcher: Fetcher) -> None:
    site.put("/f", answer(bytes(6 * MB)))
    assert response(await fetcher.fetch(typed(site.url("/f")))).status == 200
    assert failure(await fetcher.fetch(typed(site.url("/f"), kind="page"))).kind is FailureKind.TOO_BIG


async def test_a_body_in_crumbs_is_given_up(site: Site, fetcher: Fetcher) -> None:
    site.put("/f", endless(head(None, transfer_encoding="chunked"), b"1;extension=x\r\nx\r\n" * 500))
    failure(await fetcher.fetch(typed(site.url("/f"))))


@pytest.mark.parametrize(
    "top",
    [
        b"HTTP/1.1 100 Continue\r\n\r\n" * 1000,
        b"X-Filler: " + b"y" * 200 + b"\r\n",
        b"y" * 5000,
    ],
)
async def test_headers_without_end_are_a_failure(site: Site, fetcher: Fetcher, top: bytes) -> None:
    site.put("/f", endless(b"" if top.startswith(b"HTTP") else b"HTTP/1.1 200 OK\r\nX: ", top))
    got = failure(await fetcher.fetch(typed(site.url("/f"))))
    assert got.kind is FailureKind.PROTOCOL


# ---- time


async def test_a_server_that_says_nothing_is_given_up(site: Site, fetcher: Fetcher) -> None:
    got = failure(await fetcher.fetch(typed(site.put("/f", hang()))))
    assert got.kind is FailureKind.TIMEOUT
    assert "said nothing for 0.6 seconds" in got.sentence


@pytest.mark.parametrize("before", [head(None), head(1000) + b"<rss>"])
async def test_a_server_that_stops_in_the_middle_is_given_up(
    site: Site, fetcher: Fetcher, before: bytes
) -> None:
    got = failure(await fetcher.fetch(typed(site.put("/f", hang(before)))))
    assert got.kind is FailureKind.TIMEOUT


@pytest.mark.parametrize("before", [b"", head(None)])
async def test_a_trickle_does_not_outlive_the_deadline(site: Site, fetcher: Fetcher, before: bytes) -> None:
    site.put("/f", endless(before, b"H", pause_seconds=0.05))
    got = failure(await fetcher.fetch(typed(site.url("/f"))))
    assert got.kind is FailureKind.TIMEOUT
    assert "did not answer in full within 1 second" in got.sentence


# ---- what is not HTTP


@pytest.mark.parametrize(
    "noise",
    [
        bytes(range(256)) * 40,
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"<html>no headers</html>",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 -1 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1000000000000000\r\nhello",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\ncut short",
        b"HTTP/1.1 200 OK\r\n: nameless\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nX: \x00\x1b[31m\r\n\r\n",
    ],
)
async def test_what_is_not_proper_http_is_a_failure(site: Site, fetcher: Fetcher, noise: bytes) -> None:
    failure(await fetcher.fetch(typed(site.put("/f", raw(noise)))))


async def test_a_connection_broken_off_in_the_middle_is_a_failure(site: Site, fetcher: Fetcher) -> None:
    failure(await fetcher.fetch(typed(site.put("/f", reset(head(1000) + b"<rss>")))))


# ---- connections


async def test_a_connection_that_failed_is_tried_once_more_and_no_more(site: Site, fetcher: Fetcher) -> None:
    site.put("/f", raw(b""), answer(b"second time"))
    assert response(await fetcher.fetch(typed(site.url("/f")))).body == b"second time"
    with Site() as other:
        other.put("/g", raw(b""))
        assert failure(await fetcher.fetch(typed(other.url("/g")))).kind is FailureKind.CONNECT
        assert len(other.asked("/g")) == 2


async def test_a_source_that_failed_last_time_is_not_tried_twice(site: Site, fetcher: Fetcher) -> None:
    await fetcher.fetch(typed(site.put("/f", raw(b"")), retry=False))
    assert len(site.asked("/f")) == 1


async def test_a_refused_connection_is_said_so(site: Site, fetcher: Fetcher) -> None:
    with Site() as gone:
        address = gone.url("/f")
    got = failure(await fetcher.fetch(typed(address)))
    assert got.kind is FailureKind.CONNECT
    assert "refused" in got.sentence


async def test_a_connection_closed_between_two_requests_is_made_anew(site: Site, fetcher: Fetcher) -> None:
    def once(talk: object) -> None:
        answer(b"first")(talk)  # type: ignore[arg-type]
        talk.close()  # type: ignore[attr-defined]

    site.put("/f", once, answer(b"second"))
    assert response(await fetcher.fetch(typed(site.url("/f")))).body == b"first"
    assert response(await fetcher.fetch(typed(site.url("/f")))).body == b"second"


async def test_a_plain_server_spoken_to_in_tls_is_a_failure(site: Site, fetcher: Fetcher) -> None:
    site.put("/f", answer(b"x"))
    failure(await fetcher.fetch(typed(site.url("/f").replace("http:", "https:"))))


async def test_reachable_asks_nothing(site: Site, fetcher: Fetcher) -> None:
    assert await fetcher.reachable(site.url("/f"))
    assert site.requests == []
    with Site() as gone:
        address = gone.url("/f")
    assert not await fetcher.reachable(address)
