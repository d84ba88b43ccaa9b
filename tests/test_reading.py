"""Reading: YAML text to a scenario, and what is refused on the way."""

import os
import socket
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cmsource
from cmsource.reading.document import MAX_BYTES, read_document
from cmsource.reading.french_keys import FRENCH_NAMES
from cmsource.reading.report import MAX_PROBLEMS, Report
from cmsource.reading.yaml_builder import MAX_DEPTH, MAX_VALUES
from cmsource.reading.yaml_scalars import plain_value
from cmsource.scenario.employment import Employment
from cmsource.scenario.hired import Hired
from cmsource.scenario.kinds import KINDS
from cmsource.scenario.kinds.agency import Agency
from cmsource.scenario.kinds.coach import Coach
from cmsource.scenario.kinds.freelancer import Freelancer
from cmsource.scenario.record import Record, keys_of
from cmsource.scenario.scenario import ScenarioKeys
from cmsource.scenario.shortform import ShortForm
from cmsource.values.quantities import Hours, PriceTag
from cmsource.values.ranges import Ranged
from cmsource.values.week_reader import parse_week
from readings import BASE, codes, findings, marked, only, read, scenario, where, wrong

FULL = """\
name: Boutique en ligne
country: FR
horizon: 24 months
prices: {wages: 2%/year, vendors: 3%/year, discount: 0%}
needs:
  cover: 24/7
  answer_within: 1h
  messages: {per_day: 40, minutes_each: 4, profile: evening}
  work: {content: 6 h/week, reporting: 4 h/month}
  skills: [moderation, copywriting, ads, product-expertise]
require: {watched: 95%, work_done: 100%, budget: 6000/month, live_within: 2 months}
context: {goal: leads, audience: broad, expertise: general, tried_in_house: 18 months,
  approvals: light}
tools:
  publishing: {price: 99/month, per: seat}
  listening: {price: 450/month, included_by: [agence]}
sources:
  cm: {kind: employee, hourly_wage: 16.50, hours: 35 h/week,
    on_duty: mon-fri 09:00-12:30 13:30-17:00}
  colleague: {kind: colleague, hourly_wage: 21, hours: 1 h/day,
    on_duty: mon-fri 09:00-09:30 16:30-17:00}
  agence: {kind: agency, retainer: 1500/month, included: 20 h/month, hourly_rate: 75,
    on_duty: 24/7, watch: 900/month, setup: 2000}
  coach: {kind: coach, day_rate: 900, days: 1/month}
options:
  hire: [cm]
  agency: [agence]
  hybrid:
    - colleague: {takes: 30%}
    - agence
  phased:
    phases:
      - {months: 12, sources: [agence]}
      - {sources: [cm, coach]}
expect:
  recommended: hybrid
  hybrid: {total: "<= 90000", watched: ">= 95%"}
"""


def line_of(text: str) -> str:
    """The reference to the line of the full form that has a text."""
    return f"s.yaml:{FULL[: FULL.index(text)].count(chr(10)) + 1}"


def tree(text: str) -> object:
    """What a YAML text means, as plain data."""
    node = read_document("s.yaml", text, Report())
    assert node is not None
    return node.plain()


def agency_of(text: str) -> Agency:
    """The agency of a scenario."""
    found = scenario(text).sources["agence"]
    assert isinstance(found, Agency)
    return found


class TestFullForm:
    """The full form, as the format's own example writes it."""

    def test_every_value_is_read(self) -> None:
        """Each key of the example ends up as the value that it says, in the unit of its field."""
        s = scenario(FULL)
        assert (s.name, s.country, s.currency, s.horizon) == ("Boutique en ligne", "FR", "EUR", 24)
        assert (s.prices.wages, s.prices.vendors, s.prices.discount) == (0.02, 0.03, 0)
        assert s.needs.cover.hours == 168
        assert s.needs.answer_within == 60
        assert s.needs.messages is not None
        assert s.needs.messages.weekly == 280
        assert s.needs.messages.minutes_each == 4
        assert s.needs.messages.profile == "evening"
        assert s.needs.weekly_work() == {"content": 6, "reporting": pytest.approx(4 * 12 / 52)}
        assert s.needs.skills == ("moderation", "copywriting", "ads", "product-expertise")
        assert (s.require.watched, s.require.work_done, s.require.live_within) == (0.95, 1.0, 2)
        assert s.require.budget == PriceTag(6000, "month")
        assert (s.context.goal, s.context.tried_in_house) == ("leads", 18)
        assert (s.tools["publishing"].price, s.tools["publishing"].per) == (99, "seat")
        assert s.tools["listening"].included_by == ("agence",)

    def test_every_source_is_read(self) -> None:
        """Each kind has its own keys."""
        cm, agency, coach = (scenario(FULL).sources[name] for name in ("cm", "agence", "coach"))
        assert isinstance(cm, Employment)
        assert (cm.hourly_wage, cm.hours) == (16.5, Hours(35, "week"))
        assert isinstance(agency, Agency)
        assert isinstance(coach, Coach)
        assert (agency.retainer, agency.included) == (1500, {"": Hours(20, "month")})
        assert (agency.rate, agency.watch, agency.setup) == (75, PriceTag(900, "month"), 2000)
        assert (coach.day_rate, coach.days) == (900, Hours(1, "month", in_days=True))
        assert scenario(FULL).sources["colleague"].weekly_hours == 5

    def test_options_are_lists_or_phases_of_sources(self) -> None:
        """An option may change a source for itself alone; its last phase runs to the horizon."""
        options = {option.name: option for option in scenario(FULL).options}
        assert list(options) == ["hire", "agency", "hybrid", "phased"]
        colleague, agency = options["hybrid"].phases[0].sources
        assert colleague.largest_share("messages") == 0.3
        assert scenario(FULL).sources["colleague"].largest_share("messages") == 1.0
        assert agency.name == "agence"
        spans = [(phase.start, phase.months) for phase in options["phased"].phases]
        assert spans == [(0, 12), (12, 12)]
        assert [s.name for s in options["phased"].phases[1].sources] == ["cm", "coach"]

    def test_expectations_are_kept_with_their_line(self) -> None:
        """What CI asserts is read with its bound and its place."""
        first, total, watched = scenario(FULL).expect
        assert (first.subject, first.bound, first.ref) == (
            "recommended",
            "hybrid",
            line_of("recommended:"),
        )
        assert (total.subject, total.figure, total.bound) == ("hybrid", "total", "<= 90000")
        assert watched.test is not None
        assert (watched.test.operator, watched.test.limit) == (">=", 0.95)

    def test_the_name_is_that_of_the_file_when_there_is_none(self, tmp_path: Path) -> None:
        """A scenario without a name takes that of its file, without what drives a terminal."""
        path = tmp_path / "spring\x1b[31m.yaml"
        path.write_text(BASE, encoding="utf-8")
        assert cmsource.load(path).name == "spring\N{REPLACEMENT CHARACTER}[31m"

    @pytest.mark.parametrize("text", ["{}", "name: x", "country: CA-QC"])
    def test_next_to_nothing_is_a_scenario(self, text: str) -> None:
        """A scenario that says nothing of the job is one in short form, with every default."""
        assert len(scenario(text).options) == 9


