"""Redirects are followed by hand, a few of them, and never to where nobody wanted to go."""

from __future__ import annotations

import pytest

from reader.fetch import FailureKind, Fetcher
from tests.servers import Site, answer, redirect

from .conftest import failure, response, typed


async def test_redirects_are_followed_and_counted(site: Site, fetcher: Fetcher) -> None:
    site.put("/a", redirect("/b"))
    site.put("/b", redirect(site.url("/c"), 302))
    site.put("/c", answer(b"here"))
    got = response(await fetcher.fetch(typed(site.url("/a"))))
    assert (got.body, got.url, got.hops) == (b"here", site.url("/c"), 2)


@pytest.mark.parametrize(
    ("statuses", "permanent"),
    [
        ((301,), True),
        ((308, 301), True),
        ((301, 302), False),
        ((302,), False),
        ((303,), False),
        ((307,), False),
        ((), False),
    ],
)
async def test_a_move_is_permanent_when_every_hop_says_so(
    site: Site, fetcher: Fetcher, statuses: tuple[int, ...], permanent: bool
) -> None:
    for number, status in enumerate(statuses):
        site.put(f"/{number}", redirect(f"/{number + 1}", status))
    site.put(f"/{len(statuses)}", answer(b"x"))
    assert response(await fetcher.fetch(typed(site.url("/0")))).permanent is permanent


async def test_a_feed_may_redirect_five_times_and_a_page_ten(site: Site, fetcher: Fetcher) -> None:
    for number in range(10):
        site.put(f"/{number}", redirect(f"/{number + 1}"))
    site.put("/10", answer(b"x"))
    assert response(await fetcher.fetch(typed(site.url("/5")))).hops == 5
    assert failure(await fetcher.fetch(typed(site.url("/4")))).kind is FailureKind.REDIRECT
    assert response(await fetcher.fetch(typed(site.url("/0"), kind="page"))).hops == 10


async def test_a_circle_is_a_failure(site: Site, fetcher: Fetcher) -> None:
    site.put("/a", redirect("/b"))
    site.put("/b", redirect("/a"))
    got = failure(await fetcher.fetch(typed(site.url("/a"))))
    assert "circle" in got.sentence
    assert len(site.requests) == 2


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "ftp://example.com/",
        "gopher://example.com/",
        "javascript:alert(1)",
        "data:text/xml,<rss/>",
        "http+unix://%2Fvar%2Frun%2Fdocker.sock/",
        "http://host:99999/",
        "http://host:0/",
        "http://" + "a" * 64 + ".example/",
        "http://[::1",
        "http://",
        "//",
        "",
        "http://" + "a." * 200 + "example/",
        "http://exa mple.com/\x01",
    ],
)
async def test_a_redirect_to_what_is_no_web_address_is_a_failure(
    site: Site, fetcher: Fetcher, location: str
) -> None:
    failure(await fetcher.fetch(typed(site.put("/a", redirect(location)))))


async def test_a_redirect_of_100_kb_is_a_failure(site: Site, fetcher: Fetcher) -> None:
    failure(await fetcher.fetch(typed(site.put("/a", redirect("/" + "a" * 100_000)))))


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost.",
        "2130706433",
        "0x7f000001",
        "127.1",
        "0177.0.0.1",
        "0.0.0.0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "127.13.13.13",
    ],
)
async def test_a_redirect_to_a_private_address_is_refused_however_it_is_spelled(
    site: Site, fetcher: Fetcher, host: str
) -> None:
    site.put("/a", redirect(f"http://{host}:{site.port}/canary"))
    failure(await fetcher.fetch(typed(site.url("/a"))))
    assert site.asked("/canary") == []


async def test_a_redirect_to_another_port_of_a_private_host_is_refused(site: Site, fetcher: Fetcher) -> None:
    with Site() as other:
        other.put("/canary", answer(b"x"))
        site.put("/a", redirect(other.url("/canary")))
        got = failure(await fetcher.fetch(typed(site.url("/a"))))
        assert got.kind is FailureKind.PRIVATE
        assert other.requests == []


async def test_a_redirect_to_the_metadata_address_of_clouds_is_refused(site: Site, fetcher: Fetcher) -> None:
    got = failure(await fetcher.fetch(typed(site.put("/a", redirect("http://169.254.169.254/latest/")))))
    assert got.kind is FailureKind.PRIVATE


async def test_passwords_stay_with_their_origin(site: Site, fetcher: Fetcher) -> None:
    site.put("/a", redirect("/b"))
    site.put("/b", answer(b"x"))
    await fetcher.fetch(typed(site.url("/a").replace("http://", "http://me:secret@")))
    assert "authorization" in site.asked("/b")[0].headers


async def test_passwords_in_a_redirect_are_dropped(site: Site, fetcher: Fetcher) -> None:
    site.put("/a", redirect(site.url("/b").replace("http://", "http://you:secret@")))
    site.put("/b", answer(b"x"))
    got = response(await fetcher.fetch(typed(site.url("/a"))))
    assert "authorization" not in site.asked("/b")[0].headers
    assert "secret" not in got.url
