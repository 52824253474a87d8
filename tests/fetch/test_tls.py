"""https: certificates are checked, and there is no silent way around them."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from reader.fetch import FailureKind, Fetcher
from tests.servers import Site, answer, redirect

from .conftest import FREE, failure, response, typed


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1, signed by itself, with its key in the same file."""
    if shutil.which("openssl") is None:
        pytest.skip("there is no openssl to make a certificate with")
    path = tmp_path_factory.mktemp("tls") / "own.pem"
    command = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=own"
    )
    more = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(path), "-out", f"{path}.crt"]
    subprocess.run([*command.split(), *more], check=True, capture_output=True)
    path.write_text(path.read_text() + Path(f"{path}.crt").read_text())
    return path


@pytest.fixture
def secure(certificate: Path) -> Iterator[Site]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with Site(tls=context) as site:
        yield site


async def test_a_body_arrives_over_tls_and_the_connection_is_kept(secure: Site, certificate: Path) -> None:
    secure.put("/f", answer(b"secret text" * 50_000))
    trusting = partial(ssl.create_default_context, cafile=str(certificate))
    async with Fetcher(manners=FREE, tls=trusting, proxies={}) as fetcher:
        for _ in range(2):
            assert response(await fetcher.fetch(typed(secure.url("/f")))).body == b"secret text" * 50_000


async def test_a_certificate_nobody_vouches_for_is_refused(secure: Site, fetcher: Fetcher) -> None:
    got = failure(await fetcher.fetch(typed(secure.put("/f", answer(b"x")))))
    assert got.kind is FailureKind.CERTIFICATE
    assert "certificate of 127.0.0.1" in got.sentence
    assert secure.requests == []


async def test_a_redirect_that_would_give_a_password_away_is_not_followed(
    secure: Site, site: Site, certificate: Path
) -> None:
    secure.put("/f", redirect(site.url("/f")))
    trusting = partial(ssl.create_default_context, cafile=str(certificate))
    async with Fetcher(manners=FREE, tls=trusting, proxies={}) as fetcher:
        got = failure(await fetcher.fetch(typed(secure.url("/f").replace("https://", "https://me:secret@"))))
    assert got.kind is FailureKind.REDIRECT
    assert site.requests == []