class TestPlainWords:
    """The words that a reader of YAML 1.1 takes for something else."""

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("NO", "NO"),
            ("on", "on"),
            ("off", "off"),
            ("yes", "yes"),
            ("y", "y"),
            ("9:30", "9:30"),
            ("1:20:30", "1:20:30"),
            ("1_000", "1_000"),
            ("017", 17),
            ("0o17", 15),
            ("0x1F", 31),
            ("0b1", "0b1"),
            ("+12", 12),
            ("-1.5e3", -1500.0),
            ("1.", 1.0),
            (".5", 0.5),
            ("1e400", float("inf")),
            ("2027-01-04", "2027-01-04"),
            ("=", "="),
            ("~", None),
            ("null", None),
            ("Null", None),
            ("nULL", "nULL"),
            ("TRUE", True),
            ("tRue", "tRue"),
            (".Inf", float("inf")),
            ("+.INF", float("inf")),
            ("-.inf", float("-inf")),
            ("1,5", "1,5"),
            ("0x", "0x"),
            ("e5", "e5"),
            ("1e", "1e"),
            ("1.f", "1.f"),
            ("-0xA", "-0xA"),
            ("0xaF", 175),
            ("0x" + "f" * 398, "0x" + "f" * 398),
            ("0" * 400 + "7", 7.0),
            ("١٢", "١٢"),
        ],
    )
    def test_core_schema(self, text: str, value: object) -> None:
        """Plain words mean what the core schema of YAML 1.2 says (section 10.3.2)."""
        found = plain_value(text)
        assert found == value
        assert type(found) is type(value)

    def test_not_a_number_is_one(self) -> None:
        """The three ways of writing that something is no number."""
        assert all(str(plain_value(text)) == "nan" for text in (".nan", ".NaN", ".NAN"))

    def test_quoted_words_are_text(self) -> None:
        """Quotes make a text of anything, and so does the tag for it."""
        text = "a: '1'\nb: \"true\"\nc: ! 2\nd: !!str 3\ne: |\n  4\n"
        assert tree(text) == {"a": "1", "b": "true", "c": "2", "d": "3", "e": "4\n"}

    def test_core_tags_are_taken(self) -> None:
        """The tags of the core schema say what the value is anyway."""
        text = "a: !!int 1\nb: !!float 2\nc: !!bool true\nd: !!map {e: !!seq [1]}\nf: !!null ''"
        assert tree(text) == {"a": 1, "b": 2, "c": True, "d": {"e": [1]}, "f": None}

    @pytest.mark.parametrize(
        "value", ["!!python/object/apply:os.system [id]", "!!binary aaaa", "!mine x", "!!set {a}"]
    )
    def test_other_tags_are_refused(self, value: str) -> None:
        """Nothing in a scenario makes objects; the tag is shown where it stands."""
        found = findings(f"name: {value}\n")
        assert found[0].code == "E107"
        assert where(found[0]) == (1, 7)

    def test_tags_of_keys_are_refused(self) -> None:
        """A key is no better a place for a tag."""
        assert "E107" in codes("!!python/name:os.system name: x\n")

    def test_a_tag_that_does_not_fit_is_refused(self) -> None:
        """A word is not what a tag says that it is not."""
        assert codes("name: !!int five\n") == ["E107"]

    def test_numbers_may_stand_in_quotes(self) -> None:
        """A quantity in quotes reads like the bare number."""
        text = BASE.replace("hourly_rate: 80", 'hourly_rate: "80"')
        assert agency_of(text).hourly_rate == agency_of(BASE).hourly_rate == 80

    def test_norway_is_no_truth_value(self) -> None:
        """The country NO is a text that is no known country."""
        assert "`NO`" in wrong("country: NO").message


