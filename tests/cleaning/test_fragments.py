"""Feed HTML and plain text go through the same blocks as pages."""

from __future__ import annotations

from reader.cleaning import clean_fragment, clean_text
from reader.document import (
    Code,
    Definition,
    DefinitionList,
    Figure,
    Footnote,
    Heading,
    ListBlock,
    Mark,
    Paragraph,
    Quote,
    Rule,
    Span,
    Table,
    plain_text,
)

from .invented import ADDRESS, OTHER_TITLE, OTHERS, OURS, TITLE


def par(text: str) -> Paragraph:
    return Paragraph((Span(text),))


def test_a_fragment_keeps_its_lists_with_their_numbers_and_nesting() -> None:
    blocks = clean_fragment(
        '<ol start="3"><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ol>', ADDRESS
    )

    assert blocks == (
        ListBlock(((par("a"), ListBlock(((par("b"),),))), (par("c"), par("d"))), ordered=True, start=3),
    )


def test_a_fragment_keeps_quotes_code_tables_terms_and_breaks() -> None:
    html = (
        "<h1>H</h1><blockquote><p>q</p></blockquote><hr><pre class='brush: python'>if a:\n\tb</pre>"
        "<table><tr><th>a</th><th>b</th></tr><tr><td colspan=2>c</td><td>d</td></tr></table><dl><dt>t</dt><dd>m</dd></dl>"
    )
    heading, quote, rule, code, table, terms = clean_fragment(html, ADDRESS)

    assert heading == Heading(2, (Span("H"),))
    assert quote == Quote((par("q"),))
    assert rule == Rule()
    assert code == Code("if a:\n\tb", "python")
    assert isinstance(table, Table)
    assert [[(cell.header, cell.colspan) for cell in row] for row in table.rows] == [
        [(True, 1), (True, 1)],
        [(False, 2), (False, 1)],
    ]
    assert terms == DefinitionList((Definition((Span("t"),), (par("m"),)),))


def test_marks_combine_and_white_space_stands_outside_those_that_begin_or_end_at_it() -> None:
    blocks = clean_fragment("<p class=x>a<b> b <i>c</i></b> d<sup>2</sup></p>", ADDRESS)

    assert blocks == (
        Paragraph(
            (
                Span("a "),
                Span("b ", Mark.STRONG),
                Span("c", Mark.STRONG | Mark.EMPHASIS),
                Span(" d"),
                Span("2", Mark.SUP),
            )
        ),
    )


def test_a_link_with_a_mark_inside_it_stays_one_link_and_two_beside_each_other_stay_two() -> None:
    blocks = clean_fragment(
        '<p>On <a href="/a">the <i>lamp</i> oil</a> <a href="/a">again</a><a href="/b"> and on</a></p>',
        ADDRESS,
    )

    a, b = "https://news.example/a", "https://news.example/b"
    assert blocks == (
        Paragraph(
            (
                Span("On "),
                Span("the ", href=a),
                Span("lamp", Mark.EMPHASIS, a),
                Span(" oil", href=a),
                Span(" "),
                Span("again", href=a),
                Span(" "),
                Span("and on", href=b),
            )
        ),
    )


def test_one_break_is_a_new_line_and_two_are_a_new_paragraph() -> None:
    assert clean_fragment("<div>a<br>b<br><br>c</div>", ADDRESS) == (par("a\nb"), par("c"))


def test_a_break_in_a_link_parts_it_no_more_than_a_space_does() -> None:
    assert clean_fragment('<p><a href="/a">one<br> two</a></p>', ADDRESS) == (
        Paragraph((Span("one\ntwo", href="https://news.example/a"),)),
    )


def test_pictures_players_and_embedded_posts_become_figures_and_quotes() -> None:
    html = (
        '<figure><img src="/a.jpg" alt="A" width="640px"><figcaption>Under it <span class="credit">Ada Moss</span></figcaption></figure>'
        '<iframe src="https://video.example/7" title="A film"></iframe><video><source src="/v.mp4">No video</video>'
        '<blockquote class="chirper-post"><p>Hello</p></blockquote>'
    )
    picture, film, video, post = clean_fragment(html, ADDRESS)

    assert picture == Figure("https://news.example/a.jpg", "A", (Span("Under it"),), "Ada Moss", width=640)
    assert film == Figure("https://video.example/7", "A film", kind="embed")
    assert video == Figure("https://news.example/v.mp4", kind="video")
    assert post == Quote((par("Hello"),), embedded=True)


def test_a_footnote_is_kept_with_its_label_and_referred_to_by_it() -> None:
    html = (
        '<p>Oil<sup id="r1"><a href="#fn1">[1]</a></sup> burns.</p><section class="footnotes"><ol><li id="fn1"><p>Slowly. '
        '<a href="#r1">↩</a></p></li></ol></section>'
    )

    assert clean_fragment(html, ADDRESS) == (
        Paragraph((Span("Oil"), Span("[1]", Mark.SUP, "#1"), Span(" burns."))),
        Footnote("1", (par("Slowly."),)),
    )


def test_a_note_s_ways_back_to_several_places_are_no_text_of_it() -> None:
    html = (
        '<p>Oil<sup id="r1"><a href="#n2">[n 2]</a></sup> burns<sup id="r2"><a href="#n2">[n 2]</a></sup>.</p>'
        '<ol><li id="n2"><span>^ <a href="#r1"><i>a</i></a> <a href="#r2"><i>b</i></a></span> Slowly, <a href="#x">below</a>.</li></ol>'
    )

    assert clean_fragment(html, ADDRESS)[1:] == (Footnote("n 2", (par("Slowly, below."),)),)


