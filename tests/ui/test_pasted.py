"""What is pasted is text, whatever is in it; what is typed is keys, in whatever pieces both come."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.ui.pasted import BEGIN, END, MOST_CHARACTERS, Pasted, Pastes

CHARACTERS = st.text("ab\x1b[20~\r\n", max_size=12).filter(lambda text: BEGIN not in text and END not in text)


def parts(*pieces: str) -> list[str | Pasted]:
    """Return what pieces come to; typed text in one, however it came."""
    pastes, found = Pastes(), list[str | Pasted]()
    for part in [*(part for piece in pieces for part in pastes.feed(piece)), pastes.release()]:
        if isinstance(part, str) and found and isinstance(found[-1], str):
            found[-1] += part
        elif part:
            found.append(part)
    return found


def test_an_escape_in_a_pasted_text_is_a_part_of_it() -> None:
    assert parts(f"j{BEGIN}\x1b[31mred\x1b[0m\r\ndA{END}k") == ["j", Pasted("\x1b[31mred\x1b[0m\r\ndA"), "k"]


def test_an_escape_by_itself_is_a_key_when_nothing_follows_it() -> None:
    pastes = Pastes()
    assert list(pastes.feed("\x1b")) == []
    assert pastes.release() == "\x1b"
    assert pastes.release() == ""


def test_a_key_whose_sequence_begins_like_the_mark_is_a_key() -> None:
    assert parts("\x1b[2", "~") == ["\x1b[2~"]


def test_of_an_endless_paste_no_more_is_kept_than_any_field_takes() -> None:
    (found,) = parts(BEGIN, "x" * MOST_CHARACTERS, "more", END)

    assert found == Pasted("x" * MOST_CHARACTERS)


@given(st.data(), CHARACTERS, CHARACTERS, CHARACTERS)
def test_however_it_is_cut_what_was_typed_and_pasted_stays_apart(
    data: st.DataObject, before: str, pasted: str, after: str
) -> None:
    whole = f"{before}.{BEGIN}{pasted}.{END}{after}"
    cuts = sorted(data.draw(st.sets(st.integers(0, len(whole)))))
    pieces = [whole[start:end] for start, end in zip([0, *cuts], [*cuts, len(whole)], strict=True)]

    assert parts(*pieces) == [f"{before}.", Pasted(f"{pasted}."), *([after] if after else [])]