class TestMaps:
    """Keys, anchors and merges."""

    def test_duplicate_keys(self) -> None:
        """A key that is given twice is shown at its second place with the line of its first."""
        found = wrong("country: FR\nname: a\n'name': b\n")
        assert (found.code, where(found)) == ("E108", (3, 1))
        assert "line 2" in found.hint

    def test_unknown_keys(self) -> None:
        """A key that nothing knows is an error, wherever it stands, with what was meant."""
        text = BASE.replace("cover:", "cver:").replace("kind: agency", "kind: agency, watc: 3")
        first, second = findings(text)
        assert (first.code, marked(first), first.hint) == ("E201", "cver", "did you mean `cover`?")
        assert (second.code, second.hint) == ("E201", "did you mean `watch`?")

    @pytest.mark.parametrize(
        ("key", "meant"),
        [
            ("pays", "country"),
            ("salaire_horaire", "hourly_wage"),
            ("Salaire-Horaire", "hourly_wage"),
            ("tarif_agence", "agency_rate"),
            ("heures_par_jour", "hours_per_day"),
            ("délai_de_réponse", "answer_within"),
            ("couverture", "cover"),
            ("outils", "tools"),
            ("besoins", "needs"),
        ],
    )
    def test_keys_in_french(self, key: str, meant: str) -> None:
        """They lead to the English ones, at the top and in sources."""
        assert wrong(f"language: fr\n{key}: 1\n").hint == f"did you mean `{meant}`?"
        text = BASE.replace("kind: agency", "kind: agency, tarif_journalier: 3")
        assert wrong(text).hint == "did you mean `day_rate`?"

    def test_french_names_are_of_keys(self) -> None:
        """Each leads to a key of some record, and each key of the short form has one."""
        known: set[str] = set()
        records: list[type[Record]] = [ScenarioKeys, ShortForm, *KINDS.values()]
        for record in records:
            known |= keys_of(record).keys()
            records += [key.record for key in keys_of(record).values() if key.record]
            assert len(records) < 500
        assert FRENCH_NAMES.keys() <= {*known, "extends"}
        assert ShortForm.model_fields.keys() <= FRENCH_NAMES.keys()

    def test_a_long_list_of_keys_stands_once(self) -> None:
        """Later ones say where; a short list is told each time."""
        first, second = findings("country: FR\nqqqqqq: 1\nzzzzzz: 2\n")
        assert first.hint.startswith("known here: needs, ")
        assert second.hint == "the names that are known here stand with `qqqqqq`"

    def test_keys_of_both_forms_are_named_once(self) -> None:
        """At the top the short form and the long one are known, and some keys are of both."""
        hint = wrong("country: FR\nqqqqqq: 1\n").hint
        named = hint.removeprefix("known here: ").split(", ")
        assert "tools" in named
        assert len(named) == len(set(named))

    @pytest.mark.parametrize(
        "text",
        [
            "nam: ~",
            "needs: {covr: ~}",
            "needs: {messages: {per_day: 1, zz: ~}}",
            "company: {sizes: ~}",
            "require: {watch: ~}",
        ],
    )
    def test_unknown_keys_without_a_value(self, text: str) -> None:
        """A key without a value is as unknown as any other."""
        assert wrong(f"country: FR\n{text}\n").code == "E201"

    @pytest.mark.parametrize("kind", KINDS)
    def test_unknown_keys_of_sources_without_a_value(self, kind: str) -> None:
        """The same for every kind of source."""
        text = f"{BASE}".replace("{kind: employee}", f"{{kind: {kind}, on_duty: {OFFICE}, zz: ~}}")
        assert wrong(text).code == "E201"

    def test_a_key_of_another_kind(self) -> None:
        """A key that other kinds have is said to be theirs."""
        found = wrong(BASE.replace("{kind: employee}", "{kind: employee, retainer: 5}"))
        assert found.hint == "it is a key of: freelancer, agency, coach, assistant"

    def test_a_decimal_comma_inside_braces(self) -> None:
        """A comma between braces ends the value: the message says so."""
        found = wrong(BASE.replace("hourly_rate: 80", "hourly_rate: 80,50"))
        assert "comma" in found.hint

    def test_anchors_and_merges(self) -> None:
        """An alias repeats a value; ``<<`` adds keys under those that are given."""
        text = "a: &x {p: 1, q: 2}\nb: {<<: *x, q: 3}\nc: [*x, *x]\nd: {<<: [{p: 7}, *x]}\n"
        assert tree(text) == {
            "a": {"p": 1, "q": 2},
            "b": {"p": 1, "q": 3},
            "c": [{"p": 1, "q": 2}, {"p": 1, "q": 2}],
            "d": {"p": 7, "q": 2},
        }

    def test_an_anchor_may_be_given_anew(self) -> None:
        """An alias takes the last value of its anchor (YAML 1.2, section 3.2.2.2)."""
        assert tree("a: &x 1\nb: *x\nc: &x 2\nd: *x\n") == {"a": 1, "b": 1, "c": 2, "d": 2}

    def test_aliases_as_keys(self) -> None:
        """A key may be an alias to a text."""
        assert tree("a: &x b\n*x : 1\n") == {"a": "b", "b": 1}

    def test_a_quoted_merge_key_is_a_key(self) -> None:
        """Only the plain word merges."""
        assert tree("a: {'<<': 1}") == {"a": {"<<": 1}}

    @pytest.mark.parametrize("value", ["5", "[1]", "~", "text"])
    def test_a_merge_takes_maps(self, value: str) -> None:
        """What is no map has no keys to add."""
        assert wrong(f"x-a: {{<<: {value}}}\n").code == "E203"

    def test_two_merges(self) -> None:
        """``<<`` twice is a key twice; a list says the same."""
        found = wrong("x-a: &a {}\nx-b: &b {}\nx-c: {<<: *a, <<: *b}\n")
        assert (found.code, found.hint) == ("E108", "merge several maps as `<<: [*one, *other]`")

    @pytest.mark.parametrize(
        "text", ["? [a]\n: 1\n", "{[a]: 1}", "? {a: b}\n: 1\n", "x-a: &a [1]\n*a : 1"]
    )
    def test_keys_are_names(self, text: str) -> None:
        """A list or a map is no key, and what it holds is left out."""
        assert codes(text) == ["E109"]

    def test_keys_that_begin_with_x(self) -> None:
        """A place for anchors, ignored at the top only."""
        assert scenario("x-anything: [1, {a: 2}]\nx-: 5\n" + BASE)
        assert codes(BASE.replace("needs: {", "needs: {x-a: 1, ")) == ["E201"]

    def test_what_is_missing_under_a_key_that_is_none(self) -> None:
        """The key is said; that without it something else is missing follows from it."""
        tiers = "[{up_too: 2, price: 90}, {price: 150}]"
        freelancer = f"  f: {{kind: freelancer, packages: {{posts: {tiers}}}}}\n"
        text = BASE.replace("\nsources:\n", f"\nsources:\n{freelancer}")
        assert freelancer in text
        assert "E201" in codes(text)

    @pytest.mark.parametrize("name", ["a.b", "''", "' a'", r'"a\e[31m"', "x" * 61, '"a\\u202eb"'])
    def test_names_of_ones_own(self, name: str) -> None:
        """A name can be used in a path and shown in a line."""
        for key, value in (
            ("sources", "{kind: coach}"),
            ("options", "[cm]"),
            ("tools", "{price: 1}"),
        ):
            text = BASE + "tools: {}\n"
            text = text.replace(f"{key}:", f"{key}:\n  {name}: {value}", 1).replace(
                "tools: {}\n", ""
            )
            if key == "tools":
                text = BASE + f"tools:\n  {name}: {value}\n"
            assert "E109" in codes(text), text

    @pytest.mark.parametrize("name", ["recommended", "eligible", "not_eligible"])
    def test_names_that_expect_uses(self, name: str) -> None:
        """An option cannot have a name that means something else under ``expect``."""
        found = wrong(BASE.replace("hire:", f"{name}:"))
        assert (found.code, marked(found)) == ("E109", name)


OFFICE = "mon-fri 09:00-10:00"


