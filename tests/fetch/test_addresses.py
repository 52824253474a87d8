"""Which addresses may be asked for, and which may be connected to."""

from __future__ import annotations

import asyncio
import socket
import threading
import time

import pytest

from reader.fetch import FailureKind, Fetcher, Limits, Request
from reader.fetch.addresses import AddressError, is_public, plainly_private, same_place, target
from reader.fetch.hosts import registrable
from reader.fetch.resolver import Resolver
from tests.servers import Site, answer

from .conftest import FREE, failure, response, typed


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.255.0.3", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",
        "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1",
        "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::1",
    ],
)  # fmt: skip
def test_what_is_not_for_everyone_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "1.1.1.1", "2606:4700::1111", "64:ff9b::101:101", "::ffff:1.1.1.1"]
)
def test_what_is_for_everyone_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "x",
        "/path",
        "file:///etc/passwd",
        "mailto:a@b",
        "http://",
        "http:///x",
        "http://a:99999/",
        "http://[::1",
        "http://\x00/",
        "http://" + "a" * 300,
    ],
)
def test_what_is_no_web_address_is_refused(address: str) -> None:
    with pytest.raises(AddressError):
        target(address)


def test_an_address_is_taken_apart() -> None:
    at = target(" HTTPS://me:pw@Example.COM/a?b#c ")
    assert str(at.url) == "https://example.com/a?b"
    assert at.origin == ("https", "example.com", 443)
    assert at.authorization == "Basic bWU6cHc="


def test_the_default_ports_of_http_and_https_are_one_place() -> None:
    assert same_place(target("http://a/"), target("https://a/x"))
    assert not same_place(target("http://a/"), target("http://a:8080/"))
    assert not same_place(target("http://a/"), target("http://b/"))


@pytest.mark.parametrize(
    ("host", "owner"),
    [
        ("www.example.com", "example.com"), ("example.com", "example.com"), ("a.b.example.co.uk", "example.co.uk"),
        ("feeds.example.de.", "example.de"), ("127.0.0.1", "127.0.0.1"), ("::1", "::1"), ("localhost", "localhost"),
    ],
)  # fmt: skip
def test_hosts_of_one_owner_count_as_one(host: str, owner: str) -> None:
    assert registrable(host) == owner


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "a.localhost.",
        "127.1",
        "0x7f.1",
        "2130706433",
        "0177.0.0.1",
        "10.0.0.1",
        "::1",
        "fe80::1%1",
    ],
)
def test_a_private_address_is_known_by_any_spelling(host: str) -> None:
    assert plainly_private(host)


@pytest.mark.parametrize(
    "host", ["example.com", "1.1.1.1", "2606:4700::1111", "127.example", "10.0.0.1.example", ""]
)
def test_other_hosts_are_not_plainly_private(host: str) -> None:
    assert not plainly_private(host)


async def test_a_proxy_is_used_but_never_to_reach_inside(site: Site) -> None:
    site.put("http://far.example/feed", answer(b"through the proxy"))
    async with Fetcher(manners=FREE, proxies={"http": site.url("")}) as fetcher:
        assert response(await fetcher.fetch(Request("http://far.example/feed"))).body == b"through the proxy"
        got = failure(await fetcher.fetch(Request("http://192.168.0.1/canary")))
    assert got.kind is FailureKind.PRIVATE
    assert len(site.requests) == 1


async def test_hosts_named_in_no_proxy_are_asked_directly(site: Site) -> None:
    site.put("/f", answer(b"direct"))
    proxies = {"http": "http://127.0.0.1:1", "no": "10.9.9.9, 127.0.0.1"}
    async with Fetcher(manners=FREE, proxies=proxies) as fetcher:
        assert response(await fetcher.fetch(typed(site.url("/f")))).body == b"direct"


async def test_a_private_host_is_fetched_only_when_it_was_typed(site: Site, fetcher: Fetcher) -> None:
    site.put("/f", answer(b"x"))
    assert response(await fetcher.fetch(typed(site.url("/f")))).body == b"x"
    assert failure(await fetcher.fetch(Request(site.url("/f")))).kind is FailureKind.PRIVATE
    assert len(site.requests) == 1


async def test_a_connection_kept_for_a_typed_address_is_not_lent_to_others(
    site: Site, fetcher: Fetcher
) -> None:
    site.put("/f", answer(b"x"))
    await fetcher.fetch(typed(site.url("/f")))
    failure(await fetcher.fetch(Request(site.url("/f"))))


