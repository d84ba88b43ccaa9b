"""A country of the user's own: one file, of the same form as the shipped ones."""

import os
import pickle
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmsource.analysis.employer import employer_cost
from cmsource.api import compare, compare_all, from_json, load, read_country, to_json, validate
from cmsource.countries import facts, is_neutral
from cmsource.countries.rules import KEYS
from cmsource.reading import country_files, document
from cmsource.reading.country_files import read_country_text
from cmsource.reading.load import read_bytes
from cmsource.reading.report import Report
from cmsource.scenario.country_keys import FACTS, SECTIONS, TOP
from cmsource.values.diagnostics import Diagnostic, ScenarioError
from conftest import Cli
from readings import only

CH = """\
name: Switzerland
currency: CHF
from: 2026-01-01
to: 2026-12-31
as_of: 2026-11-26
source: what I know
confidence: G
facts:
  full_time_hours: {value: 42}
  paid_leave_days: {value: 25}
  employee_hourly_wage: {value: CHF 35/h}
  agency_hourly_rate: {value: 130}
  minimum_wage:
    - {value: 20}
    - {from: 2026-07-01, value: 24}
rising_with_wages: [minimum_wage]
payroll:
  values:
    old_age: {value: 5.3%}
    ceiling: {value: 148200}
  lines:
    AHV: {rate: old_age}
    ALV: {rate: 1.1%, between: [0, ceiling]}
regions:
  GE: {name: Genève, also: [Genf], facts: {minimum_wage: {value: 24.5}}}
"""

SHOP = """\
country: ./CH.yaml
horizon: 12 months
needs: {cover: mon-fri 09:00-17:00, work: {content: 10 h/week}}
sources:
  cm: {kind: employee, monthly_wage: CHF 5'000, starts_after: 0, ramp_up: 0, recruitment: 0,
       turnover: 0%, management: 0 h/week, on_duty: mon-fri 09:00-17:00}
options: {hire: [cm]}
"""


def found_in(text: str) -> list[Diagnostic]:
    """What is wrong with the text of a country."""
    report = Report()
    country = read_country_text(text, "CH.yaml", "CH", report)
    assert (country is None) == report.failed
    return report.found


def written(folder: Path, country: str = CH, scenario: str = SHOP) -> Path:
    """A scenario beside its country."""
    (folder / "CH.yaml").write_text(country, encoding="utf-8")
    path = folder / "shop.yaml"
    path.write_text(scenario, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "path", sorted(facts.SHIPPED.glob("*/*.yaml")), ids=lambda p: f"{p.parent.name}-{p.stem}"
)
def test_shipped_countries_have_the_same_form(path: Path) -> None:
    """They pass the same checks, and say the same by the quick way of reading them."""
    report = Report()
    country = read_country_text(
        path.read_text(encoding="utf-8"), path.name, path.parent.name, report
    )
    assert report.found == []
    assert country is not None
    assert country.code == path.parent.name
    quick = facts.read_once(path)
    assert country.file == quick._replace(period=country.file.period)


def test_pay_by_the_lines_of_the_file(tmp_path: Path) -> None:
    """60,000 a year: 5.3 % are 3,180, 1.1 % are 660; 63,840 with them."""
    result = compare(load(written(tmp_path)), details=False)
    assert float(result.options["hire"].total) == 63_840
    assert (result.country, result.currency) == ("CH", "CHF")


def test_what_the_file_does_not_say_is_neutral(tmp_path: Path) -> None:
    """Leave is the file's, sickness is assumed; a colleague earns 1.3 times the file's 35."""
    scenario = load(written(tmp_path, scenario="country: 'CH.yaml '\nhours_per_day: 2\n"))
    by_path = {each.path: each for each in scenario.assumptions}
    assert by_path["sources.employee.hourly_wage"].source == "what I know"
    assert by_path["sources.colleague.hourly_wage"].value == "45.5/h"
    assert by_path["sources.colleague.hourly_wage"].ref == "no country: colleague_hourly_wage"
    assert by_path["sources.employee.hourly_wage"].ref == "CH: employee_hourly_wage"
    assert is_neutral(by_path["sources.freelancer.unplanned_absence"].source)
    assert not is_neutral(by_path["sources.freelancer.planned_absence"].source)


def test_what_nobody_says_is_asked_for_where_the_country_is_named(tmp_path: Path) -> None:
    """A file without a wage and a rate of market leaves these to the scenario."""
    bare = CH.replace("  employee_hourly_wage: {value: CHF 35/h}\n", "")
    found = only(validate(written(tmp_path, bare, "hours_per_day: 2\ncountry: ./CH.yaml\n")))
    assert found.code == "E211"
    assert "Switzerland (CH) says nothing of `hourly_wage`" in found.message
    assert found.place is not None
    assert found.place.line == 2