class TestQuantities:
    """Numbers with units are refused where they stand."""

    @pytest.mark.parametrize(
        ("before", "after", "column", "expected"),
        [
            ("hourly_rate: 80", 'hourly_rate: "1,500"', 39, "write 1500 or 1.5"),
            (
                "hourly_rate: 80",
                "hourly_rate: 80 USD/h",
                39,
                "convert it into EUR; where all are in USD, say `currency: USD`",
            ),
            ("hourly_rate: 80", "hourly_rate: -80", 39, "write a number from 0"),
            ("hourly_rate: 80", "hourly_rate: .inf", 39, None),
            ("hourly_rate: 80", "hourly_rate: .nan", 39, None),
            ("hourly_rate: 80", "hourly_rate: 1e12", 39, None),
            ("hourly_rate: 80", "hourly_rate: 1e-9", 39, "write 0, or a number that counts"),
            ("hourly_rate: 80", "hourly_rate: 80/month", 39, None),
            ("hourly_rate: 80", "hourly_rate: lots", 39, None),
            ("hourly_rate: 80", "hourly_rate: true", 39, None),
        ],
    )
    def test_located(self, before: str, after: str, column: int, expected: str | None) -> None:
        """The caret stands under the value, and the hint says what to write."""
        found = wrong(BASE.replace(before, after))
        assert (found.code, where(found)) == ("E204", (5, column))
        assert found.place is not None
        assert found.place.path == "sources.agence.hourly_rate"
        if expected is not None:
            assert found.hint == expected

    def test_ambiguous_numbers(self) -> None:
        """What could be either is refused with both readings."""
        found = wrong(BASE.replace("hourly_rate: 80", 'hourly_rate: "1,500"'))
        assert "1,500 can be read as 1.5 or as 1500" in found.message

    @pytest.mark.parametrize(
        ("value", "rate"),
        [("75", 75), ("75/h", 75), ("75 EUR/h", 75), ("'16,50 €/h'", 16.5), ("1 000", 1000)],
    )
    def test_forms(self, value: str, rate: float) -> None:
        """A number with an optional unit and period."""
        text = BASE.replace("hourly_rate: 80", f"hourly_rate: {value}")
        assert agency_of(text).rate == rate

    @pytest.mark.parametrize(
        "hours",
        ["mon-fri 09:00-17:00", "lun-ven 9h-17h", "weekdays 9-17", "lundi au vendredi 9h00-17h00"],
    )
    def test_hours_in_english_and_french(self, hours: str) -> None:
        """The same hours in two languages."""
        text = BASE.replace('"mon-fri 09:00-17:00"', f'"{hours}"')
        assert scenario(text).needs.cover == parse_week("mon-fri 09:00-17:00")

    def test_hours_past_midnight(self) -> None:
        """Hours that end before they start go on into the next day; 24/7 is every hour."""
        cover = scenario(BASE.replace("mon-fri 09:00-17:00", "daily 18:00-02:00")).needs.cover
        assert (cover.hours, cover.contains(24 * 60 + 60)) == (56, True)
        assert scenario(BASE.replace('"mon-fri 09:00-17:00"', "24/7")).needs.cover.hours == 168

    def test_hours_a_day_depend_on_the_cover(self) -> None:
        """``h/day`` of needs counts the days with cover, of a source those with its duty."""
        text = BASE.replace("5 h/week", "1 h/day")
        assert scenario(text).needs.weekly_work()["content"] == 5
        text = text.replace('"mon-fri 09:00-17:00"', "24/7")
        assert scenario(text).needs.weekly_work()["content"] == 7
        text = text.replace(
            "{kind: employee}", "{kind: employee, hours: 8 h/day, on_duty: sat 9-17}"
        )
        assert scenario(text).sources["cm"].weekly_hours == 8

    def test_every_quantity_is_reached(self) -> None:
        """A text that means nothing is an error in every key of every kind of source."""
        for word, kind in KINDS.items():
            for key in kind.model_fields.keys() - {"kind", "label"}:
                text = BASE.replace("{kind: employee}", f"{{kind: {word}, {key}: '!?'}}")
                found = [d for d in findings(text) if d.code in ("E203", "E204")]
                assert found, (word, key)
                assert found[0].place is not None
                assert found[0].place.path == f"sources.cm.{key}"


