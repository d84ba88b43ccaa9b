"""The tree of a country's file to its sourced values; whatever is wrong is reported in place."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from cmsource.countries import (
    CONTRACTS,
    BadCountryFile,
    Country,
    Employment,
    completed,
    schedule,
)
from cmsource.countries.facts import CountryFile, country_file
from cmsource.countries.in_force import country_of
from cmsource.reading.country_schedule import ScheduleReader
from cmsource.reading.country_values import STANDS_IN
from cmsource.reading.translate import joined
from cmsource.scenario.country_keys import NEEDED, REGION, SECTIONS, TOP
from cmsource.scenario.node import Node
from cmsource.values.language import said_by, say
from cmsource.values.money import format_shortest
from cmsource.values.text import shown

_CODE = re.compile(r"[A-Za-z]{2}(-[A-Za-z0-9]{1,3})?")
_LONGEST_CODE = 20
_REGION = "{name: Ticino}"
_REGIONS = f"{{TI: {_REGION}}}"
"""Examples, in errors about what is none."""
_TRIAL_WAGES = (1_000.0, 4_000.0, 20_000.0)


class OwnCountry(NamedTuple):
    """A country by its file.

    Attributes:
        code: by which it is called, and its public holidays found.
        file: what it says.
    """

    code: str
    file: CountryFile

    def country(self, on: date | None) -> Country:
        """What it says of a day; the end of its period when None."""
        file = self.file
        country = country_of(self.code, file, on)
        if on is None or file.first <= on <= file.last:
            return country
        note = say(
            "start {on} is outside the known periods; {period} is used", on=on, period=file.period
        )
        return country._replace(notes=(note,))


class CountryReader(ScheduleReader):
    """Reads the tree of one file."""

    def country(self, root: Node, stem: str) -> OwnCountry | None:
        """The country; None where anything is wrong with it."""
        allowed = [*TOP, *SECTIONS]
        self.known_keys(root, allowed, "")
        for key in NEEDED:
            if root.get(key) is None:
                meaning = TOP[key].meaning if key in TOP else say("what holds there, by key")
                self.report.add(
                    "E202", say("`{key}` is missing", key=key), root.place, meaning, key
                )
        currency = root.get("currency")
        if currency is not None:
            self.currency = self.value(TOP["currency"], currency, "currency") or ""
        data: dict[str, Any] = {
            key: self.value(kind, node, key)
            for key, kind in TOP.items()
            if (node := root.get(key)) is not None and key != "currency"
        }
        data["currency"] = self.currency
        self.in_order(root, data)
        about = {key: data[key] or STANDS_IN[key] for key in STANDS_IN if key in data}
        data["also"] = self.names(root.get("also"), "also")
        data["facts"] = self.facts(root.get("facts"), "facts", about)
        data["payroll"] = self.payroll(root.get("payroll"), "payroll", about, data["facts"], {})
        data["regions"] = self.regions(root.get("regions"), about, data)
        data["rising_with_wages"] = self.rising(root.get("rising_with_wages"), data)
        self.report_missing()
        if self.report.failed:
            return None
        code = data.get("code") or stem
        code = code.upper() if _CODE.fullmatch(code) else code[:_LONGEST_CODE]
        first, last = data["from"].year, data["to"].year
        period = str(first) if first == last else f"{first}-{last}"
        try:
            file = country_file(data, period)
        except BadCountryFile as error:  # everything that it would say has been looked at
            self.report.add("E204", said_by(error), root)
            return None
        self.try_payroll(code, file, root)
        return None if self.report.failed else OwnCountry(code, file)

    def in_order(self, root: Node, data: Mapping[str, Any]) -> None:
        """The period ends after it begins."""
        first, last, node = data.get("from"), data.get("to"), root.get("to")
        if first and last and node and last < first:
            hint = say("write the last day on which all this holds")
            self.report.add(
                "E204",
                say("`to`: {last} is before {first}", last=last, first=first),
                node,
                hint,
                "to",
            )

    def regions(
        self, node: Node | None, about: Mapping[str, str], data: Mapping[str, Any]
    ) -> dict[str, Any]:
        """What is different in parts of the country."""
        found: dict[str, Any] = {}
        every = dict(self.named(node, "regions", _REGIONS))
        for code, child in every.items():
            path = joined("regions", code)
            if not self.is_map(child, path, say("name, facts and payroll"), _REGION):
                continue
            self.known_keys(child, REGION, path)
            name, within = child.get("name"), child.get("within")
            one: dict[str, Any] = {"also": self.names(child.get("also"), joined(path, "also"))}
            if name is not None:
                one["name"] = self.value(TOP["name"], name, joined(path, "name"))
            if within is not None:
                one["within"] = str(within.value)
                if one["within"] not in every:
                    message = say(
                        "`{path}.within`: there is no region {found}",
                        path=path,
                        found=within.kind(),
                    )
                    hint = self.report.closest(str(within.value), list(every))
                    self.report.add("E204", message, within, hint, f"{path}.within")
            one["facts"] = self.facts(child.get("facts"), joined(path, "facts"), about)
            one["payroll"] = self.payroll(
                child.get("payroll"),
                joined(path, "payroll"),
                about,
                {**data["facts"], **one["facts"]},
                data["payroll"],
            )
            found[code] = one
        return found

    def rising(self, node: Node | None, data: Mapping[str, Any]) -> list[str]:
        """The keys of amounts that rise with wages."""
        path = "rising_with_wages"
        payroll = data["payroll"]
        sections = (("", data["facts"]), ("payroll.", payroll.get("values", {})))
        numbers = {
            prefix + name
            for prefix, section in sections
            for name, values in section.items()
            # What cannot be read has been reported, and may be a number.
            if all(isinstance(each.get("value", 0), (int, float)) for each in values)
        }
        found = []
        for child in self.words(node, path):
            name = str(child.value)
            if name in numbers:
                found.append(name)
            else:
                message = say(
                    "`{path}`: {found} is no number of this file", path=path, found=child.kind()
                )
                self.report.add(
                    "E204", message, child, self.report.closest(name, list(numbers)), path
                )
        return found

    def try_payroll(self, code: str, file: CountryFile, root: Node) -> None:
        """Find out whether payroll can be worked out, for every contract and some wages."""
        at = root.get("payroll")
        if at is None:
            return
        for day in (file.first, file.last):
            country = completed(country_of(code, file, day), {})
            for contract in CONTRACTS:
                for wage in _TRIAL_WAGES:
                    person = Employment(wage, 35.0, contract, age=30)
                    try:
                        schedule(country, person)
                    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
                        why = (
                            say("{value} is missing", value=shown(error.args[0]))
                            if isinstance(error, KeyError)
                            else said_by(error)
                        )
                        message = say(
                            "`payroll` cannot be worked out for {wage} a month: {why}",
                            wage=format_shortest(wage, 0),
                            why=why,
                        )
                        hint = say("say every value that its lines or its module need")
                        self.report.add("E204", message, at.place, hint, "payroll")
                        return
