"""The sources to begin with: complete, distinct, by topic, in several languages."""

from __future__ import annotations

from itertools import groupby

from reader.identity import normal_link
from reader.starters import starters
from reader.text import clean_line


def test_every_starter_has_an_address_of_its_own_and_says_what_it_is() -> None:
    listed = starters()

    assert len({normal_link(starter.url) for starter in listed}) == len(listed)
    for starter in listed:
        assert starter.url.startswith("https://")
        for text in (starter.topic, starter.title, starter.about):
            assert text
            assert clean_line(text) == text
        assert "/" not in starter.topic, "it would make two folders of one topic"


def test_the_starters_of_a_topic_stand_together() -> None:
    topics = [topic for topic, _ in groupby(starters(), key=lambda starter: starter.topic)]

    assert len(topics) == len(set(topics))


def test_there_is_something_in_many_languages_and_none_is_unknown() -> None:
    languages = {starter.language for starter in starters()}

    assert len(languages) >= 8
    assert all(len(language) == 2 and language.islower() for language in languages)


def test_a_person_who_takes_all_of_them_still_has_room_for_their_own() -> None:
    assert 20 <= len(starters()) <= 60