class TestFiles:
    """What is no readable text is refused with a reason."""

    def check(self, path: Path) -> tuple[str, str]:
        """Code and message of the one problem with a file."""
        found = only(cmsource.validate(path))
        return found.code, found.message

    def test_missing(self, tmp_path: Path) -> None:
        """A file that is not there, with the one that is meant."""
        (tmp_path / "scenario.yaml").write_text(BASE, encoding="utf-8")
        found = only(cmsource.validate(tmp_path / "scenaro.yaml"))
        assert found.code == "E101"
        assert "scenario.yaml" in found.hint

    def test_a_folder(self, tmp_path: Path) -> None:
        """A folder is no file."""
        assert self.check(tmp_path)[0] == "E101"

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
    def test_a_pipe_does_not_hang(self, tmp_path: Path) -> None:
        """A named pipe that nobody writes to is refused at once."""
        os.mkfifo(tmp_path / "pipe.yaml")
        assert "not a regular file" in self.check(tmp_path / "pipe.yaml")[1]

    @pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no sockets in files here")
    def test_a_socket(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A socket is refused as well."""
        monkeypatch.chdir(tmp_path)  # names of sockets are short
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("s.yaml")
            assert self.check(Path("s.yaml"))[0] == "E101"

    @pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/tty"])
    def test_devices(self, device: str) -> None:
        """A device is refused without reading from it."""
        if not Path(device).exists():
            pytest.skip(f"no {device} here")
        assert self.check(Path(device))[0] == "E101"

    def test_without_permission(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A file that may not be read."""
        path = tmp_path / "s.yaml"
        path.write_text(BASE, encoding="utf-8")

        def refuse(*_: object) -> int:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(os, "open", refuse)
        code, message = self.check(path)
        assert code == "E101"
        assert message.endswith("cannot be read: Permission denied")

    def test_a_name_that_is_none(self) -> None:
        """A name with a zero character, or one that is too long."""
        assert self.check(Path("a\0b"))[0] == "E101"
        assert self.check(Path("x" * 5000))[0] == "E101"

    def test_too_large(self, tmp_path: Path) -> None:
        """A file of more bytes than any scenario has."""
        path = tmp_path / "s.yaml"
        path.write_bytes(b"#" * (MAX_BYTES + 1))
        assert self.check(path)[0] == "E102"
        path.write_bytes(b"name: x #" + b"x" * (MAX_BYTES - 9))
        assert cmsource.load(path).name == "x"

    def test_too_large_a_text(self) -> None:
        """The same limit for texts."""
        assert wrong("#" * (MAX_BYTES + 1)).code == "E102"

    def test_not_utf_8(self, tmp_path: Path) -> None:
        """A byte that is no UTF-8 is shown by line and character, not byte."""
        path = tmp_path / "s.yaml"
        path.write_bytes("name: é\ncountry: é".encode() + b"\xe9R\n")
        found = only(cmsource.validate(path))
        assert (found.code, where(found)) == ("E103", (2, 11))
        path.write_text("name: x", encoding="utf-16")
        assert self.check(path)[0] == "E103"

    def test_byte_order_mark(self, tmp_path: Path) -> None:
        """A mark at the start is no part of the text, and moves no column."""
        path = tmp_path / "s.yaml"
        path.write_text("nme: x\n", encoding="utf-8-sig")
        assert where(only(cmsource.validate(path))) == (1, 1)
        assert where(wrong("\ufeffnme: x\n")) == (1, 1)

    def test_line_ends(self) -> None:
        """Lines of Windows and of old Macs count like any others."""
        for end in ("\n", "\r\n", "\r"):
            found = wrong(BASE.replace("cover:", "cver:").replace("\n", end))
            assert (where(found), marked(found)) == ((2, 9), "cver")
            assert found.place is not None
            assert found.place.text.startswith("needs: {cver")
            assert "\r" not in found.place.text

    def test_line_separators_of_unicode(self) -> None:
        """What libyaml counts as the end of a line ends the line that is shown, too."""
        for end in ("\x85", "\u2028", "\u2029"):
            found = wrong(f"name: x{end}nme: 3\n")
            assert (where(found), found.place and found.place.text) == ((2, 1), "nme: 3")

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("README.md", "# cmsource\n\n[Français](README.fr.md)\n"),
            ("setup.toml", "[a]\nb = [1]\n"),
            ("page.HTML", "<p class=x>a: b: c</p>\n"),
        ],
    )
    def test_a_file_that_is_no_yaml(self, name: str, text: str) -> None:
        """What it is, and what a scenario is: no word of a parser's."""
        report = Report()
        assert read_document(name, text, report) is None
        found = only(report.found)
        end = name[name.index(".") :].lower()
        assert (found.code, where(found)) == ("E112", (1, 1))
        assert found.message == f"a scenario is a YAML file, and this one ends in {end}"
        assert "cmsource init" in found.hint

    def test_text_after_a_value(self) -> None:
        """A file that should be YAML is told what is wrong there, in plain words."""
        found = wrong("[FR]\ncountry: FR\n")
        assert found.message == "what stands here belongs to no key before it"

    @pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x7f", "\x9b", "\ufffe"])
    def test_control_characters(self, character: str) -> None:
        """A control character is refused where it stands, counted in characters."""
        found = wrong(f"name: é\nlabel: éé{character}\n")
        assert (found.code, where(found)) == ("E104", (2, 10))

    def test_half_a_surrogate_pair(self) -> None:
        """A string of Python's that is no text."""
        found = wrong("name: é\n  a\ud800")
        assert (found.code, where(found)) == ("E103", (2, 4))

    @pytest.mark.parametrize("text", ["", "  \n\n", "# only a comment\n", "---\n...\n# x"])
    def test_nothing_in_it(self, text: str) -> None:
        """An empty file holds no scenario."""
        assert wrong(text).code == "E112"

    @pytest.mark.parametrize("text", ["[a]", "text", "5", "~", "--- \n", "- a\n- b"])
    def test_no_map(self, text: str) -> None:
        """What is no map is no scenario."""
        assert wrong(text).code == "E112"

    def test_several_documents(self) -> None:
        """One file is one scenario."""
        found = wrong("name: a\n---\nname: b\n")
        assert (found.code, where(found)) == ("E104", (2, 1))

    def test_tabs(self) -> None:
        """A tab in the indentation is named as such."""
        found = wrong("needs:\n\tcover: 24/7\n")
        assert (found.code, found.place and found.place.line) == ("E104", 2)
        assert "tab" in found.hint

    @pytest.mark.parametrize(
        "text",
        [
            "a: [1",
            "a: {b",
            "'a",
            "a: b: c",
            "a:\n b\nc",
            "*a",
            "&a",
            "%YAML 2.0\n---\n",
            "@",
            "a: |x",
        ],
    )
    def test_not_well_formed(self, text: str) -> None:
        """What libyaml cannot parse is one error with a place."""
        found = findings(text)[0]
        assert found.code in ("E104", "E112")
        assert found.place is not None
        assert found.place.line >= 1


