"""``broadsheet rules``: queries with actions that run on articles as they arrive."""

from __future__ import annotations

import argparse

from ... import rules
from ...errors import UsageError
from ...records import replace
from ...rules import Action, Event, Rule, Verb
from ...store import Connection, rulebook
from ...store.library import Library
from ..context import SESSION, Context
from ..exits import Exit
from ..output import add_format, print_columns, print_entries, print_json, print_plain

EXAMPLES = """
broadsheet rules                                      every rule, and how often it matched
broadsheet rules add Tea 'title:tea OR topic:tea' --do tag:drinks/tea --do star
broadsheet rules test 'topic:sport -feed:touchline'   what a query would match; changes nothing
broadsheet rules run Tea                              do it to what is stored already; one undo
broadsheet rules off Tea
"""

_ACTIONS = ("list", "add", "test", "run", "on", "off", "remove")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("action", nargs="?", choices=_ACTIONS, default="list", help="default: list")
    parser.add_argument(
        "word",
        nargs="*",
        metavar="NAME|QUERY",
        help="add NAME QUERY; test NAME or QUERY; run, on, off, remove NAME",
    )
    parser.add_argument(
        "--do",
        action="append",
        default=[],
        metavar="ACTION",
        help=f"add: {', '.join(verb.value for verb in Verb)}; tag:NAME, untag:NAME, run:COMMAND and notify:WORDS say what",
    )
    parser.add_argument(
        "--on-update", action="store_true", help="add: also when the text of an article changes"
    )
    parser.set_defaults(takes_query=True)
    add_format(parser)


def run(context: Context, arguments: argparse.Namespace) -> int:
    """List the rules, or make, try, apply, switch or forget one."""
    with context.library() as database:
        if arguments.action == "list":
            _list(context, arguments, database)
            return Exit.OK
        if not arguments.word:
            raise UsageError(
                f"broadsheet rules {arguments.action} takes a name; see broadsheet rules --help."
            )
        match arguments.action:
            case "add":
                _add(context, arguments, database)
            case "test":
                _test(context, arguments, database)
            case "run":
                _run(context, database, database.read_now(_named, " ".join(arguments.word)))
            case "remove":
                rule = database.read_now(_named, " ".join(arguments.word))
                assert rule.id is not None, "it is saved"
                database.write_now(rulebook.delete_rule, rule.id)
                context.say(f"Removed the rule {rule.name}; what it did stays done. It was: {rule.query}")
            case switch:
                rule = database.read_now(_named, " ".join(arguments.word))
                database.write_now(
                    rules.save, replace(rule, enabled=switch == "on"), context.now().astimezone()
                )
                context.say(f"The rule {rule.name} is {switch}.")
    return Exit.OK


def _named(db: Connection, name: str) -> Rule:
    rule = rulebook.find_rule(db, name)
    if rule is None:
        raise UsageError(f'There is no rule "{name}". broadsheet rules lists them.')
    return rule


def _add(context: Context, arguments: argparse.Namespace, database: Library) -> None:
    name, *query = arguments.word
    if not query:
        raise UsageError("broadsheet rules add takes a NAME and a QUERY.")
    events = frozenset(Event) if arguments.on_update else frozenset({Event.NEW})
    rule = Rule(name, " ".join(query), tuple(map(rules.read_action, arguments.do)), events)
    now = context.now().astimezone()
    found = database.read_now(rules.trial, rule, now)
    database.write_now(rules.save, rule, now)
    context.say(
        f"Saved the rule {name}: it acts on what arrives from now on. {found.count:,} stored articles match; "
        f"broadsheet rules run '{name}' acts on them too."
    )


def _test(context: Context, arguments: argparse.Namespace, database: Library) -> None:
    """List the newest that a rule, or a query that might become one, would match."""
    text = " ".join(arguments.word)
    saved = database.read_now(rulebook.find_rule, text)
    rule = saved or Rule("this query", text, (Action(Verb.READ),))
    now = context.now().astimezone()
    found = database.read_now(rules.trial, rule, now)
    print_entries(context.out, found.sample, arguments, now)
    context.say(
        f"{found.count:,} stored articles match, the newest {len(found.sample)} are shown; nothing was changed."
    )


def _run(context: Context, database: Library, rule: Rule) -> None:
    step = database.write_now(rules.apply_to_stored, rule, session=SESSION, now=context.now().astimezone())
    context.say(f"{step.label}. broadsheet undo {step.id} takes it back." if step else "Nothing changed.")


def _list(context: Context, arguments: argparse.Namespace, database: Library) -> None:
    found = database.read_now(rulebook.all_rules)
    records = database.read_now(rulebook.records)
    rows = []
    for rule in found:
        assert rule.id is not None, "it is saved"
        record = records[rule.id]
        actions = [
            action.verb.value + (f":{action.argument}" if action.argument else "") for action in rule.actions
        ]
        if arguments.json:
            value = {
                "name": rule.name,
                "query": rule.query,
                "actions": actions,
                "events": sorted(event.value for event in rule.events),
                "enabled": rule.enabled,
                "mute": rule.mute,
                "until": rule.until.isoformat() if rule.until else None,
                "hits": record.hits,
                "last": record.last.isoformat() if record.last else None,
                "error": rule.error,
            }
            print_json(context.out, value)
        elif arguments.plain:
            print_plain(context.out, (rule.name, rule.enabled, record.hits, ",".join(actions), rule.query))
        else:
            state = rule.error or ("" if rule.enabled else "off")
            rows.append((rule.name, f"{record.hits:,} hits", " ".join(actions), rule.query, state))
    if rows:
        print_columns(context.out, rows, right=(1,))
