"""A date that can be read for certain is read; any other is no date."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.feeds.dates import EARLIEST, MAX_AHEAD, parse_date

from .documents import NOW


def at(year: int, month: int = 1, day: int = 1, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


READ = {
    # RFC 822 and its neighbours
    "Thu, 01 Jan 2004 19:48:21 GMT": at(2004, 1, 1, 19, 48, 21),
    "Thu,01 Jan 04 19:48 EST": at(2004, 1, 2, 0, 48),
    "1 Jan 2004 19:48:21 +0130": at(2004, 1, 1, 18, 18, 21),
    "Thu, 5 Apr 2012 23:47:37 +10:00": at(2012, 4, 5, 13, 47, 37),
    "Thu, 01 Jan 2004 19:48:21 PDT": at(2004, 1, 2, 2, 48, 21),
    "14 Aug 2010 14:30:00 PST": at(2010, 8, 14, 22, 30),
    "Sat, 14 Aug 2010 02:30:00 PM": at(2010, 8, 14, 14, 30),
    "Sat, 14 Aug 2010 12:05 a.m.": at(2010, 8, 14, 0, 5),
    "Mon, 6 July 2009 16:44:00 ET": at(2009, 7, 6, 20, 44),
    "Mon, 5 January 2009 16:44:00 ET": at(2009, 1, 5, 21, 44),
    "Thu, 25 Feb 2016 00:00:00 Europe/Brussels": at(2016, 2, 24, 23),
    "Tue, 31 Dec 2019 24:00:00 +0000": at(2020),
    "Sat, 31 Dec 2016 23:59:60 GMT": at(2016, 12, 31, 23, 59, 59),
    "Thursday, January 1, 2004": at(2004),
    "Jan 1st, 2004 10:00": at(2004, 1, 1, 10),
    "Thu Jan  1 19:48:21 2004": at(2004, 1, 1, 19, 48, 21),
    "Thu Jan 01 19:48:21 PST 2004": at(2004, 1, 2, 3, 48, 21),
    # ISO 8601, RFC 3339
    "2003-12-31T10:14:55Z": at(2003, 12, 31, 10, 14, 55),
    "2003-12-31T10:14:55.123+02:00": at(2003, 12, 31, 8, 14, 55),
    "2003-12-31 10:14:55 -0830": at(2003, 12, 31, 18, 44, 55),
    "20031231T101455Z": at(2003, 12, 31, 10, 14, 55),
    "2003-12-31t10:14z": at(2003, 12, 31, 10, 14),
    "2003-12": at(2003, 12),
    "2003": at(2003),
    "2003-012-31": at(2003, 12, 31),
    "2003-365": at(2003, 12, 31),
    "2003-W01-2": at(2002, 12, 31),
    "2020-11-08T16:20:00-05:00Z": at(2020, 11, 8, 21, 20),
    "2006-08-30 10:00:00 +0000 UTC": at(2006, 8, 30, 10),
    # seconds and milliseconds since 1970
    "1072915200": at(2004),
    "1072915200123": at(2004),
    # other languages
    "Mi, 5. März 2014 10:00:00 +0100": at(2014, 3, 5, 9),
    "5 de marzo de 2014": at(2014, 3, 5),
    "1er février 2014 10:00": at(2014, 2, 1, 10),
    "12 dicembre 2014": at(2014, 12, 12),
    "3 października 2014": at(2014, 10, 3),
    "пт, 24 апр 2015 10:00:00 +0300": at(2015, 4, 24, 7),
    "2004-július-13T9:15-05:00": at(2004, 7, 13, 14, 15),
    "2004년 05월 28일 13:31:15": at(2004, 5, 28, 13, 31, 15),
    "2004-05-25 오후 11:23:17": at(2004, 5, 25, 23, 23, 17),
    # numbers
    "31/12/2014 10:00": at(2014, 12, 31, 10),
    "12/31/2014": at(2014, 12, 31),
    "5.3.2014": at(2014, 3, 5),
    "2020/1/10 14:33:00": at(2020, 1, 10, 14, 33),
    "5/5/2014": at(2014, 5, 5),
    "Sat, 11 04 2020 08:51:49 +0100": at(2020, 4, 11, 7, 51, 49),
}

NO_DATE = [
    "",
    "yesterday",
    "Mon, 01 Jan 0001 00:00:00 +0000",
    "0001-01-01T00:00:00Z",
    "0000-00-00 00:00:00",
    "1970-01-01T00:00:00Z",
    "Thu, 31 Dec 1989 23:59:59 GMT",
    "2026-06-03T00:00:00Z",
    "Fri, 31 Dec 9999 23:59:59 GMT",
    "4/3/2014",
    "04-03-14",
    "Nov. 2020",
    "Thu, 01 Jan 2004 19:48:21 XYZT",
    "Thu, 01 Jan 2004 19:48:21 Nowhere/Atlantis",
    "Thu, 01 Jan 2004 19:48:21 +9900",
    "31 Feb 2014",
    "2014-13-01",
    "2014-02-30T10:00:00Z",
    "Thu, 01 Foo 2004 10:00:00 GMT",
    "99999999999999",
    "1" * 200,
]


@pytest.mark.parametrize("text", READ)
def test_a_date_is_read(text: str) -> None:
    assert parse_date(text, NOW) == READ[text]


@pytest.mark.parametrize("text", NO_DATE)
def test_what_cannot_be_read_for_certain_is_no_date(text: str) -> None:
    assert parse_date(text, NOW) is None


def test_a_publisher_may_be_a_day_ahead_and_no_more() -> None:
    assert parse_date((NOW + MAX_AHEAD).isoformat(), NOW) == NOW + MAX_AHEAD
    assert parse_date((NOW + MAX_AHEAD * 1.01).isoformat(), NOW) is None


@given(st.integers(0, int((NOW - EARLIEST).total_seconds())), st.integers(-14 * 60, 14 * 60))
def test_every_standard_form_of_an_instant_is_that_instant(seconds: int, offset: int) -> None:
    moment = (EARLIEST + timedelta(seconds=seconds)).astimezone(timezone(timedelta(minutes=offset)))
    assert parse_date(moment.isoformat(), NOW) == moment
    assert parse_date(f"{moment:%a, %d %b %Y %H:%M:%S %z}", NOW) == moment


@given(st.text(max_size=120) | st.text(alphabet="0123456789/-:. TZ+apmGJn,", max_size=40))
def test_any_text_is_a_believable_instant_or_no_date(text: str) -> None:
    moment = parse_date(text, NOW)
    assert moment is None or EARLIEST <= moment <= NOW + MAX_AHEAD