class TestLimits:
    """No file can exhaust memory, time or the stack."""

    @pytest.mark.parametrize("opening", ["[", "{", "{a: ", "- ", "? ", "? - ", "&a [", "- - - "])
    @pytest.mark.parametrize("times", [MAX_DEPTH * 2, 30_000, 150_000])
    def test_nesting(self, opening: str, times: int) -> None:
        """Nesting is refused at the first level too many, however deep it goes on."""
        found = wrong(opening * times)
        assert found.code == "E105"
        assert found.place is not None
        assert found.place.column <= (MAX_DEPTH + 2) * 2 * len(opening)

    def test_nesting_below_the_limit(self) -> None:
        """Forty levels are read."""
        deep = "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1)
        assert codes(f"x-a: {deep}") == []
        assert codes(f"x-a: [{deep}]") == ["E105"]

    def test_nesting_by_indentation(self) -> None:
        """Nesting in blocks counts as well."""
        text = "".join(f"{' ' * level}a:\n" for level in range(400))
        assert wrong(text).code == "E105"

    def test_nesting_through_aliases(self) -> None:
        """An alias brings its own levels along."""
        text = "x-0: &a0 [1]\n" + "".join(f"x-{i}: &a{i} [*a{i - 1}]\n" for i in range(1, 60))
        assert wrong(text).code == "E105"

    @pytest.mark.parametrize(
        "text", ["&a [*a]", "&a {b: *a}", "a: &a\n  b: &b [*a, *b]", "&a [[[*a]]]"]
    )
    def test_recursion(self, text: str) -> None:
        """A value cannot hold itself."""
        found = wrong(text)
        assert (found.code, marked(found)) == ("E105", "*a")

    @pytest.mark.parametrize("kind", ["[{}]", "{{{}}}"])
    def test_alias_bomb(self, kind: str) -> None:
        """Values count as often as aliases repeat them; a billion of them is soon refused."""
        lines = ["x-0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1]"]
        for i in range(1, 12):
            parts = [f"*a{i - 1}"] * 9
            if kind != "[{}]":
                parts = [f"k{n}: {part} " for n, part in enumerate(parts)]
            lines.append(f"x-{i}: &a{i} " + kind.format(", ".join(parts)))
        start = time.process_time()
        assert wrong("\n".join(lines)).code == "E106"
        assert time.process_time() - start < 20  # no hang

    def test_too_many_values(self) -> None:
        """The same limit without aliases."""
        assert wrong(f"x-a: [{'1,' * MAX_VALUES}]").code == "E106"

    @pytest.mark.parametrize("end", ["\n", "\r", "\x85", "\u2028"])
    def test_many_directives(self, end: str) -> None:
        """Directives are compared with each other by libyaml: a scenario has none."""
        directives = [f"%TAG !a{i}! x" for i in range(60_000)]
        assert wrong(end.join([*directives, "---", "name: x"])).code in ("E106", "E102")
        assert codes("%YAML 1.2\n%TAG !a! x\n---\nname: x\n") == []

    def test_small_stacks(self) -> None:
        """Depth does not use up the stack of a thread, however small."""
        found: list[str] = []

        def job() -> None:
            for opening in ("[", "{a: ", "- "):
                found.extend(codes(opening * 200_000))

        before = threading.stack_size(128 * 1024)
        try:
            thread = threading.Thread(target=job)
            thread.start()
            thread.join()
        finally:
            threading.stack_size(before)
        assert found == ["E105"] * 3

    @pytest.mark.parametrize(
        "number",
        ["9" * 30, "9" * 4000, "-" + "9" * 5000, "0x" + "f" * 300, "1e400"],
    )
    def test_huge_numbers(self, number: str) -> None:
        """They are refused where they stand, and never converted at length."""
        assert codes(BASE.replace("hourly_rate: 80", f"hourly_rate: {number}")) == ["E204"]
        assert codes(f"name: {number}") == ["E204"]
        assert codes(f"sources: {{a: {{kind: {number}}}}}") == ["E205"]

    def test_a_small_number_of_many_digits(self) -> None:
        """It is the number that it is."""
        rate = "80." + "0" * 5000
        found = scenario(BASE.replace("hourly_rate: 80", f"hourly_rate: {rate}"))
        agency = found.sources["agence"]
        assert isinstance(agency, Agency)
        assert agency.hourly_rate == 80

    def test_long_lines(self) -> None:
        """A line of most of a megabyte costs no time, and messages show little of it."""
        word = "x" * 900_000
        start = time.process_time()
        for text in (f"name: {word}", f"country: {word}", f"{word[:1000]}: 1", f"sources: {word}"):
            for found in findings(text):
                assert len(found.message) < 300
        assert time.process_time() - start < 20  # no hang

    def test_a_long_text_repeated(self) -> None:
        """A long text that aliases repeat is not looked at each time in full."""
        aliases = ", ".join(["*a"] * 9000)
        start = time.process_time()
        found = findings(f"x-a: &a {'y' * 900_000}\nneeds: {{cover: 24/7, skills: [{aliases}]}}\n")
        assert len(found) == MAX_PROBLEMS + 1
        assert time.process_time() - start < 20  # no hang

    def test_many_problems(self) -> None:
        """After two hundred problems the rest is left out, and said to be."""
        found = findings("\n".join(f"k{i}: 1" for i in range(5000)))
        assert len(found) == MAX_PROBLEMS + 1
        assert found[0].place is None
        assert f"more than {MAX_PROBLEMS}" in found[0].message

    def test_many_names(self) -> None:
        """Looking for what was meant among thousands of names takes no time."""
        sources = ", ".join(f"s{i}: {{kind: coach}}" for i in range(4000))
        names = ", ".join(f"t{i}" for i in range(4000))
        start = time.process_time()
        found = findings(f"sources: {{{sources}}}\noptions: {{a: [{names}]}}\n")
        assert len(found) > 100
        assert time.process_time() - start < 20  # no hang


class TestOrigins:
    """Every value knows where it came from."""

    def test_values_of_the_file(self) -> None:
        """A value of the file has its line."""
        s = scenario(FULL)
        assert s.origins["horizon"].ref == line_of("horizon:")
        assert s.needs.origins["cover"].ref == line_of("cover:")
        assert s.needs.messages is not None
        assert s.needs.messages.origins["per_day"].ref == line_of("per_day:")
        assert s.sources["cm"].origins["hourly_wage"].ref == line_of("hourly_wage: 16.50")
        assert s.sources["cm"].origins["on_duty"].ref == line_of("on_duty: mon-fri 09:00-12:30")
        assert s.tools["listening"].origins["price"].ref == line_of("listening:")

    def test_values_of_flags(self) -> None:
        """A value of a flag has the flag."""
        s = scenario(FULL, "sources.cm.hourly_wage=20")
        assert s.sources["cm"].origins["hourly_wage"].ref == "--set sources.cm.hourly_wage=20"

    def test_values_of_the_country(self) -> None:
        """A value of the country names what it is, and is an assumption with source and date."""
        s = scenario(BASE)
        origin = s.sources["cm"].origins["turnover"]
        assert (origin.kind, origin.ref) == ("country", "FR: turnover")
        assumption = next(a for a in s.assumptions if a.path == "sources.cm.turnover")
        assert (assumption.value, assumption.confidence) == ("15.55%/year", "S")
        assert assumption.source
        assert assumption.as_of

    def test_values_of_the_tool(self) -> None:
        """A value of the tool's own is an assumption that says so."""
        origin = scenario(BASE).sources["agence"].origins["depth"]
        assert (origin.kind, origin.name) == ("built-in", "built-in")
        assert origin.fact is not None

    def test_every_value_has_one(self) -> None:
        """In the full tree of a scenario each single value says where it is from."""
        nodes = [read(FULL).tree, read(BASE).tree, read("country: FR").tree]
        count = 0
        while nodes:
            node = nodes.pop()
            assert node is not None
            if isinstance(node.value, dict):
                nodes += node.value.values()
            elif isinstance(node.value, list):
                nodes += node.value
            else:
                count += 1
                assert node.origin.kind in ("file", "set", "country", "built-in")
                assert node.origin.line > 0 if node.origin.kind == "file" else True
        assert count > 150

    def test_what_is_given_is_no_assumption(self) -> None:
        """Assumptions are the values that the file does not give, each once."""
        paths = [assumption.path for assumption in scenario(FULL).assumptions]
        assert len(paths) == len(set(paths))
        assert "sources.cm.hourly_wage" not in paths
        assert "sources.cm.charges" in paths
        assert "country" not in paths
        assert {"country", "horizon"} <= {a.path for a in scenario("name: x").assumptions}

    def test_every_assumption_can_be_set(self) -> None:
        """The path of an assumption, given to ``--set``, replaces it and nothing else."""
        for text in ("country: FR", "hourly_wage: 16.5\ntools: 549/month", BASE, FULL):
            before = scenario(text)
            for assumption in before.assumptions:
                value = "40%" if assumption.path.endswith(".charges") else assumption.value
                flag = f"{assumption.path}={value}"
                after = scenario(text, flag)
                left = {a.path for a in before.assumptions} - {a.path for a in after.assumptions}
                assert assumption.path in left, flag
                assert [o.name for o in after.options] == [o.name for o in before.options], flag