def test_values_follow_the_day_and_the_region(tmp_path: Path) -> None:
    """The minimum wage is 20 in January and 24 from July; Geneva has its own."""
    path = written(tmp_path)
    for more, wage in (
        ("start: 2026-03-01\n", 20),
        ("start: 2026-08-01\n", 24),
        ("region: genève\n", 24.5),
        ("region: Genf\n", 24.5),
    ):
        path.write_text(SHOP + more, encoding="utf-8")
        country = load(path).country_data
        assert country is not None
        assert country.value("minimum_wage") == wage
    path.write_text(SHOP + "region: Bretagne\n", encoding="utf-8")
    assert only(validate(path)).code == "E208"
    path.write_text(SHOP + "start: 2027-03-01\n", encoding="utf-8")
    assert only(validate(path)).code == "W404"


def test_the_law_of_the_file_holds(tmp_path: Path) -> None:
    """4,000 for 42 h a week are 21.98 an hour, below the 24 of the file."""
    path = written(tmp_path, scenario=SHOP.replace("5'000", "4'000"))
    found = only(validate(path))
    assert (found.code, found.severity) == ("E304", "error")


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "column", "message", "hint"),
    [
        ("currency: CHF", "currency: FRS", "E204", 2, 11, "FRS", "CHF"),
        ("from: 2026-01-01", "from: 2026-13-01", "E204", 3, 7, "not a date", "2027-01-04"),
        ("to: 2026-12-31", "to: 2025-12-31", "E204", 4, 5, "is before", "last day"),
        ("to: 2026-12-31\n", "", "E202", 1, 1, "`to` is missing", "last day"),
        ("as_of: 2026-11-26", "as_of: 2026-02-30", "E204", 5, 8, "not a day", "2024"),
        ("confidence: G\n", "confidence: X\n", "E204", 7, 13, "one of O, O2", "write O"),
        ("confidence: G\n", "", "E202", 8, 3, "is missing, and that of 10 more", "at the top"),
        ("name:", "nam: x\nname:", "E201", 1, 1, "`nam`", "`name`"),
        ("paid_leave_days:", "paid_leave_day:", "E201", 10, 3, "`paid_leave_day`", "_days`"),
        ("{value: 25}", "25", "E203", 10, 20, "takes a map of value", "{value: 25,"),
        ("{value: 25}", "[]", "E203", 10, 20, "an empty list", "write {value"),
        ("{value: 25}", "{valu: 25}", "E201", 10, 21, "`valu`", "`value`"),
        ("{value: 25}", "{value: 300}", "E204", 10, 28, "more than 250", "at most 250"),
        ("{value: 25}", "{value: 20..25}", "E204", 10, 28, "is a range", "one number"),
        ("{value: 25}", "{value: [25]}", "E203", 10, 28, "takes a number", ""),
        ("CHF 35/h", "$35/h", "E204", 11, 33, "in USD or CAD", "into CHF"),
        ("CHF 35/h", "35/day", "E204", 11, 33, "per day", "per hour"),
        ("- {value: 20}", "- {value: 20, from: 2026-07-01}", "E204", 15, 14, "two values", "day"),
        ("[minimum_wage]", "[minimum_wages]", "E204", 16, 21, "no number", "`minimum_wage`"),
        ("[minimum_wage]", "minimum_wage", "E203", 16, 20, "takes a list", "[minimum_wage]"),
        ("{rate: old_age}", "{rate: old_ag}", "E204", 22, 17, "no value 'old_ag'", "name of one"),
        ("{rate: old_age}", "{rat: old_age}", "E201", 22, 11, "`rat`", "`rate`"),
        ("{rate: old_age}", "{rate: 1.125}", "E204", 22, 17, "can be read as", "1.1250"),
        ("{rate: old_age}", "{rate: 1%, pay: maybe}", "E204", 22, 26, "not yes or no", "yes"),
        ("{rate: old_age}", "{rate: 1%, reduces: ALV}", "E204", 22, 30, "no line 'ALV'", "above"),
        ("[0, ceiling]", "[9, 3]", "E204", 23, 32, "above 3", "lower"),
        ("value: 5.3%", "value: much", "E203", 19, 22, "takes a number", ""),
        ("lines:\n", "liness:\n", "E201", 21, 3, "`liness`", "`lines`"),
        ("payroll:\n", "payroll:\n  module: nowhere\n", "E204", 17, 1, "no payroll module", ""),
        ("payroll:\n", "payroll:\n  module: ../fr\n", "E204", 17, 1, "not a name", ""),
        ("payroll:\n", "payroll:\n  module: ca_qc\n", "E204", 17, 1, "is missing", "every value"),
        ("{name: Genève,", "{within: XX,", "E204", 25, 16, "no region", "GE"),
        ("{value: 24.5}", "{value: 24.5, source: ''}", "E204", 25, 80, "is empty", "leave"),
        ("source: what I know", "source: [x]", "E203", 6, 9, "found a list", ""),
    ],
)
def test_errors_have_their_place(
    old: str, new: str, code: str, line: int, column: int, message: str, hint: str
) -> None:
    """File, line and column, what is wrong, and the way out; one mistake is one error."""
    assert old in CH
    found = only(found_in(CH.replace(old, new, 1)))
    assert found.place is not None
    assert (found.code, found.place.file) == (code, "CH.yaml")
    assert (found.place.line, found.place.column) == (line, column)
    assert message in found.message
    assert hint in found.hint


