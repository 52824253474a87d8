"""Every step's decisions on a page, told to a person who asks why a line is missing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ..document import plain_text
from ..model import Article
from ..text import clean
from .log import Log
from .pipeline import clean as clean_with_log


def tell(html: bytes | str, url: str, *, content_type: str | None, feed_title: str, site_rule: str) -> str:
    """Return the report on a page: its metadata and their origins, each step's decisions, the verdict, the text."""
    log = Log(wanted=True)
    article = clean_with_log(
        html, url, content_type=content_type, feed_title=feed_title, site_rule=site_rule, log=log
    ).article
    return clean(
        "\n".join([*_metadata(article), "", *_decisions(log), "", *_verdict(article), "", *_text(article)])
    )


def _metadata(article: Article) -> Iterator[str]:
    origins = dict(article.origins)
    values = {
        "title": article.title,
        "authors": ", ".join(article.authors),
        "published": article.published.isoformat() if article.published else "",
        "modified": article.modified.isoformat() if article.modified else "",
        "site": article.site,
        "language": article.language,
        "lead_image": article.lead_image,
        "canonical_url": article.canonical_url,
        "next_page": article.next_page,
        "topics": ", ".join(article.topics),
    }
    for name, value in values.items():
        if value:
            origin = f"  ({origins[name]})" if name in origins else ""
            yield f"{name + ':':<15}{value}{origin}"


def _decisions(log: Log) -> Iterator[str]:
    for step, decisions in groupby(log.decisions, key=lambda decision: decision.step):
        yield f"[{step}]"
        for decision in decisions:
            yield f"  {'+' if decision.kept else '-'} {decision.what}"
            yield f"      {decision.why}"


def _verdict(article: Article) -> Iterator[str]:
    yield f"verdict: {article.verdict}{' — ' + article.reason if article.reason else ''}"
    yield f"kept: {article.kept_share:.0%} of the page's running text, {article.word_count:,} words"
    for appended in article.appended:
        yield f"appended article: {appended.title} {appended.url}".rstrip()


def _text(article: Article) -> Iterator[str]:
    yield "[text]"
    yield plain_text(article.blocks, captions=True)
