"""The SQL of a query finds what the query means, whichever way it is planned."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import QueryError
from reader.query import parse, unparse
from reader.query.tree import Node, Query, SortKey
from reader.store import plan, search
from reader.store.compile import SORTED_BY, Compiled, compile_query
from reader.store.conditions import All, Lookup
from reader.store.drain import index_apart
from reader.store.match import exactly
from reader.store.sizes import Sizes
from reader.store.steps import Bounds, Plan

from ..query import texts
from .builders import NOW, memory
from .naive import World, found
from .random_library import VIEWS, Library, make_library, nodes

WORLD = World(NOW, VIEWS)
seeds = st.integers(0, 5)
_made: dict[int, Library] = {}


def library_of(seed: int) -> Library:
    """Return the library of a seed; it is made once, for making it takes longer than any search in it."""
    if seed not in _made:
        _made[seed] = make_library(seed)
    return _made[seed]


@pytest.fixture(scope="module", autouse=True)
def _closed() -> Iterator[None]:
    yield
    for library in _made.values():
        library.db.close()
    _made.clear()


def compiled(query: Query) -> Compiled:
    return compile_query(query, now=NOW, views=VIEWS, strict=False)


def expected(query: Query, library: Library) -> list[int]:
    """Return the ids that the query means, newest first."""
    return [record.id for record in found(query, library.records, WORLD)]


@given(nodes, seeds)
def test_a_query_finds_what_it_means(node: Node, seed: int) -> None:
    library, query = library_of(seed), parse(unparse(Query(node)))
    ids = expected(query, library)
    ready = compiled(query)
    assert list(search.ids(library.db, ready)) == ids
    sql, values = ready.ids_sql()
    assert [id_ for (id_,) in library.db.execute(sql, values)] == ids


@given(nodes, seeds, st.integers(1, 12))
def test_a_search_finds_the_newest_and_counts_the_rest(node: Node, seed: int, limit: int) -> None:
    library, query = library_of(seed), Query(node)
    ids = expected(query, library)
    result = search.find(library.db, compiled(query), limit)
    assert list(result.ids) == ids[:limit]
    assert (result.total, result.capped) == (len(ids), False)


@given(nodes, seeds, st.sampled_from((None, 3)), st.booleans())
def test_every_way_to_the_rows_leads_to_the_same(
    node: Node, seed: int, limit: int | None, newest: bool
) -> None:
    library, query = library_of(seed), Query(node)
    ids = expected(query, library)
    wanted = (ids if newest else ids[::-1])[:limit]
    condition = compiled(query).condition
    parts = condition.parts if isinstance(condition, All) else (condition,)
    planner = plan._Planner(library.db, Sizes(library.db), limit, newest, exactly)
    bounds = plan._narrowed(Bounds(), parts)
    apart = planner._displaced(parts, Bounds()) if bounds else None
    possible = not any(planner.sizes.is_nothing(part) for part in parts)
    for way in planner._ways(parts) if possible else ():
        for lookup in Lookup:
            others = [part for part in parts if part not in way.covers]
            one = planner._checking(way, others, bounds, lookup, 1.0, 1.0, 1.0)
            steps = (*one.steps, apart) if apart else one.steps
            assert list(Plan(steps, 0.0).ids(library.db, limit, newest=newest)) == wanted, way.table
    for number, part in enumerate(parts) if possible else ():
        rest = (*parts[:number], *parts[number + 1 :])
        branched = planner._branched(part, rest, Bounds(), 1e12)
        if branched is not None:
            assert list(branched.ids(library.db, limit, newest=newest)) == wanted


@given(texts.noise, seeds)
def test_whatever_is_typed_is_searched_or_refused_in_a_sentence(text: str, seed: int) -> None:
    library = library_of(seed)
    try:
        result = search.find(library.db, compiled(parse(text)), 5)
    except QueryError as error:
        refused = str(error)
        assert refused.endswith((".", "?"))
        assert "sqlite" not in refused.lower()
    else:
        assert result.total <= len(library.records)


@given(nodes, seeds)
def test_an_index_of_its_own_answers_like_the_librarys(node: Node, seed: int) -> None:
    library = library_of(seed)
    index_apart(library.db, [record.id for record in library.records], "fresh")  # type: ignore[misc]
    where, values = compiled(Query(node)).where(index="fresh")
    sql = f"SELECT entry_id FROM state JOIN entry ON entry.id = entry_id WHERE {where} ORDER BY entry_id DESC"
    assert [id_ for (id_,) in library.db.execute(sql, values)] == expected(Query(node), library)


@given(nodes, seeds, st.integers(1, 5))
def test_pages_behind_one_another_are_the_list(node: Node, seed: int, size: int) -> None:
    library, query = library_of(seed), Query(node)
    ready = compiled(query)
    pages: list[int] = []
    while page := search.ids(library.db, ready, limit=size, after=pages[-1] if pages else None):  # type: ignore[arg-type]
        pages.extend(page)
    assert pages == expected(query, library)


@pytest.mark.parametrize("text", [f"{sign}{key}" for sign in ("", "-") for key in SORTED_BY])
@pytest.mark.parametrize("limit", [None, 4])
def test_a_sorted_search_is_in_the_order_of_the_sql(text: str, limit: int | None) -> None:
    library = library_of(1)
    for where in ("", "rust", "is:unread"):
        ready = compiled(parse(f"{where} sort:{text}"))
        sql, values = ready.ids_sql()
        wanted = [id_ for (id_,) in library.db.execute(sql, values)]
        assert list(search.ids(library.db, ready, limit=limit)) == wanted[:limit]


def test_the_second_key_sorts_what_the_first_leaves_equal() -> None:
    library = library_of(1)
    ready = compiled(parse("sort:feed,-words"))
    by_id = {record.id: record for record in library.records}
    listed = [by_id[id_] for id_ in search.ids(library.db, ready)]
    assert listed == sorted(listed, key=lambda record: (record.feed.lower(), -record.words))


def test_the_limit_of_a_query_holds_everywhere() -> None:
    library = library_of(2)
    ready = compiled(parse("limit:3"))
    newest = [record.id for record in found(Query(), library.records, WORLD)][:3]
    assert list(search.ids(library.db, ready)) == newest
    result = search.find(library.db, ready, 50)
    assert (list(result.ids), result.total, result.capped) == (newest, 3, False)
    assert library.db.execute(*_select(ready)).fetchall() == [(id_,) for id_ in newest]


def _select(ready: Compiled) -> tuple[str, tuple[object, ...]]:
    sql, values = ready.ids_sql()
    return sql, values


def test_a_name_that_is_no_field_is_an_error_with_the_nearest_or_is_searched_as_text() -> None:
    with pytest.raises(QueryError) as raised:
        compile_query(parse("rust titel:x"), now=NOW)
    assert raised.value.column == 5
    assert "Did you mean title:?" in str(raised.value)
    lenient = compile_query(parse("rust titel:x"), now=NOW, strict=False)
    assert lenient.notes == ("There is no operator titel:, so it was searched as text. Did you mean title:?",)
    assert lenient.terms == ("rust", "titel x")


def test_a_view_that_contains_itself_is_refused() -> None:
    views = {"a": "x OR @B", "b": "-@A"}
    with pytest.raises(QueryError, match="contains itself") as raised:
        compile_query(parse("go @a"), now=NOW, views=views)
    assert raised.value.column == 3
    assert compile_query(parse("@c @c"), now=NOW, views={"c": "x"}).terms == ("x",)


def test_an_unknown_view_is_an_error_or_text() -> None:
    with pytest.raises(QueryError, match="no view called morning"):
        compile_query(parse("@morning"), now=NOW)
    assert compile_query(parse("@morning"), now=NOW, strict=False).terms == ("morning",)


def test_views_that_multiply_are_stopped() -> None:
    views = {f"v{number}": " ".join([f"@v{number + 1}"] * 5) for number in range(8)} | {"v8": "x"}
    with pytest.raises(QueryError, match="more than"):
        compile_query(parse("@v0"), now=NOW, views=views)


def test_a_view_that_cannot_be_read_is_named() -> None:
    with pytest.raises(QueryError, match="In the view broken: This quotation"):
        compile_query(parse("@broken"), now=NOW, views={"broken": '"x'})


def test_signs_alone_are_left_out_with_a_note() -> None:
    ready = compile_query(parse('rust "🎉" -"—"'), now=NOW)
    assert ready.terms == ("rust",)
    assert len(ready.notes) == 1


def test_words_under_a_negation_are_not_highlighted() -> None:
    assert compile_query(parse('"two words" pre* -bad title:Café url:x'), now=NOW).terms == (
        "two words",
        "pre*",
        "cafe",
    )


def test_a_site_needs_a_host() -> None:
    with pytest.raises(QueryError, match="no host name"):
        compile_query(parse('site:"///"'), now=NOW)


def test_the_deepest_and_the_longest_query_can_be_run() -> None:
    db = memory()
    for text in (
        "(" * 20 + "a b" + " c)" * 20,
        " OR ".join(f'("{number}" -x is:unread)' for number in range(80)),
        "".join("(a | (b " for _ in range(9)) + "z" + "))" * 9,
        " ".join(f"-(x{number} y)" for number in range(120)),
        "tag:" + ",".join(map(str, range(240))),
        "id:" + ",".join(map(str, range(2_000))),
        "-" * 50 + "x",
        "@many",
    ):
        views = {
            "many": "@some @some @some",
            "some": " OR ".join(f"-(title:{n} is:read)" for n in range(120)),
        }
        ready = compile_query(parse(text), now=NOW, views=views)
        search.find(db, ready, 50)
        db.execute(*_select(ready))
    db.close()


def test_sort_keys_of_the_language_have_an_order() -> None:
    from reader.query.fields import SORT_KEYS

    assert {*SORTED_BY, "relevance"} == set(SORT_KEYS)
    assert compiled(parse("x sort:relevance")).ranked
    assert compiled(Query(sort=(SortKey("added"),))).sort == (SortKey("added"),)
