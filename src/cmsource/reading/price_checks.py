"""Checks of prices: that they say what they count, and that there is something to count."""

from collections.abc import Iterator, Sequence

from cmsource.reading.billers import billers, key_at
from cmsource.reading.finding import Finding, Read
from cmsource.reading.inclusion_checks import inclusions_are_paid_for, inclusions_count_as_needs_do
from cmsource.scenario.biller import RESOLUTIONS, Biller
from cmsource.scenario.commitments import months_of
from cmsource.scenario.inclusion import OF_TIME
from cmsource.scenario.needs import Needs
from cmsource.scenario.provider import Provider
from cmsource.scenario.tiers import RATES, Tier
from cmsource.values.language import listed, say
from cmsource.values.quantities import Hours, in_full
from cmsource.values.text import shown
from cmsource.values.time_types import EffortOrAll
from cmsource.values.week_reader import parse_week
from cmsource.values.written import written

_WEEKENDS = parse_week("sat-sun 00:00-24:00")
_COUNTED = ("per", "packages", "included")


def _providers(read: Read) -> Iterator[tuple[str, Provider]]:
    for path, source in read.uses:
        if isinstance(source, Provider):
            yield path, source


def tiers_say_what_they_are(read: Read) -> Iterator[Finding]:
    """A price in tiers says whether each is for what falls into it or for the whole volume."""
    for path, source in billers(read):
        if source.tiers is not None:
            continue
        prices = [(key, getattr(source, key, None)) for key in RATES]
        prices += [(f"per.{name}", price) for name, price in source.per.items()]
        key = next((key for key, price in prices if _is_tiered(price)), None)
        if key is not None:
            yield Finding(
                "E220",
                say(
                    "`{path}` has tiers, and nothing says what the price of one is for",
                    path=f"{path}.{key}",
                ),
                key_at(source, key, read, path),
                say(
                    "write tiers: marginal where it is for what falls into the tier, or "
                    "tiers: whole where it is for the whole volume of the month"
                ),
                f"{path}.{key}",
            )


def _is_tiered(price: object) -> bool:
    return isinstance(price, tuple) and isinstance(price[0], Tier)


def prices_count_known_work(read: Read) -> Iterator[Finding]:
    """What has a price, a package or an inclusion is counted somewhere."""
    needs = read.needs
    if needs is None:
        return
    for path, source in billers(read):
        for key in _COUNTED:
            for name in getattr(source, key):
                if name not in ("", *OF_TIME) or (key != "included" and name != "hours"):
                    yield from _counted(name, key, f"{path}.{key}", source, needs, read, path)
                elif key == "per":
                    yield _timed(name, path, source, read)


_RATE_OF = {
    **dict.fromkeys(("hour", "hours"), "hourly_rate"),
    **dict.fromkeys(("day", "days"), "day_rate"),
    **dict.fromkeys(("week", "weeks", "month", "months", "quarter", "year"), "retainer"),
}
"""The key of the price of a time, which is no work to be counted."""


def _timed(name: str, path: str, source: Biller, read: Read) -> Finding:
    here, key = f"{path}.per", _RATE_OF[name]
    message = say("`{here}` names {name}, whose price is `{key}`", here=here, name=name, key=key)
    at = key_at(source, f"per.{name}", read, path)
    return Finding("E201", message, at, say("write {key}", key=key), f"{here}.{name}")


def _counted(
    name: str,
    key: str,
    here: str,
    source: Biller,
    needs: Needs,
    read: Read,
    path: str,
) -> Iterator[Finding]:
    counts = () if key == "included" else tuple(needs.counts)
    work = list(needs.work) if key == "included" else [each.name for each in needs.in_units()]
    known = [source.answers, *([] if source.software else work), *counts]
    if name in known:
        return
    at = key_at(source, f"{key}.{name}", read, path)
    if name in needs.work and not source.software:
        message = say(
            "`{here}` counts {name}, which `needs.work` has in hours", here=here, name=shown(name)
        )
        hint = say("write {name}: {{per_month: 12, hours_each: 1.5}} there", name=name)
        yield Finding("E221", message, at, hint, f"{here}.{name}")
        return
    if key == "per" and name in _RATE_OF and not source.software:
        yield _timed(name, path, source, read)
        return
    message = say(
        "`{here}` names {name}, which `needs` does not count", here=here, name=shown(name)
    )
    if source.software:
        message = say(
            "`{here}` names {name}, and what software does is counted in resolutions",
            here=here,
            name=shown(name),
        )
    nearest = read.closest(name, known)
    if nearest.startswith("known here") and not source.software and name != RESOLUTIONS:
        nearest = say(
            "known here: {names}; to count it, write {name}: {{per_month: 12, hours_each: 1.5}} "
            "under `needs.work`",
            names=listed(known),
            name=name,
        )
        if key == "packages":
            nearest = listed([nearest, say("or {name}: 3 under `needs.counts`", name=name)])
    yield Finding("E201", message, at, nearest, f"{here}.{name}")


