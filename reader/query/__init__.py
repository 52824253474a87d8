"""The query language: one for the search bar, saved views, counts, rules, bulk commands and the command line.

    parse      a person's text to a syntax tree, errors with their column
    unparse    a syntax tree to its canonical text
    complete   what could stand at the cursor
    tree       the syntax tree
    fields     the table of fields, from which the manual's is made
    values     words, quotations, patterns, ranges, and what each field takes of them
    dates      dates as a person writes them
    words      text to the words that are indexed and looked for

Pure: nothing here knows the library. ``store.compile`` makes SQL of a tree.
"""

from .complete import Completion, Names, complete
from .parse import parse
from .tree import Query
from .unparse import quote, unparse

__all__ = ["Completion", "Names", "Query", "complete", "parse", "quote", "unparse"]