def test_a_list_of_very_many_notes_stays_a_list() -> None:
    numbers = range(1, 41)
    marks = "".join(f'Oil<sup id="r{n}"><a href="#n{n}">[{n}]</a></sup> ' for n in numbers)
    notes = "".join(f'<li id="n{n}"><a href="#r{n}">^</a> Source {n}.</li>' for n in numbers)
    text, sources = clean_fragment(f"<p>{marks}</p><ol>{notes}</ol>", ADDRESS)

    assert isinstance(text, Paragraph)
    assert text.spans[:2] == (Span("Oil"), Span("[1]", Mark.SUP))
    assert sources == ListBlock(tuple((par(f"Source {n}."),) for n in numbers), ordered=True)


def test_pictures_in_a_data_table_stand_after_it() -> None:
    html = (
        '<table><tr><th>Lamp</th><td>Oil <img src="/oil.jpg" alt="A lamp"><img src="/i.png" width="16"></td></tr>'
        "<tr><th>Pole</th><td>None</td></tr></table>"
    )
    table, picture = clean_fragment(html, ADDRESS)

    assert isinstance(table, Table)
    assert picture == Figure("https://news.example/oil.jpg", "A lamp")


def test_a_script_s_data_in_the_place_of_a_picture_s_address_is_none() -> None:
    html = """<img data-src='{"default": {"src": "/b.jpg"}}' src="/a.jpg" alt="A"><img src="{{ picture }}" alt="B">"""

    assert clean_fragment(html, ADDRESS) == (Figure("https://news.example/a.jpg", "A"),)


def test_what_blog_software_puts_below_an_entry_is_left_out() -> None:
    html = f'<p>{OURS[0]}</p><p>The post <a href="/x">{TITLE}</a> appeared first on <a href="/">The Post</a>.</p>'

    assert plain_text(clean_fragment(html, ADDRESS)) == OURS[0]


def test_hidden_things_scripts_and_counting_pixels_of_a_feed_are_left_out() -> None:
    html = (
        '<p>a</p><script>x</script><style>y</style><div style="display:none">z</div><p hidden>w</p>'
        '<img src="https://count.example/p.gif" width="1" height="1"><form><button>Go</button></form>'
    )

    assert clean_fragment(html, ADDRESS) == (par("a"),)


def test_a_feed_that_sends_plain_text_gets_paragraphs() -> None:
    assert clean_fragment("one\n\ntwo", ADDRESS) == (par("one"), par("two"))


def test_a_plain_text_has_its_first_line_as_title_and_its_lines_as_paragraphs() -> None:
    article = clean_text("\n\n".join((TITLE, *OURS)))

    assert article.title == TITLE
    assert plain_text(article.blocks).split("\n") == list(OURS)


def test_a_plain_text_wrapped_at_a_column_is_unwrapped() -> None:
    wrapped = "The lamps burn oil, as they always did, because the guild of\nkeepers would hear of nothing else, and because the council\nfound no money for the cable that engineers had drawn in red\nin every plan."

    assert plain_text(clean_text(f"{wrapped}\n\n{wrapped.replace('oil', 'fat')}").blocks).split("\n") == [
        wrapped.replace("\n", " "),
        wrapped.replace("\n", " ").replace("oil", "fat"),
    ]


def test_the_markdown_of_a_plain_text_is_understood() -> None:
    text = f"# {TITLE}\n\n{OURS[0]}\n\n## Oil\n\n- one\n- two\n\n7. seven\n8. eight\n\n> said\n> so\n\n```python\nif a < b:\n\tpass\n```\n\nA **bold** word, an *odd* one, `code` and [a link](https://x.example/y).\n\n{OURS[1]}"
    blocks = clean_text(text).blocks

    assert blocks[1:6] == (
        Heading(2, (Span("Oil"),)),
        ListBlock(((par("one"),), (par("two"),))),
        ListBlock(((par("seven"),), (par("eight"),)), ordered=True, start=7),
        Quote((par("said so"),)),
        Code("if a < b:\n\tpass", "python"),
    )
    assert blocks[6] == Paragraph(
        (
            Span("A "),
            Span("bold", Mark.STRONG),
            Span(" word, an "),
            Span("odd", Mark.EMPHASIS),
            Span(" one, "),
            Span("code", Mark.CODE),
            Span(" and "),
            Span("a link", href="https://x.example/y"),
            Span("."),
        )
    )


def test_an_article_appended_to_a_plain_text_is_offered_apart() -> None:
    text = "\n\n".join((TITLE, *OURS, OTHER_TITLE, "TT", "20", OTHER_TITLE, *OTHERS))
    article = clean_text(text)

    assert plain_text(article.blocks).split("\n") == list(OURS)
    assert [(other.title, plain_text(other.blocks).split("\n")) for other in article.appended] == [
        (OTHER_TITLE, list(OTHERS))
    ]


def test_each_line_of_code_is_a_line_however_it_is_marked_up() -> None:
    for html in (
        "a<br>b",
        "<div>a</div><div>b</div>",
        "<ol><li>a</li><li>b</li></ol>",
        "<p>a</p><p>b</p>",
        "a\nb",
    ):
        assert clean_fragment(f"<pre>{html}</pre>", ADDRESS) == (Code("a\nb"),)
