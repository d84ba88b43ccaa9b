"""The completed tree of a file to a `Scenario`, and to the tree with every default spelled out."""

from collections.abc import Mapping
from typing import Any

from cmsource.countries import NO_COUNTRY
from cmsource.reading.assumptions import assumptions
from cmsource.reading.checks import run_checks
from cmsource.reading.completion import Completed
from cmsource.reading.expectations import ExpectationReader
from cmsource.reading.finding import Read, every_use, names_used
from cmsource.reading.inputs import given_values
from cmsource.reading.market import prices_to_give
from cmsource.reading.options import OptionReader
from cmsource.reading.records import RecordReader
from cmsource.reading.report import Report
from cmsource.reading.sources import SourceReader
from cmsource.scenario.node import Node, Tree
from cmsource.scenario.provenance import Origins
from cmsource.scenario.record import keys_of
from cmsource.scenario.scenario import Scenario, ScenarioKeys
from cmsource.scenario.source import Source
from cmsource.values.language import both, counted, say

_FULL_ORDER = (
    *(
        "name",
        "language",
        "country",
        "currency",
        "horizon",
        "start",
        "region",
        "prices",
        "company",
        "own_time",
        "needs",
    ),
    *("require", "context", "tools", "sources", "options", "expect"),
)
"""The keys of a scenario in the order in which people read one."""

_READ_APART = ("brands", "sources", "options", "expect")
"""Keys at the top whose values rest on others: they have readings of their own."""


def assemble(whole: Completed, file: str, report: Report) -> tuple[Scenario | None, Node]:
    """Check every value of a scenario, one by one and against each other.

    Args:
        whole: the scenario.
        file: its file as the user named it.
        report: receives what is wrong.

    Returns:
        The scenario, None when something is wrong with it, and its tree in full, every default
        spelled out, as far as it can be read.
    """
    tree, country = whole.tree, None if whole.country is None else whole.country.country
    everything = whole.given.replaced(tree)
    records = RecordReader(whole.currency, report)
    values = _values(tree, records)
    given = tree.get("sources")
    if given is not None:
        hint = say("write cm: {kind: employee}")
        if not records.is_map(given, "sources", "names", hint):
            return None, everything
    sources = SourceReader(records, whole.filled_source, {} if given is None else given.given())
    options = OptionReader(sources, values.get("horizon") or 24.0)
    values["sources"] = sources.read
    values["options"] = options.options(tree["options"])
    if not options.broken and not values["options"]:
        message = say("there is no option to compare")
        report.add("E308", message, tree["options"], say("write hire: [cm]"), "options")
    names = [name for name, _ in tree["options"].items()]
    expectations = ExpectationReader(records, whole.currency, names)
    values["expect"] = expectations.expectations(tree.get("expect"))
    full = _in_full(whole, sources, options)
    read = Read(
        everything,
        country,
        values.get("needs"),
        values.get("require"),
        options.horizon,
        values["sources"],
        values["options"],
        whole.standard,
        not options.broken,
        every_use(values["sources"], values["options"]),
        names_used(values["options"]),
        report.closest,
        values.get("start"),
    )
    run_checks(read, report)
    _report_prices_to_give(whole, full, values["sources"], report)
    records.say_what_is_taken()
    if report.failed or country is None:
        return None, full
    values["country"] = "" if country.code == NO_COUNTRY else country.code
    values["currency"] = whole.currency
    values["brands"] = tuple(whole.brands)
    scenario = Scenario.model_construct(  # of values that have been checked
        **values,
        file=file,
        country_data=country,
        inputs=given_values(whole.given, whole.waiting),
        assumptions=tuple(assumptions(full, values["sources"], country, options.horizon)),
    )
    return scenario.remember(Origins(tree)), full


def _report_prices_to_give(
    whole: Completed, full: Node, sources: Mapping[str, Source], report: Report
) -> None:
    """Report, all at once, the wages and prices that neither the scenario nor its country says."""
    if whole.country is None:
        return
    own_time = whole.lacks_own_time and any(each.takes_own_time for each in sources.values())
    keys = prices_to_give(full, whole.country, own_time=own_time, short=whole.short)
    if not keys:
        return
    country = whole.country.country
    at = whole.tree["currency" if country.code == NO_COUNTRY else "country"]
    names = both([f"`{key}`" for key in keys])
    hint = counted(
        len(keys),
        "write it into the scenario, in {currency}",
        "write them into the scenario, in {currency}",
        currency=country.currency,
    )
    if country.code == NO_COUNTRY:
        message = say("without a country, {names} cannot be guessed", names=names)
        hint = say(
            "{hint}, or say `country`; the rest is taken from neutral assumptions", hint=hint
        )
    else:
        message = say(
            "{name} ({code}) says nothing of {names}",
            name=country.name,
            code=country.code,
            names=names,
        )
    report.add("E211", message, at, hint, keys[0])


def _values(tree: Tree, records: RecordReader) -> dict[str, Any]:
    """The values of the keys at the top: each that can be read, whatever the others say."""
    values: dict[str, Any] = {}
    for name, key in keys_of(ScenarioKeys).items():
        node = tree.get(name)
        if node is None or name in _READ_APART:
            continue
        value: object = None
        if key.named is not None and key.record is not None:
            value = records.map_of(key, node, name)
        elif key.record is not None:
            value = records.record(key.record, node, name)
        elif key.quantity is not None:
            value = records.value(key.quantity, node, name)
        if value is not None:
            values[name] = value
    return values


def _in_full(whole: Completed, sources: SourceReader, options: OptionReader) -> Node:
    """The tree with the defaults of all sources and options spelled out."""
    tree = whole.tree
    full = {name: tree[name] for name in _FULL_ORDER if name in tree}
    if "sources" in full:
        node = full["sources"]
        full["sources"] = node.replaced(dict(sources.filled))
    node = full["options"]
    inner = {name: options.in_full(child) for name, child in node.items()}
    full["options"] = node.replaced(inner)
    return whole.given.replaced(full)
