"""What changed between two results of a scenario, and why."""

from collections.abc import Iterable, Iterator, Mapping

from cmsource.results.comparison import Comparison
from cmsource.results.difference import Changed, Difference, Move, OptionChange, ShareChanged
from cmsource.results.entry import Entry, total_cents
from cmsource.results.option import OptionResult
from cmsource.scenario.figures import of_group
from cmsource.values.language import listed, say
from cmsource.values.money import format_money, format_number, format_share, style_for, to_cents
from cmsource.values.written import in_units

_LEAST_SHARE = 5e-7  # half of what the JSON of a result can show
_SHARED = ("of pay", "of ads")
"""Units of entries that are a share of an amount."""


def difference(old: Comparison, new: Comparison) -> Difference:
    """What changed from one result to another, and what moved it."""
    known = bool(old.inputs) and bool(new.inputs)
    return Difference(
        name=new.name,
        file=new.file,
        old_file=old.file,
        currency=new.currency,
        old_currency=old.currency,
        old_recommended=old.recommended,
        new_recommended=new.recommended,
        old_cents=_recommended_cents(old),
        new_cents=_recommended_cents(new),
        options=tuple(_options(old, new)),
        inputs=_changed(old.inputs, new.inputs) if known else (),
        assumptions=_assumptions(old, new),
        moves=_moves(old, new),
        inputs_known=known,
        labels={each.name: each.label for r in (old, new) for each in r.options.values()},
    )


def _recommended_cents(result: Comparison) -> int | None:
    chosen = result.options.get(result.recommended or "")
    return None if chosen is None else chosen.total_cents


def _options(old: Comparison, new: Comparison) -> Iterator[OptionChange]:
    for name, after in new.options.items():
        before = old.options.get(name)
        if before is None:
            yield OptionChange(name, after.label, None, after.total_cents, None, after.eligible)
            continue
        shares = tuple(_shares(before, after))
        totals = before.total_cents, after.total_cents
        eligible = before.eligible, after.eligible
        if shares or totals[0] != totals[1] or eligible[0] != eligible[1]:
            yield OptionChange(name, after.label, *totals, *eligible, shares)
    for name, before in old.options.items():
        if name not in new.options:
            yield OptionChange(name, before.label, before.total_cents, None, before.eligible, None)


def _shares(before: OptionResult, after: OptionResult) -> Iterator[ShareChanged]:
    for figure in of_group("coverage"):
        if not figure.is_judged:
            continue  # who is idle, or how busy, is no gain or loss by itself
        old, new = figure.value(before), figure.value(after)
        if old is None and new is None:
            continue
        if old is None or new is None or abs(old - new) > 2 * _LEAST_SHARE:
            shares = (None if value is None else round(value, 6) for value in (old, new))
            yield ShareChanged(figure.name, *shares)


def _changed(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Changed, ...]:
    names = [*new, *(name for name in old if name not in new)]
    return tuple(
        Changed(name, old.get(name), new.get(name))
        for name in names
        if old.get(name) != new.get(name)
    )


def _assumptions(old: Comparison, new: Comparison) -> tuple[Changed, ...]:
    """Values that are assumed differently; a new date of the same value changes nothing."""
    before = {assumption.path: assumption.value for assumption in old.assumptions}
    after = {assumption.path: assumption.value for assumption in new.assumptions}
    return _changed(before, after)


_Key = tuple[str, str, str]
_What = tuple[int, float, str, str]


def _moves(old: Comparison, new: Comparison) -> tuple[Move, ...]:
    """Costs by option, source and category that came to another sum, largest first."""
    before, after = _groups(old), _groups(new)
    moves = []
    for key in dict.fromkeys([*after, *before]):
        were, are = before.get(key, []), after.get(key, [])
        cents = total_cents(were), total_cents(are)
        if cents[0] != cents[1]:
            was, now = _most_moved(were, are)
            words = _arithmetic(was, old.currency), _arithmetic(now, new.currency)
            moves.append(Move(*key, *cents, *words))
    # the key decides among equals, so that the order of entries in a file never matters
    return tuple(sorted(moves, key=lambda move: (-abs(move.cents), move[:3])))


def _groups(result: Comparison) -> dict[_Key, list[Entry]]:
    groups: dict[_Key, list[Entry]] = {}
    for option in result.options.values():
        for entry in option.entries:
            groups.setdefault((option.name, entry.source, entry.category), []).append(entry)
    return groups


def _most_moved(were: Iterable[Entry], are: Iterable[Entry]) -> tuple[Entry | None, Entry | None]:
    """The pair of entries for the same thing in the same time whose amount differs most."""
    before = {_what(entry): entry for entry in were}
    after = {_what(entry): entry for entry in are}

    def moved(key: _What) -> int:
        was, now = before.get(key), after.get(key)
        return abs((now.cents if now else 0) - (was.cents if was else 0))

    largest = max([*after, *(key for key in before if key not in after)], key=moved)
    return before.get(largest), after.get(largest)


def _what(entry: Entry) -> _What:
    return entry.phase, entry.from_month // 12, entry.unit, entry.why


def _arithmetic(entry: Entry | None, currency: str) -> str:
    """Quantity, unit price, index and reason of an entry; "" when there is none."""
    if entry is None:
        return ""
    if not entry.unit:  # results of an early version say the reason alone
        return entry.why
    style = style_for(currency)
    count = format_number(entry.quantity, 2)
    shown, price = count, format_money(to_cents(entry.unit_price), style)
    if entry.unit in _SHARED:
        shown = format_money(to_cents(entry.quantity), style)
        price = format_share(entry.unit_price, 2)
    factors = [in_units(count, entry.unit, shown), price]
    if abs(entry.price_index - 1) > _LEAST_SHARE:
        factors.append(format_number(entry.price_index, 4))
    return say("{arithmetic}: {why}", arithmetic=listed(factors, " × "), why=entry.why)
