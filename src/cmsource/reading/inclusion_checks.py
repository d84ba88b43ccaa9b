"""Checks of what is included: that it is paid for, and counted as the work itself is."""

from collections.abc import Iterator

from cmsource.reading.billers import billers, key_at
from cmsource.reading.finding import Finding, Read
from cmsource.scenario.provider import PACKS
from cmsource.values.language import say
from cmsource.values.quantities import Hours, in_full
from cmsource.values.text import shown
from cmsource.values.written import written


def inclusions_count_as_needs_do(read: Read) -> Iterator[Finding]:
    """Of work in hours, hours are included; of what is counted, so many."""
    if read.needs is None:
        return
    in_units = {each.name for each in read.needs.in_units()}
    for path, source in billers(read):
        if source.software:
            continue
        for name, said in source.included.items():
            here = f"{path}.included.{name}"
            at = key_at(source, f"included.{name}", read, path)
            if isinstance(said, Hours) and (name == source.answers or name in in_units):
                message = say(
                    "`{here}`: what is included of {name} is counted, not timed",
                    here=here,
                    name=shown(name),
                )
                hint = say("write {name}: 12/month, or hours: for time of work", name=name)
                yield Finding("E204", message, at, hint, here)
            elif isinstance(said, float) and said and name in read.needs.work.keys() - in_units:
                message = say(
                    "`{here}` counts {name}, which `needs.work` has in hours",
                    here=f"{path}.included",
                    name=shown(name),
                )
                hours = written(f"{in_full(said)} h/month")
                hint = say("write `{name}: {hours}`", name=name, hours=hours)
                yield Finding("E221", message, at, hint, here)


def inclusions_are_paid_for(read: Read) -> Iterator[Finding]:
    """What is included is part of something that is paid."""
    for path, source in billers(read):
        said = source.origins.get("included")
        paid = {"retainer", "packages", *PACKS} & set(source.origins)
        nothing = all(_is_nothing(each) for each in source.included.values())
        if said is None or said.fact is not None or paid or nothing:
            continue
        if source.software:  # a vendor may give the first ones away
            continue
        message = say("`{path}` includes something, and has no retainer or package", path=path)
        hint = say("write retainer: and what it costs a month, or leave out what is included")
        code = "W432" if "" in source.included else "E222"  # hours alone were always taken
        yield Finding(
            code, message, key_at(source, "included", read, path), hint, f"{path}.included"
        )


def _is_nothing(included: object) -> bool:
    return getattr(included, "amount", included) == 0