class TestCountries:
    """The country's values fill the gaps."""

    def test_defaults_of_an_employee(self) -> None:
        """What a bare employee in France is taken to be (facts of the country's file)."""
        s = scenario(BASE)
        cm = s.sources["cm"]
        assert isinstance(cm, Employment)
        assert cm.weekly_hours == 35
        assert cm.hourly_wage == 15.93
        assert cm.planned_absence == pytest.approx((25 + 9) / 260, abs=1e-6)
        lost = 0.1555 * (12 * 12 / 52 + 2 / 2) / 12  # the empty post, and half of two months
        assert cm.unplanned_absence == pytest.approx(1 - 0.952 * (1 - lost), abs=1e-6)
        assert cm.starts_after == pytest.approx(12 * 12 / 52)
        assert cm.ramp_up == 2
        assert cm.on_duty == parse_week("mon-fri 09:00-12:30 13:30-17:00")

    @pytest.mark.parametrize(
        ("fields", "key", "value"),
        [
            ("kind: employee", "headcount", 1),
            ("kind: employee", "contract", "permanent"),
            ("kind: employee", "charges", None),
            ("kind: employee", "training", 0),
            ("kind: employee", "recruitment", 3000),
            ("kind: colleague, on_duty: mon 9-11", "hourly_wage", 22.2),
            ("kind: colleague, on_duty: mon 9-11", "hours", Hours(2, "week")),
            ("kind: intern", "gratification", 4.5),
            ("kind: intern", "placement", 6),
            ("kind: intern", "gap", 2),  # a third of six months
            ("kind: intern, placement: 3", "gap", 1),
            ("kind: intern", "planned_absence", 9 / 260),
            ("kind: intern", "unplanned_absence", 0.048),
            ("kind: freelancer", "day_rate", 300),
            ("kind: freelancer", "day_length", 420),
            ("kind: freelancer", "planned_absence", 25 / 260),
            ("kind: freelancer, hourly_rate: 50", "day_rate", None),
            ("kind: agency", "hourly_rate", 87.5),
            ("kind: agency, retainer: 500", "hourly_rate", 87.5),
            (
                "kind: agency, retainer: 500",
                "included",
                {"": Hours(5.714286, "month")},
            ),  # 500 / 87.5
            (
                "kind: agency, retainer: 500, hourly_rate: 80",
                "included",
                {"": Hours(6.25, "month")},
            ),
            ("kind: agency, retainer: 0", "included", {}),
            ("kind: agency, retainer: 500", "max_hours", None),
            ("kind: agency, retainer: 500, included: 9 h/month", "hourly_rate", None),
            ("kind: agency, retainer: 500, included: All", "included", {"": "all"}),
            ("kind: agency, retainer: 500, included: all", "hourly_rate", None),
            ("kind: agency", "after_hours", 1),
            ("kind: agency", "depth", 1),
            ("kind: agency", "service_level", 0.99),
            ("kind: agency", "watch", None),
            ("kind: coach", "day_rate", 1150),
            ("kind: coach", "day_length", 420),
            ("kind: coach", "days", Hours(1, "month", in_days=True)),
            ("kind: coach", "max_hours", Hours(0, "week")),
        ],
    )
    def test_defaults_of_terms(self, fields: str, key: str, value: object) -> None:
        """What each kind is taken to be, from the country's file or the format's own default."""
        source = scenario(BASE.replace("kind: employee", fields)).sources["cm"]
        found = getattr(source, key)
        if isinstance(value, float):
            assert found == pytest.approx(value, abs=1e-4)
        else:
            assert found == value

    @pytest.mark.parametrize("kind", KINDS)
    def test_defaults_of_every_source(self, kind: str) -> None:
        """Nobody delays or escalates answers unless told so; a source is called by its name."""
        text = BASE.replace("kind: employee", f"kind: {kind}, on_duty: mon 9-10")
        source = scenario(text).sources["cm"]
        assert (source.answer_delay, source.escalates, source.escalation_delay) == (0, 0, 0)
        assert (source.label, source.skills) == ("cm", ())
        assert source.largest_share("content") == 1

    def test_defaults_of_duty(self) -> None:
        """Without a duty people have office hours, an agency the cover, a coach none."""
        text = BASE.replace("{kind: employee}", "{kind: intern}") + "  c: [coach]\n"
        text = text.replace("sources:\n", "sources:\n  coach: {kind: coach}\n")
        s = scenario(text)
        assert s.sources["cm"].on_duty == parse_week("mon-fri 09:00-12:30 13:30-17:00")
        assert s.sources["agence"].on_duty == s.needs.cover
        assert not s.sources["coach"].on_duty

    def test_a_part_time_contract_has_part_of_office_hours(self) -> None:
        """Nobody is on duty for longer than the contract by default."""
        s = scenario(BASE.replace("{kind: employee}", "{kind: employee, hours: 10 h/week}"))
        assert s.sources["cm"].on_duty == parse_week("mon-fri 09:00-11:00")

    def test_a_given_share_replaces_the_countrys(self) -> None:
        """Planned absence that is given replaces leave and holidays."""
        s = scenario(BASE.replace("{kind: employee}", "{kind: employee, planned_absence: 20%}"))
        cm = s.sources["cm"]
        assert isinstance(cm, Employment)
        assert cm.planned_absence == 0.2

    def test_premiums_only_where_the_duty_has_such_hours(self) -> None:
        """Night, Sunday and holiday premiums come with hours at night, on Sundays, every day."""
        for duty, expected in (
            ("mon-fri 10:00-17:00", set()),
            ("mon-fri 18:00-22:00", {"night"}),
            ("sun 10:00-12:00", {"sunday"}),
            ("daily 10:00-12:00", {"sunday", "holiday"}),
        ):
            s = scenario(BASE.replace("{kind: employee}", f"{{kind: employee, on_duty: {duty}}}"))
            cm = s.sources["cm"]
            assert isinstance(cm, Hired)
            assert set(cm.premiums.origins) == expected

    def test_another_country(self) -> None:
        """The currency, the wages and the rules are those of the country."""
        s = scenario(BASE.replace("FR", "ca-qc"))
        assert (s.currency, s.country_data and s.country_data.code) == ("CAD", "CA-QC")

    @pytest.mark.parametrize(
        ("country", "hint"),
        [
            ("FRA", "did you mean `FR`? "),
            ("Belgiqe", "did you mean `BE` (Belgique)? "),
            ("Deutschlnd", "did you mean `DE` (Deutschland)? "),
            ("Quebek", "did you mean `CA-QC` (Québec)? "),
            ("Portugal", "known here: BE, CA, CA-QC, "),
            ("Wakanda", "known here: BE, CA, CA-QC, "),
            ("Ireland", "known here: BE, CA, CA-QC, "),
            ("Grenade", "known here: BE, CA, CA-QC, "),
        ],
    )
    def test_unknown_with_what_was_meant(self, country: str, hint: str) -> None:
        """A country that is not known, with the one that is meant, if any."""
        found = wrong(f"country: {country}")
        assert found.code == "E206"
        assert found.hint.startswith(hint)

    @pytest.mark.parametrize(
        ("country", "currency"), [("Pologne", "PLN"), ("SE", "SEK"), ("Japan", "JPY"), ("x", "CHF")]
    )
    def test_unknown_with_all_three_ways(self, country: str, currency: str) -> None:
        """A known code, a file of one's own, or the currency, the country's where that is known."""
        hint = wrong(f"country: {country}").hint
        assert "FR, GB" in hint
        assert "`country: ./XX.yaml` (`cmsource countries --template` writes one)" in hint
        assert f"`currency: {currency}`" in hint

    @pytest.mark.parametrize(
        ("names", "code"),
        [
            (("France", "FRANCE", "la France", "fr"), "FR"),
            (("Québec", "Quebec", "QUÉBEC", "Que\u0301bec", "ca_qc", "QC"), "CA-QC"),
            (("Belgique", "Belgium", "belgie", "België"), "BE"),
            (("Suisse", "la Suisse", "Switzerland", "Schweiz"), "CH"),
            (("United Kingdom", "the UK", "UK", "Royaume-Uni", "royaume uni", "Angleterre"), "GB"),
            (("États-Unis", "etats unis", "USA", "the United States", "U.S.A."), "US"),
            (("Allemagne", "Germany", "Deutschland", "l'Allemagne"), "DE"),
            (("Luxembourg", "le Luxembourg", "Luxemburg"), "LU"),
        ],
    )
    def test_names(self, names: Sequence[str], code: str) -> None:
        """In English and French, with and without accents, capitals, hyphens and articles."""
        for name in names:
            found = read(f'country: "{name}"').scenario
            assert found is not None, name
            assert found.country == code

    @pytest.mark.parametrize(
        "value", ["33", "NO", "x" * 5000, "[FR]", "true", "'²'", "..", "FR:2026", "FR²"]
    )
    def test_nonsense(self, value: str) -> None:
        """Nothing makes a known country of what is none."""
        assert "E206" in codes(f"country: {value}\n")

    @pytest.mark.parametrize("value", ["../FR", "FR/..", "/etc/passwd", "FR/2026.yaml"])
    def test_a_path_without_a_folder(self, value: str) -> None:
        """A path is a file of the user's, and never one of those that are shipped."""
        assert "E118" in codes(f"country: {value}\n")

    def test_an_unknown_country_brings_no_other_errors(self) -> None:
        """What depends on the country is not judged: currency, wages, hours."""
        text = BASE.replace("FR", "AU").replace("80", "80 $/h")
        text = text.replace("{kind: employee}", "{kind: employee, hourly_wage: 1, hours: 60}")
        assert codes(text) == ["E206"]


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    """No text makes reading raise; without a scenario there is an error."""
    found = read(text)
    assert (found.scenario is None) == any(d.severity == "error" for d in found.diagnostics)