def ads_are_spent_on(read: Read) -> Iterator[Finding]:
    """A fee for running ads is a share of something."""
    if read.needs is None or read.needs.ad_spend is not None:
        return
    for path, source in billers(read):
        if source.ad_spend is not None:
            message = say(
                "`{path}.ad_spend` is a share of what is spent on ads, which `needs` does not say",
                path=path,
            )
            at = key_at(source, "ad_spend", read, path)
            hint = say("write needs.ad_spend: and an amount a month, 0 where there is none")
            yield Finding("E221", message, at, hint, f"{path}.ad_spend")


def packages_say_what_is_in_them(read: Read) -> Iterator[Finding]:
    """A package by what is no work says what work it pays for, and goes on as far as it counts."""
    if read.needs is None:
        return
    counts = read.needs.counts
    for path, source in billers(read):
        for name, packages in source.packages.items():
            here = f"{path}.packages.{name}"
            at = key_at(source, f"packages.{name}", read, path)
            last = packages[-1].up_to
            if name in counts and last is not None and counts[name] > last:
                message = say(
                    "`{here}` goes up to {last}, and there are {count}",
                    here=here,
                    last=written(in_full(last)),
                    count=written(in_full(counts[name])),
                )
                hint = say("leave up_to out of the last package, or add one")
                yield Finding("E220", message, at, hint, here)
        if source.software:
            continue  # it answers whatever there is
        if source.packages and source.packages.keys() <= counts.keys() and not source.included:
            message = say("`{path}.packages` says nothing of the work that is in them", path=path)
            hint = say("write included: all, or how much: {hours: 10/month}")
            at = key_at(source, "packages", read, path)
            yield Finding("E222", message, at, hint, f"{path}.included")


def packs_have_a_price(read: Read) -> Iterator[Finding]:
    """Days or hours agreed on have one price, and what is refused is beyond something."""
    for path, source in _providers(read):
        pack = source.pack
        key = "days" if source.days is not None else "hours"
        if pack is not None and pack.amount > 0 and source.rate is None:
            message = say("`{path}.{key}` is paid at a rate, and there is none", path=path, key=key)
            hint = say("write hourly_rate or day_rate: it is that of work beyond, too")
            yield Finding("E222", message, key_at(source, key, read, path), hint, f"{path}.{key}")
        if pack is not None and pack.per == "year" and _is_tiered(_rate(source)):
            message = say(
                "`{path}.{key}` is for a year, and the tiers of a rate count a month",
                path=path,
                key=key,
            )
            hint = say("write it a month, or one price")
            yield Finding("E207", message, key_at(source, key, read, path), hint, f"{path}.{key}")
        if source.beyond == "refused":
            yield from _refusals(path, source, read)


def _rate(source: Provider) -> object:
    return getattr(source, source.rate_key)


def _refusals(path: str, source: Provider, read: Read) -> Iterator[Finding]:
    at = key_at(source, "beyond", read, path)
    if source.pack is None and not source.includes_time:
        message = say("`{path}` refuses work beyond what it does not say", path=path)
        hint = say("write days, hours or included, or max_hours for the most that it can do")
        yield Finding("E222", message, at, hint, f"{path}.beyond")
    counted = _by_the_piece(source)
    if counted:
        message = say("`{path}` refuses work beyond its hours, and bills by the piece", path=path)
        if all(isinstance(source.included.get(name), Hours) for name in counted):
            message = say(
                "`{path}` refuses work beyond its hours, and includes {name} apart from them",
                path=path,
                name=shown(counted[0]),
            )
        hint = say("leave out `beyond`; max_hours says the most that it can do")
        yield Finding("E207", message, at, hint, f"{path}.beyond")


