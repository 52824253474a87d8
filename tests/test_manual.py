"""The manual: complete, and telling of the code there is."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

import reader.manual
from reader.cli.catalogue import BY_NAME
from reader.cli.parser import build_parser
from reader.document import Code, Heading, ListBlock, Mark, Paragraph, Span, Table, plain_text
from reader.manual import TOPICS, page, source, topics
from reader.manual.markdown import to_blocks

from .manual_tables import with_tables


@pytest.mark.parametrize("topic", TOPICS)
def test_every_page_begins_with_its_title_and_has_up_to_date_tables(topic: str) -> None:
    assert page(topic).startswith("# ")
    assert source(topic) == with_tables(source(topic)), "python -m tests.manual_tables"


def test_every_page_is_listed() -> None:
    there = {path.stem for path in Path(reader.manual.__file__).parent.glob("*.md")}
    assert there == set(topics())


def test_pages_name_only_pages_there_are() -> None:
    for topic in TOPICS:
        for named in re.findall(r"(?:see|page) \*([\w-]+)\*", page(topic)):
            assert named in TOPICS, (topic, named)


def shown_commands() -> list[str]:
    """Return every command line of ours that the manual shows."""
    found = []
    for topic in TOPICS:
        for line in page(topic).splitlines():
            if line.startswith("| `broadsheet"):
                continue  # the table of commands names them without what they take
            spans = re.findall(r"`([^`]+)`", line)
            typed = [line.strip()] if line.startswith("    ") else spans
            for text in typed:
                for part in re.split(r"\s\|\s", text):
                    at = part.find("broadsheet ")
                    if at >= 0 and re.match(r"broadsheet [a-z]+", part[at:]):
                        found.append(re.sub(r"\s+#.*|\s\\$", "", part[at:]))
    return found


@pytest.mark.parametrize("line", sorted(set(shown_commands())))
def test_every_command_the_manual_shows_makes_sense(line: str) -> None:
    _, name, *words = shlex.split(line)
    if "--help" in words:
        return
    build_parser(BY_NAME[name]).parse_args(words)


def test_there_are_commands_in_the_manual() -> None:
    assert len(shown_commands()) > 20


@pytest.mark.parametrize("topic", TOPICS)
def test_every_page_is_set_with_all_its_words(topic: str) -> None:
    words = re.compile(r"[^\W\d_]{2,}")
    set_words = words.findall(plain_text(reader.manual.article(topic).blocks))
    assert set_words == words.findall(page(topic).partition("\n")[2])


def test_markdown_becomes_blocks() -> None:
    text = "# T\n\n## H\n\nA `b` **c** *d*\n\n- one\n- two\n\n1. x\n\n    code\n\n    more\n\n| a | b |\n|---|---|\n| 1 | `\\|` |\n"
    heading, paragraph, bullets, numbers, code, table = to_blocks(text)
    assert heading == Heading(2, (Span("H"),))
    assert paragraph == Paragraph(
        (
            Span("A "),
            Span("b", Mark.CODE),
            Span(" "),
            Span("c", Mark.STRONG),
            Span(" "),
            Span("d", Mark.EMPHASIS),
        )
    )
    assert isinstance(bullets, ListBlock)
    assert (len(bullets.items), bullets.ordered) == (2, False)
    assert isinstance(numbers, ListBlock)
    assert numbers.ordered
    assert code == Code("code\n\nmore\n")
    assert isinstance(table, Table)
    assert table.rows[1][1].spans == (Span("|", Mark.CODE),)