ODD = ("", "{}", "[]", "null", "-1", "1e9", ".nan", "''", "2026-02-30", "*a", "!x", "100%", "yes")
"""What may stand where something else should."""


@given(
    st.sampled_from(sorted(facts.SHIPPED.glob("*/2026.yaml"))),
    st.lists(st.tuples(st.integers(0), st.integers(0), st.sampled_from(ODD)), max_size=3),
)
def test_accidents_are_reported(path: Path, slips: list[tuple[int, int, str]]) -> None:
    """Whatever is written in the place of a word, a file is read, or what is wrong has a place."""
    lines = path.read_text(encoding="utf-8").split("\n")
    for line, word, odd in slips:
        parts = re.split(r"([:,{}\[\] ]+)", lines[line % len(lines)])
        parts[word % len(parts)] = odd
        lines[line % len(lines)] = "".join(parts)
    for found in found_in("\n".join(lines)):
        assert found.place is not None
        assert found.place.file == "CH.yaml"


@pytest.mark.parametrize("source", ["assumption: five weeks", "hypothèse : cinq semaines"])
def test_an_assumption_is_a_guess(source: str) -> None:
    """A source that says assumption, in either language, has no better mark."""
    text = CH.replace("{value: 25}", f"{{value: 25, source: '{source}', confidence: O}}")
    assert "has the mark G, not O" in only(found_in(text)).message


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    """Of the country and of the scenario that does not depend on it."""
    bad = CH.replace("{value: 42}", "{value: 420}").replace("{value: 25}", "25")
    path = written(tmp_path, bad, SHOP + "expct: {}\n")
    found = [(each.code, Path(each.place.file).name) for each in validate(path) if each.place]
    assert found == [("E204", "CH.yaml"), ("E203", "CH.yaml"), ("E201", "shop.yaml")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "E112"),
        ("- a\n", "E112"),
        ("a: [\n", "E104"),
        ("a: &a [*a]\n", "E105"),
        ("a: !x 1", "E107"),
    ],
)
def test_texts_that_are_no_country(text: str, code: str) -> None:
    """As with a scenario; what writes one is named."""
    found = found_in(text)
    assert code in [each.code for each in found]
    if code == "E112":
        assert "countries --template" in found[0].hint