async def test_the_address_that_was_checked_is_the_one_connected_to(site: Site) -> None:
    """DNS rebinding: a name that answers differently the second time gains nothing."""
    answers = iter([("93.184.216.34",), ("127.0.0.1",)])
    asked: list[str] = []

    def look_up(host: str, port: int) -> tuple[str, ...]:
        asked.append(host)
        return next(answers)

    limits = Limits(total_seconds=0.3, connect_seconds=0.3)
    async with Fetcher(manners=FREE, limits=limits, resolver=Resolver(look_up), proxies={}) as fetcher:
        await fetcher.fetch(Request(f"http://rebind.example:{site.port}/canary", retry=False))
    assert asked == ["rebind.example"]
    assert site.requests == []


async def test_a_name_that_leads_inside_is_refused(site: Site) -> None:
    async with Fetcher(
        manners=FREE, resolver=Resolver(lambda _host, _port: ("127.0.0.1",)), proxies={}
    ) as fetcher:
        got = failure(await fetcher.fetch(Request(f"http://inside.example:{site.port}/canary")))
    assert got.kind is FailureKind.PRIVATE
    assert site.requests == []


async def test_the_next_address_is_tried_when_the_first_is_dead(site: Site) -> None:
    site.put("/f", answer(b"x"))
    resolver = Resolver(lambda _host, _port: ("127.0.0.9", "127.0.0.1"))
    async with Fetcher(manners=FREE, resolver=resolver, proxies={}) as fetcher:
        assert response(await fetcher.fetch(typed(f"http://two.example:{site.port}/f"))).body == b"x"


def has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


async def test_a_host_that_only_has_an_address_of_the_new_kind_is_fetched() -> None:
    if not has_ipv6():
        pytest.skip("this machine has no IPv6")
    with Site("::1") as site:
        site.put("/f", answer(b"six"))
        async with Fetcher(manners=FREE, resolver=Resolver(lambda *_: ("::1",)), proxies={}) as fetcher:
            by_number = await fetcher.fetch(typed(site.url("/f")))
            by_name = await fetcher.fetch(typed(f"http://six.example:{site.port}/f"))
            untyped = await fetcher.fetch(Request(site.url("/f")))

    assert response(by_number).body == response(by_name).body == b"six"
    assert failure(untyped).kind is FailureKind.PRIVATE


async def test_a_host_that_does_not_exist_is_said_so(fetcher: Fetcher) -> None:
    def nothing(host: str, port: int) -> tuple[str, ...]:
        raise OSError(-2, "Name or service not known")

    async with Fetcher(manners=FREE, resolver=Resolver(nothing), proxies={}) as fetcher:
        got = failure(await fetcher.fetch(Request("http://nowhere.example/")))
    assert got.kind is FailureKind.NO_SUCH_HOST
    assert "nowhere.example" in got.sentence


async def test_hanging_name_look_ups_end_at_the_deadline_and_hold_up_nobody(site: Site) -> None:
    site.put("/f", answer(b"x"))
    release = threading.Event()

    def hanging(host: str, port: int) -> tuple[str, ...]:
        release.wait(10)
        return ("127.0.0.1",)

    limits = Limits(total_seconds=0.4, connect_seconds=0.3)
    async with Fetcher(manners=FREE, limits=limits, resolver=Resolver(hanging), proxies={}) as fetcher:
        begun = time.monotonic()
        answers = await asyncio.gather(
            *(fetcher.fetch(Request(f"http://h{number}.example/")) for number in range(8)),
            fetcher.fetch(typed(site.url("/f"))),
            asyncio.to_thread(int),
        )
        assert time.monotonic() - begun < 2
    assert all(failure(answer).kind is FailureKind.TIMEOUT for answer in answers[:8])  # type: ignore[arg-type]
    release.set()


async def test_a_name_is_looked_up_once_for_many_requests(site: Site) -> None:
    looked_up: list[str] = []

    def look_up(host: str, port: int) -> tuple[str, ...]:
        looked_up.append(host)
        return ("127.0.0.1",)

    site.put("/f", answer(b"x"))
    async with Fetcher(manners=FREE, resolver=Resolver(look_up), proxies={}) as fetcher:
        address = f"http://once.example:{site.port}/f"
        await asyncio.gather(*(fetcher.fetch(typed(address)) for _ in range(5)))
    assert looked_up == ["once.example"]
