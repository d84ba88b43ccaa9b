"""The example of the right shape, in errors about what stands where a map or a list is wanted."""

from collections.abc import Iterator

import pytest
import yaml
from pydantic import ValidationError

from cmsource.scenario.kinds import KINDS
from cmsource.scenario.record import Key, Record, keys_of
from cmsource.scenario.scenario import ScenarioKeys
from cmsource.scenario.shapes import keys_with, shape_of
from cmsource.values.language import Language
from readings import findings, marked


def _records() -> Iterator[type[Record]]:
    """The records of a scenario that a person writes, each once."""
    waiting: list[type[Record]] = [ScenarioKeys, *KINDS.values()]
    seen: set[type[Record]] = set()
    while waiting:
        record = waiting.pop()
        if record not in seen:
            seen.add(record)
            yield record
            waiting += [key.record for key in keys_of(record).values() if key.record is not None]


RECORDS = sorted(_records(), key=lambda record: record.__name__)
KEYS = [(record, key) for record in RECORDS for key in keys_of(record).values()]
_HELD_APART = {"PhaseKeys", "Activity"}
"""Records that are read by hand, or as one value."""
BY_NAME_AND_KIND = {"sources", "options", "phases", "expect"}
"""Keys whose examples are written by hand, where they are read."""


@pytest.mark.parametrize("language", [Language("en"), Language("fr")], ids=["en", "fr"])
@pytest.mark.parametrize("found", ["x", "12%", "10 min", 20, 1.2, True, None, [3], {"a": 1}])
class TestExamples:
    """Whatever stands there, the example is something that can be read, in either language."""

    def test_of_every_key(self, found: object, language: Language) -> None:
        """An example can be put where it is asked for."""
        several = 0
        for record, key in KEYS:
            shape = None if key.name in BY_NAME_AND_KIND else shape_of(key, found)
            if shape is not None:
                several += 1
                assert not _wrong(record, key, yaml.safe_load(language.of(shape))), shape
        assert several > 10

    def test_of_every_record(self, found: object, language: Language) -> None:
        """A map of keys that is one of that record."""
        for record in RECORDS:
            if record is ScenarioKeys or record in KINDS.values():
                continue
            shape = keys_with(record, found)
            if shape is not None and record.__name__ not in _HELD_APART:
                record.model_validate(yaml.safe_load(language.of(shape)))


def _wrong(record: type[Record], key: Key, data: object) -> list[object]:
    """What is wrong with the value of one key."""
    try:
        record.model_validate({key.name: data})
    except ValidationError as error:
        found = error.errors(include_url=False)
        return [each for each in found if each["loc"][:1] == (key.name,)]
    return []


@pytest.mark.parametrize(
    ("text", "mark", "hint"),
    [
        ("needs: 24/7", "24/7", "write {cover: 24/7}"),
        ("needs: {messages: 40}", "40", "write {per_day: 40}"),
        ("needs: {work: 6 h/week}", "6 h/week", "write {content: 6 h/week}"),
        ("needs: {work: [5]}", "[5]", "write {content: 35 h/week}"),
        ("needs: {counts: 3}", "3", "write {networks: 3}"),
        ("needs: {skills: ads}", "ads", "write [ads]"),
        ("needs: {skills: {ads: yes, video: yes}}", "{ads: yes, video: yes}", "write [ads, video]"),
        ("require: 95%", "95%", "write {watched: 95%}"),
        ("context: light", "light", "write {approvals: light}"),
        ("company: Acme", "Acme", "write {size: 1}"),
        ("company: {rates: 2%}", "2%", "write {mutuality: 2%}"),
        ("tools: {planner: 20}", "20", "write {price: 20}"),
        ("tools: {planner: 20 $, other: 1}", "20 $", "write {price: 99/month}"),
        ("sources: {a: {kind: agency, per: 1.20}}", "1.20", "write {posts: 1.2}"),
        ("sources: {a: {kind: assistant, per: 1}}", "1", "write {resolutions: 1}"),
        ("sources: {a: {kind: agency, packages: 500}}", "500", "write {posts: [{price: 500}]}"),
        ("sources: {a: {kind: agency, packages: {x: 500}}}", "500", "write [{price: 500}]"),
        ("sources: {a: {kind: agency, hourly_rate: [75]}}", "75", "write {price: 75}"),
        ("sources: {a: {kind: agency, discount: 10%}}", "10%", "write {12 months: 10%}"),
        ("sources: {a: {kind: agency, approval: 1 day}}", "1 day", "write {minutes_each: 1 day}"),
        ("expect: {eligible: a}", "a", "write [hire, team]"),
        ("expect: {recommended: [hire]}", "[hire]", "write hire"),
    ],
)
def test_in_an_error(text: str, mark: str, hint: str) -> None:
    """The way out says what was written, in the shape that is read."""
    found = next(each for each in findings(text) if each.code == "E203")
    assert (marked(found), found.hint) == (mark, hint)