@given(st.lists(st.sampled_from([*"[]{},:-?&*!|>'\"%@`# \n\tax", "- ", ": ", "<<", "&a", "*a"])))
def test_any_signs(signs: list[str]) -> None:
    """No heap of YAML's own signs makes reading raise."""
    read("".join(signs))


def test_a_point_before_three_digits_is_refused_where_it_stands() -> None:
    """Unquoted too, where YAML takes it for a number; not with a zero behind, nor as a weight."""
    text = """\
country: FR
needs: {cover: 24/7, messages: {per_day: 1.500}}
sources:
  firm: {kind: agency, retainer: 2.500, hourly_rate: "75.125", after_hours: 1.125, watch: 60.0000}
options: {firm: [firm]}
require: {budget: 60.000}
"""
    found = findings(text.replace("watch: 60.0000", "watch: 0"))
    assert [(each.code, each.place.line, each.hint) for each in found if each.place] == [
        ("E204", 2, "write 1500 or 1.5"),
        ("E204", 4, "write 2500 or 2.5"),
        ("E204", 4, "write 75125 or 75.1250"),
        ("E204", 6, "write 60000 or 60"),
    ]
    weights = ", ".join(["1.125", "2"] * 84)
    read = scenario(
        "country: FR\noptions: {a: [a]}\n"
        "sources: {a: {kind: agency, hourly_rate: !!float 75.125}}\n"
        f"needs: {{messages: {{per_day: 1.5000, profile: [{weights}]}}}}\n"
    )
    assert read.needs.messages is not None
    assert read.needs.messages.weekly == 10.5
    assert read.needs.messages.profile[:2] == (1.125, 2.0)
    assert read.sources["a"].rate == 75.125  # type: ignore[attr-defined]


@pytest.mark.parametrize(("day", "hours"), [("", 42.0), (", day_length: 8 h", 48.0)])
def test_days_of_work_have_the_hours_of_a_day_of_the_source(day: str, hours: float) -> None:
    """Six days a month of 7 hours, or of 8; of a range each end."""
    read = scenario(
        "country: FR\nneeds: {work: {content: 10 h/week}}\noptions: {a: [a], f: [f]}\nsources:\n"
        f"  a: {{kind: agency, hourly_rate: 75, retainer: 900, included: 6 jours/mois{day}}}\n"
        f"  f: {{kind: freelancer, max_hours: 3..9 days/month{day}}}\n"
    )
    agency, freelancer = read.sources["a"], read.sources["f"]
    assert isinstance(agency, Agency)
    assert agency.included == {"": Hours(hours, "month")}
    assert isinstance(freelancer, Freelancer)
    assert freelancer.max_hours == Hours(hours, "month")
    assert isinstance(freelancer.max_hours.amount, Ranged)
    assert freelancer.max_hours.amount.low == hours / 2
    assert freelancer.max_hours.amount.high == hours * 1.5