def _by_the_piece(source: Provider) -> Sequence[str]:
    timed = {"", *OF_TIME}
    return [*source.per, *source.packages, *[name for name in source.included if name not in timed]]


def discounts_apply(read: Read) -> Iterator[Finding]:
    """A discount for a commitment that nobody makes may be a slip."""
    for path, source in billers(read):
        if source.discount and not source.commits[0]:
            least = next(iter(source.discount))
            message = say(
                "`{path}.discount` takes nothing off: min_months is {months}",
                path=path,
                months=written(in_full(source.min_months)),
            )
            at = key_at(source, "discount", read, path)
            hint = say("write min_months: {length} for it", length=least)
            yield Finding("W430", message, at, hint, f"{path}.discount")


def commitments_are_said_once(read: Read) -> Iterator[Finding]:
    """A commitment has one discount, in whatever words its length is written."""
    for path, source in billers(read):
        said: dict[float, str] = {}
        for name in source.discount:
            first = said.setdefault(months_of(name), name)
            if first != name:
                message = say(
                    "`{path}.discount` says the same length twice: {first} and {other}",
                    path=path,
                    first=shown(first),
                    other=shown(name),
                )
                at = key_at(source, f"discount.{name}", read, path)
                here = f"{path}.discount.{name}"
                yield Finding("E207", message, at, say("keep one of the two"), here)


def pieces_have_a_price_of_their_own(read: Read) -> Iterator[Finding]:
    """A price by the piece is for what is beyond a package or an inclusion, if anything can be."""
    for path, source in billers(read):
        for name in source.per:
            packages = source.packages.get(name)
            if packages is not None and packages[-1].up_to is None:
                why = say("the last package goes on for ever")
                hint = say("write up_to in the last package, or leave one of the two out")
            elif source.included.get(name) == EffortOrAll.word:
                why = say("all of them are included")
                hint = say("write how many are included, or leave one of the two out")
            else:
                continue
            here = f"{path}.per.{name}"
            message = say("`{here}` never applies: {why}", here=here, why=why)
            yield Finding("W430", message, key_at(source, f"per.{name}", read, path), hint, here)


def weekends_are_watched(read: Read) -> Iterator[Finding]:
    """A watch by the weekend is paid where there is duty at weekends."""
    if read.needs is None:
        return
    for path, source in _providers(read):
        if source.watch is None or source.watch.per != "weekend" or not source.watch.amount:
            continue
        if not source.on_duty.intersection(read.needs.cover).intersection(_WEEKENDS):
            message = say(
                "`{path}.watch` is paid by the weekend, and it watches none of the cover there",
                path=path,
            )
            at = key_at(source, "watch", read, path)
            hint = say("put its on_duty, or the cover, on Saturday or Sunday")
            yield Finding("W430", message, at, hint, f"{path}.watch")


def posts_are_counted(read: Read) -> Iterator[Finding]:
    """In-house time for each unit that goes out takes work that is counted in units."""
    needs = read.needs
    if needs is None:
        return
    published = needs.published()
    in_units = {each.name for each in needs.in_units()}
    hours = next((name for name in published if name not in in_units), None)
    if published and hours is None:
        return
    for path, source in _providers(read):
        for key in ("approval", "in_house_material"):
            record = getattr(source, key)
            if record is None or not record.minutes_each:
                continue
            here = f"{path}.{key}"
            message = say("`{here}` takes time for each unit, and nothing goes out", here=here)
            hint = say("write `posts: {per_month: 12, hours_each: 1.5}` under `needs.work`")
            if hours is not None:
                message = say(
                    "`{here}` takes time for each unit, and `needs.work` has {name} in hours",
                    here=here,
                    name=shown(hours),
                )
                hint = say("write {name}: {{per_month: 12, hours_each: 1.5}} there", name=hours)
            yield Finding("E221", message, key_at(source, key, read, path), hint, here)


PRICE_CHECKS = (
    tiers_say_what_they_are,
    prices_count_known_work,
    inclusions_count_as_needs_do,
    ads_are_spent_on,
    inclusions_are_paid_for,
    packages_say_what_is_in_them,
    packs_have_a_price,
    discounts_apply,
    commitments_are_said_once,
    pieces_have_a_price_of_their_own,
    weekends_are_watched,
    posts_are_counted,
)
"""The checks, in order."""