class TestPaths:
    """Where the file of a country is looked for."""

    def test_from_the_folder_of_the_base_that_names_it(self, tmp_path: Path) -> None:
        """A base in another folder names the country beside it."""
        folder = tmp_path / "shared"
        folder.mkdir()
        written(folder)
        path = tmp_path / "mine.yaml"
        path.write_text("extends: shared/shop.yaml\nname: mine\n", encoding="utf-8")
        assert load(path).currency == "CHF"

    def test_absolute(self, tmp_path: Path) -> None:
        """An absolute path is followed inside the folder tree."""
        path = written(tmp_path, scenario=SHOP.replace("./CH.yaml", str(tmp_path / "CH.yaml")))
        assert load(path).currency == "CHF"

    def test_outside_of_the_tree(self, tmp_path: Path) -> None:
        """As `extends`: refused unless the tree is widened."""
        folder = tmp_path / "mine"
        folder.mkdir()
        written(tmp_path)
        path = written(folder, scenario=SHOP.replace("./CH.yaml", "../CH.yaml"))
        found = only(validate(path))
        assert found.code == "E118"
        assert "--root" in found.hint
        assert load(path, root=tmp_path).currency == "CHF"
        (folder / "CH.yaml").unlink()
        (folder / "CH.yaml").symlink_to(tmp_path / "CH.yaml")
        path.write_text(SHOP, encoding="utf-8")
        assert only(validate(path)).code == "E118"

    def test_on_the_command_line(self, tmp_path: Path) -> None:
        """`--set` names it from the folder of the scenario, as it does a profile."""
        path = written(tmp_path, scenario=SHOP.replace("country: ./CH.yaml", "currency: CHF"))
        assert load(path).country == ""
        assert load(path, overrides=["country=./CH.yaml"]).country == "CH"

    def test_what_is_piped_in(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The file is looked for in the current folder."""
        written(tmp_path)
        monkeypatch.chdir(tmp_path)
        reading = read_bytes(SHOP.encode(), "<stdin>")
        assert reading.scenario is not None
        assert reading.scenario.country == "CH"
        found = only(read_bytes(SHOP.replace("CHF 5", "$5").encode(), "<stdin>").diagnostics)
        assert found.code == "E204"

    def test_that_lead_nowhere(self, tmp_path: Path) -> None:
        """Located where the scenario names it, and none of them waits or reads for ever."""
        os.mkfifo(tmp_path / "pipe.yaml")
        (tmp_path / "folder.yaml").mkdir()
        (tmp_path / "loop.yaml").symlink_to("loop.yaml")
        (tmp_path / "zero.yaml").symlink_to("/dev/zero")
        path = written(tmp_path)
        for name, said in (
            ("CHH.yaml", "does not exist"),
            ("pipe.yaml", "is not a regular file"),
            ("folder.yaml", "is a folder"),
            ("loop.yaml", ""),
            ("zero.yaml", ""),
        ):
            text = SHOP.replace("./CH.yaml", f'"./{name}"')
            path.write_text(text, encoding="utf-8")
            found = only(validate(path))
            assert found.code in ("E101", "E118")
            assert said in found.message
            assert found.place is not None
            assert found.place.line == 1
        assert (
            "did you mean"
            in only(validate(written(tmp_path, scenario=SHOP.replace("CH.yaml", "CHH.yaml")))).hint
        )

    def test_too_large(self, tmp_path: Path) -> None:
        """A hundred megabytes of nothing are not read."""
        path = written(tmp_path)
        with (tmp_path / "CH.yaml").open("wb") as stream:
            stream.truncate(100_000_000)
        assert only(validate(path)).code == "E102"


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    """What is remembered of a file is never older than the file."""
    path = written(tmp_path)
    for leave in (25, 20, 30):
        (tmp_path / "CH.yaml").write_text(CH.replace("25}", f"{leave}}}"), encoding="utf-8")
        country = load(path).country_data
        assert country is not None
        assert country.value("paid_leave_days") == leave


def test_a_folder_reads_its_country_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many scenarios name one file, which is no scenario of the folder itself."""
    path = written(tmp_path)
    text = path.read_text(encoding="utf-8")
    for number in range(50):
        country = "./CH.yaml" if number % 2 else '"CH.yaml"'
        (tmp_path / f"s{number}.yaml").write_text(
            text.replace("./CH.yaml", country), encoding="utf-8"
        )
    read = []
    real = document.read_document

    def counted(name: str, *args: object, **more: object) -> object:
        read.append(name)
        return real(name, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(country_files, "read_document", counted)
    rows = list(compare_all([tmp_path]))
    assert len(rows) == 51
    assert {row.status for row, _ in rows} == {"ok"}
    assert len(read) == 1


def test_a_file_that_names_itself_is_not_hidden(tmp_path: Path) -> None:
    """A scenario is no country, and its folder says so."""
    (tmp_path / "s.yaml").write_text("country: ./s.yaml\n", encoding="utf-8")
    ((row, _),) = compare_all([tmp_path])
    assert row.status == "invalid"


def test_results_can_be_saved_and_sent(tmp_path: Path) -> None:
    """A result reads back as it was; a scenario goes to a worker with its country."""
    scenario = load(written(tmp_path))
    result = compare(scenario)
    assert to_json(from_json(to_json(result))) == to_json(result)
    again = pickle.loads(pickle.dumps(scenario))
    assert compare(again) == result


def test_batches_and_differences(cli: Cli, tmp_path: Path) -> None:
    """A baseline of a folder with a country of its own is compared and merged as any other."""
    written(tmp_path)
    baseline = tmp_path / "old.json"
    ran = cli("batch", str(tmp_path), "--format", "json", "--output", str(baseline))
    assert ran.status == 0, ran.err
    (tmp_path / "CH.yaml").write_text(CH.replace("5.3%", "6.3%"), encoding="utf-8")
    ran = cli(
        "batch", str(tmp_path), "--baseline", str(baseline), "--format", "json", "--jobs", "2"
    )
    assert ran.status == 0, ran.err
    assert '"total": 64440.00' in ran.out
    assert cli("merge", str(baseline)).status == 0


def test_expanded_it_says_the_same(cli: Cli, tmp_path: Path) -> None:
    """The full form keeps the name of the file, and comes to the same."""
    path = written(tmp_path)
    full = cli("expand", str(path)).out
    assert 'country: "./CH.yaml"' in full
    (tmp_path / "full.yaml").write_text(full, encoding="utf-8")
    first, second = (
        compare(load(tmp_path / name), details=False) for name in ("shop.yaml", "full.yaml")
    )
    assert first.options["hire"].total == second.options["hire"].total


class TestTemplate:
    """`cmsource countries --template` writes a file to start from."""

    def test_it_is_valid_and_computes(self, cli: Cli, tmp_path: Path) -> None:
        """As it is written, and with every example in it taken as one's own."""
        ran = cli("countries", "--template")
        assert ran.status == 0
        everything = _uncommented(ran.out)
        assert "\n    health: {rate: 5%" in everything
        for text in (ran.out, everything):
            assert found_in(text) == []
            path = written(tmp_path, text, "country: ./CH.yaml\nhours_per_day: 2\n")
            assert len(compare(load(path), details=False).options) == 9

    def test_it_has_every_key(self, cli: Cli) -> None:
        """Of the file, of its values and of a line of payroll, each once, with its meaning."""
        text = cli("countries", "--template").out
        for key in (*TOP, *SECTIONS, *FACTS):
            if key not in ("source", "confidence"):  # which count for all values
                assert len(re.findall(rf"^(?:#|  |#  )?{key}:", text, re.MULTILINE)) == 1, key
        for key in KEYS:
            assert re.search(rf"^# {key} +\S", text, re.MULTILINE), key

    def test_of_a_known_country_it_is_the_file_itself(self, cli: Cli) -> None:
        """Whoever knows a country better starts from what is known of it."""
        shipped = (facts.SHIPPED / "BE" / "2026.yaml").read_text(encoding="utf-8")
        assert cli("countries", "Belgique", "--template").out == shipped
        assert found_in(shipped) == []
        assert cli("countries", "XX", "--template").status == 2


def _uncommented(text: str) -> str:
    """A template in which every line of YAML that is a comment counts."""
    return re.sub(r"^#(?! \S)(?=.)", "", text, flags=re.MULTILINE)


def test_a_file_is_listed_like_a_country(cli: Cli, tmp_path: Path) -> None:
    """`cmsource countries ./CH.yaml` shows its values, or what is wrong with it."""
    written(tmp_path)
    ran = cli("countries", str(tmp_path / "CH.yaml"), "--format", "csv")
    assert ran.status == 0
    assert "CH,payroll.old_age,0.053,what I know,2026-11-26,G" in ran.out
    (tmp_path / "CH.yaml").write_text(CH.replace("25}", "x}"), encoding="utf-8")
    ran = cli("countries", str(tmp_path / "CH.yaml"))
    assert ran.status == 2
    assert "CH.yaml:10:28" in ran.err


def test_payroll_of_a_file(cli: Cli, tmp_path: Path) -> None:
    """5,000 a month: 5.3 % are 265, 1.1 % are 55; the same from Python."""
    written(tmp_path)
    file = str(tmp_path / "CH.yaml")
    ran = cli("payroll", file, "--monthly", "CHF 5'000", "--format", "json")
    assert ran.status == 0, ran.err
    assert '"total": 5320.00' in ran.out
    country = read_country(file)
    assert employer_cost(country, monthly_gross=5_000).total == 5_320
    assert employer_cost(country, monthly_gross=5_000, region="Genf").total == 5_320
    with pytest.raises(ScenarioError, match="unknown region"):
        employer_cost(country, monthly_gross=5_000, region="Bretagne")
    assert cli("payroll", file, "--monthly", "$5000").status == 2
    (tmp_path / "CH.yaml").write_text("name: x", encoding="utf-8")
    ran = cli("payroll", file, "--monthly", "5000")
    assert ran.status == 2
    assert "CH.yaml:1:1" in ran.err
