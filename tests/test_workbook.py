"""Workbooks: what may be changed is worked out again to the cent, and all else is locked."""

import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache, lru_cache, partial
from importlib import util
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
import yaml
from hypothesis import HealthCheck, example, given, reject, settings
from hypothesis import strategies as st

import cmsource
from cmsource.analysis.coverage.week_picture import weeks
from cmsource.analysis.inputs.inputs import Input, written
from cmsource.analysis.links import Links, links
from cmsource.reports.blocks import Look
from cmsource.reports.formulas import digits, in_cents, to_the_cent
from cmsource.reports.sheets import At, Cell, Form, Formula, Parts, Sheet, head
from cmsource.reports.workbook import WorkbookReport
from cmsource.results.comparison import Comparison
from cmsource.values.language import Language
from cmsource.writers import xlsx
from cmsource.writers.page import Page
from conftest import Cli, unframed
from spreadsheet import NotAvailableError, Spreadsheet
from strategies import Data, scenarios

SCENARIOS = sorted((Path(__file__).parents[1] / "scenarios").glob("*.yaml"))
SHOP = Path(__file__).parents[1] / "scenarios" / "boutique-24-7.yaml"
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(
    OFFICE is None, reason="LibreOffice is not installed: apt-get install libreoffice-calc-nogui"
)
HOSTILE = (
    *("=1+1", "+cmd|' /C calc'!A0", "@SUM(1)", "{=NOW()}", "-2+3", "http://x.example", "'=1"),
    *("_x0041_b", "a;=1+1", "<img src=x onerror=y>&amp;", "]:*?/['"),
)

SMALL = """\
country: FR
horizon: 24 months
needs: {cover: mon-fri 09:00-17:00, work: {content: 10 h/week}}
prices: {vendors: 10%/year, discount: 4%}
own_time: 30/h
tools: {desk: {price: 99/month, shared_by: 3}}
sources:
  firm: {kind: agency, hourly_rate: 75, setup: 500, coordination: 1 h/week}
  cm: {kind: employee, hourly_wage: 20, hours: 35, recruitment: 2000, management: 0 h/week}
options: {agency: [firm], hire: [cm]}
require: {cost: 5000/month}
"""


class Made(NamedTuple):
    """A workbook and what it is of."""

    file: Path
    links: Links
    result: Comparison
    data: bytes

    @property
    def editable(self) -> list[Input]:
        """The inputs that may be changed, in the order of the sheet."""
        return [each for each in self.links.inputs if each.path in self.links.linked]


def made(file: Path, language: str = "en") -> Made:
    """The workbook of a scenario."""
    scenario = cmsource.load(file)

    def again(values: Mapping[str, str]) -> Any:  # noqa: ANN401 - a scenario
        return cmsource.load(file, overrides=[f"{path}={text}" for path, text in values.items()])

    found = links(scenario, again)
    result = cmsource.compare(scenario, details=False)
    report = WorkbookReport(scenario, result, found, weeks(scenario))
    return Made(file, found, result, xlsx.write(report, Page(language=Language(language))))


example_made = cache(made)
"""The workbook of an example, for the tests that look at all of them."""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A scenario that can be worked by hand."""
    file = tmp_path / "small.yaml"
    file.write_text(SMALL, encoding="utf-8")
    return file


def cells_of(data: bytes) -> Iterator[tuple[str, Any]]:
    """Every cell that holds something, with the title of its sheet."""
    for sheet in openpyxl.load_workbook(BytesIO(data)):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    yield sheet.title, cell


@lru_cache(maxsize=1)  # to read a workbook takes as long as to work it out
def keys_of(data: bytes) -> tuple[object, ...]:
    """What the sheet of inputs has in the column of their keys, from its first row."""
    sheet = openpyxl.load_workbook(BytesIO(data)).worksheets[3]
    return tuple(cells[1].value for cells in sheet.iter_rows())


def place_of(data: bytes, path: str) -> str:
    """The cell of an input that may be changed."""
    [row] = [row for row, key in enumerate(keys_of(data), 1) if key == path]
    return f"C{row}"


def titles(data: bytes) -> list[str]:
    """Of the sheets."""
    return list(openpyxl.load_workbook(BytesIO(data)).sheetnames)


class Row(NamedTuple):
    """What the sheet of options says of one."""

    total: Decimal
    cash: Decimal
    monthly: Decimal
    present: Decimal | None
    ok: bool
    take: bool
    categories: Mapping[str, Decimal]


def options_of(book: Any, names: Sequence[str]) -> dict[str, Row]:  # noqa: ANN401
    """The options as a workbook has them.

    Args:
        book: gives the value of a cell of the sheet of options by its column and row.
        names: of the options in the order of the sheet.
    """
    places = {book(column, 1): column for column in range(1, 40)}
    below = len(names) + 4
    categories = {book(column, below): column for column in range(3, 40)}
    assert book(1, below) == "Cost by category"

    def money(column: int, row: int) -> Decimal:
        return Decimal(f"{book(column, row):.2f}")

    return {
        name: Row(
            money(places["Total"], row),
            money(places["Cash"], row),
            money(places["A month"], row),
            money(places["Present value"], row) if "Present value" in places else None,
            bool(book(places["OK"], row)),
            bool(book(places["Take"], row)),
            {
                each: amount
                for each, column in categories.items()
                if each and (amount := money(column, below - 1 + row))
            },
        )
        for row, name in enumerate(names, 2)
    }


def expected(result: Comparison) -> dict[str, Row]:
    """The same of a comparison."""
    return {
        name: Row(
            option.total,
            option.cash,
            option.monthly,
            option.npv,
            option.eligible,
            name == result.recommended,
            {each: amount for each, amount in option.by_category.items() if amount},
        )
        for name, option in result.options.items()
    }


def worked_out(sheet: Spreadsheet, names: Sequence[str]) -> dict[str, Row]:
    """The options as our own small spreadsheet works them out."""

    def at(column: int, row: int) -> Any:  # noqa: ANN401
        return sheet.at("Options", f"{openpyxl.utils.get_column_letter(column)}{row}")

    return options_of(at, names)


def moved(each: Input) -> float:
    """Another value for an input, awkward to multiply."""
    other = 0.0719 if each.is_share else round(each.value * 1.17 + 3.33, 2)
    return min(max(other, each.low), each.high)


def with_inputs(book: Made, values: Mapping[Input, float]) -> Comparison:
    """The comparison of the scenario with other values, by ``--set``."""
    scenario = cmsource.load(book.file)
    overrides = [
        f"{each.path}={written(scenario, each.path, value)}" for each, value in values.items()
    ]
    return cmsource.compare(cmsource.load(book.file, overrides=overrides), details=False)


# Rounding -----------------------------------------------------------------------------------------


class Rounding(NamedTuple):
    """A report with amounts to round, and nothing else."""

    cases: Sequence[tuple[float, float]]
    currency: str = "EUR"

    def sheets(self) -> Sequence[Sheet]:
        """The amounts, as quantity and price, in cents, to the cent."""
        rows: list[Sequence[Cell]] = [head("a", "b")]
        for row, (quantity, price) in enumerate(self.cases, 1):
            product: Parts = (At("x", row, 0), "*", At("x", row, 1))
            rows.append(
                (
                    Cell(quantity),
                    Cell(price),
                    Cell(Formula(in_cents(product), 0)),
                    Cell(Formula(to_the_cent((), (At("x", row, 2),)), 0)),
                    Cell(Formula(to_the_cent(product), 0)),
                )
            )
        return (Sheet("x", "x", rows, (10,)),)


HALVES = ((1, 0.125), (1, 0.135), (1, 2.675), (1, 1.005), (3, 0.005), (-1, 0.125), (-1, 0.135))


def half_to_even(quantity: float, price: float) -> Decimal:
    """A product rounded as bankers do, on its decimals."""
    product = Decimal(str(quantity)) * Decimal(str(price))
    return product.quantize(Decimal("0.01"), ROUND_HALF_EVEN)


@given(
    st.lists(
        st.tuples(
            st.integers(-40_000, 40_000).map(lambda n: n / 8),
            st.integers(-2_000_000, 2_000_000).map(lambda n: n / 1000),
        ),
        min_size=1,
        max_size=10,
    )
)
@example(list(HALVES))
def test_cents_are_rounded_half_to_even(cases: list[tuple[float, float]]) -> None:
    """As the model rounds, on the decimals of the product; ROUND alone takes halves up."""
    sheet = Spreadsheet(xlsx.write(Rounding(cases), Page()))
    for row, (quantity, price) in enumerate(cases, 2):
        for column in "DE":
            assert Decimal(f"{sheet.at('x', f'{column}{row}'):.2f}") == half_to_even(
                quantity, price
            )


# Totals -------------------------------------------------------------------------------------------


def test_a_small_ledger_by_hand(small: Path) -> None:
    """10 h × 52 weeks at 75 €, and 10 % more in the second year; 500 € once; a third of 99 €."""
    book = made(small)
    sheet = Spreadsheet(book.data)
    fees = Decimal(10 * 52) * 75 * (1 + Decimal("1.1"))
    tool = Decimal(99) / 3 * 12 * (1 + Decimal("1.1"))
    steering = Decimal(52 * 2) * 30
    assert worked_out(sheet, ["agency", "hire"])["agency"].total == fees + tool + steering + 500
    sheet.put("Inputs", place_of(book.data, "sources.firm.hourly_rate"), 80)
    sheet.put("Inputs", place_of(book.data, "prices.vendors"), 0.05)
    fees = Decimal(10 * 52) * 80 * (1 + Decimal("1.05"))
    tool = Decimal(99) / 3 * 12 * (1 + Decimal("1.05"))
    found = worked_out(sheet, ["agency", "hire"])["agency"]
    assert found.total == fees + tool + steering + 500
    assert found.cash == found.total - steering


def test_a_limit_of_cost_is_live(small: Path) -> None:
    """5,000 a month: an agency at 75 keeps it, one at 150 does not, and is not taken then."""
    book = made(small)
    sheet = Spreadsheet(book.data)
    assert worked_out(sheet, ["agency", "hire"])["agency"].ok
    sheet.put("Inputs", place_of(book.data, "sources.firm.hourly_rate"), 150)
    found = worked_out(sheet, ["agency", "hire"])
    assert not found["agency"].ok
    assert not found["agency"].take


@pytest.mark.parametrize("value", [None, "many", -1, 1e9])
def test_what_is_no_such_number_gives_none(small: Path, value: object) -> None:
    """An empty cell is no price of nothing: all that rests on it is not available."""
    book = made(small)
    sheet = Spreadsheet(book.data)
    sheet.put("Inputs", place_of(book.data, "sources.firm.hourly_rate"), value)
    with pytest.raises(NotAvailableError):
        worked_out(sheet, ["agency", "hire"])


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda path: path.stem)
def test_every_example_changed_cell_by_cell(file: Path) -> None:
    """Each cell that may be changed gives what ``--set`` gives, to the cent."""
    book = example_made(file)
    names = list(book.result.options)
    sheet = Spreadsheet(book.data)
    assert book.editable
    assert worked_out(sheet, names) == expected(book.result)
    for each in book.editable:
        place, value = place_of(book.data, each.path), moved(each)
        sheet.put("Inputs", place, value)
        assert worked_out(sheet, names) == expected(with_inputs(book, {each: value})), each.path
        sheet.put("Inputs", place, each.value)
    values = {each: moved(each) for each in book.editable}
    for each, value in values.items():
        sheet.put("Inputs", place_of(book.data, each.path), value)
    assert worked_out(sheet, names) == expected(with_inputs(book, values))


@pytest.mark.slow
@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(data=scenarios(), choose=st.data())
def test_any_scenario_changed(
    tmp_path_factory: pytest.TempPathFactory, data: Data, choose: st.DataObject
) -> None:
    """The same of scenarios made by chance, with values by chance."""
    file = tmp_path_factory.mktemp("any") / "any.yaml"
    file.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    try:
        book = made(file)
    except cmsource.ScenarioError:
        reject()
    names = list(book.result.options)
    sheet = Spreadsheet(book.data)
    assert worked_out(sheet, names) == expected(book.result)
    some = (
        choose.draw(st.lists(st.sampled_from(book.editable), unique=True)) if book.editable else []
    )
    values = {
        each: round(choose.draw(st.floats(each.low, min(each.high, 1 + 20 * each.value))), 4)
        for each in some
    }
    for each, value in values.items():
        sheet.put("Inputs", place_of(book.data, each.path), value)
    assert worked_out(sheet, names) == expected(with_inputs(book, values))


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda path: path.stem)
def test_values_that_are_written_are_those_worked_out(file: Path) -> None:
    """Who opens the file without working it out sees the same."""
    book = example_made(file)
    sheet = Spreadsheet(book.data)
    kept = openpyxl.load_workbook(BytesIO(book.data), data_only=True)
    count = 0
    for title, cell in cells_of(book.data):
        if cell.data_type == "f":
            value = sheet.at(title, cell.coordinate)
            shown = kept[title][cell.coordinate].value
            if isinstance(value, str):
                assert shown == value
            else:
                assert shown == pytest.approx(value, rel=1e-11, abs=1e-9), cell.value
            count += 1
    assert count > 20


# The file -----------------------------------------------------------------------------------------


def test_all_but_the_linked_inputs_is_locked(small: Path) -> None:
    """Each sheet is protected; open cells are coloured, and take what was tried alone."""
    book = made(small)
    found = openpyxl.load_workbook(BytesIO(book.data))
    assert all(sheet.protection.sheet for sheet in found)
    places = {place_of(book.data, each.path) for each in book.editable}
    open_cells = {
        cell.coordinate
        for title, cell in cells_of(book.data)
        if not cell.protection.locked and title == "Inputs"
    }
    assert open_cells == places
    assert all(cell.protection.locked for title, cell in cells_of(book.data) if title != "Inputs")
    inputs = found["Inputs"]
    assert all(inputs[place].fill.fgColor.rgb == "FFFFF2CC" for place in places)
    checked = {str(each.sqref): each for each in inputs.data_validations.dataValidation}
    assert checked.keys() == places
    rate = checked[place_of(book.data, "sources.firm.hourly_rate")]
    assert (float(rate.formula1), float(rate.formula2)) == (0, 1_000_000)
    assert not rate.allowBlank


def test_the_same_scenario_gives_the_same_bytes(small: Path) -> None:
    """No clock is in them."""
    assert made(small).data == made(small).data


def test_names_are_no_formulas(tmp_path: Path) -> None:
    """Whatever a name begins with, its cell is a text, and sheets have our names."""
    file = tmp_path / "x.yaml"
    for name in HOSTILE:
        label = name.replace("'", "''")
        file.write_text(
            f"name: '{label}'\ncountry: FR\nneeds: {{cover: 24/7, work: {{content: 5 h/week}}}}\n"
            f"sources:\n  a: {{kind: agency, label: '{label}', hourly_rate: 75}}\n"
            f"options:\n  o: {{label: '{label}', phases: [{{sources: [a]}}]}}\n"
        )
        data = made(file).data
        assert titles(data) == ["Answer", "Options", "Ledger", "Inputs", "Assumptions", "Week"]
        texts = 0
        for _, cell in cells_of(data):
            if cell.data_type == "f":
                assert name not in str(cell.value)
            elif name in str(cell.value):
                assert cell.data_type == "s"
                assert cell.hyperlink is None
                texts += 1
        assert texts >= 4
        assert Spreadsheet(data).at("Answer", "B4") == name


def test_french(small: Path) -> None:
    """Sheets, headings, truths and amounts as the French have them; formulas as files keep them."""
    data = made(small, "fr").data
    book = openpyxl.load_workbook(BytesIO(data))
    assert book.sheetnames == [
        *("Réponse", "Options", "Détail des coûts", "Données", "Hypothèses", "Semaine")
    ]
    ledger = book["Détail des coûts"]
    amounts = [cell for cell in ledger["L"] if cell.data_type == "f"]
    assert all("\N{NO-BREAK SPACE}€" in cell.number_format for cell in amounts)
    assert {cell.number_format for cell in ledger["M"][1:4]} == {'"oui";;"non"'}
    assert book["Semaine"]["A4"].value == "lundi"
    english, french = Spreadsheet(made(small).data), Spreadsheet(data)
    assert french.at("Réponse", "B5") == english.at("Answer", "B5")


def test_looks_are_kept_apart() -> None:
    """A look, a form and a lock each have their own format."""
    rows = [(Cell(0.5, Form.SHARE), Cell(0.5, Form.SHARE, Look.FAINT), Cell(0.5, Form.NUMBER))]

    class Report(NamedTuple):
        currency: str = "JPY"

        def sheets(self) -> Sequence[Sheet]:
            return (Sheet("x", "x", [*rows, (Cell(5, Form.MONEY),)], (10,)),)

    sheet = openpyxl.load_workbook(BytesIO(xlsx.write(Report(), Page())))["x"]
    assert [cell.number_format for cell in sheet[1]] == ["0.00%", "0.00%", "#,##0.00##"]
    assert sheet["B1"].font.color.rgb != sheet["A1"].font.color
    assert sheet["A2"].number_format == '"¥"#,##0;-"¥"#,##0'


def test_numbers_in_formulas() -> None:
    """All the digits there are, and exponents as files have them."""
    assert [float(digits(number)) for number in (0.1, 1e-7, 520.0)] == [0.1, 1e-7, 520.0]
    assert digits(1e-7) == "1E-07"


# The command --------------------------------------------------------------------------------------


def test_compare_writes_a_workbook(cli: Cli, small: Path, tmp_path: Path) -> None:
    """To a file alone; what `--set` and `--only` say is what it is of."""
    file = tmp_path / "out.xlsx"
    ran = cli(
        *("compare", small, "--format", "xlsx", "--output", file),
        *("--set", "sources.firm.hourly_rate=60", "--only", "agency"),
    )
    assert (ran.status, ran.out) == (0, "")
    sheet = Spreadsheet(file.read_bytes())
    names = ["agency"]
    scenario = cmsource.load(small, overrides=["sources.firm.hourly_rate=60"])
    result = cmsource.compare(scenario, only=names, details=False)
    assert worked_out(sheet, names) == expected(result)
    assert sheet.at("Answer", "B4") == "agency"


def test_workbooks_need_a_file(cli: Cli, small: Path) -> None:
    """Nothing is written to a terminal, nor to a pipe."""
    ran = cli("compare", small, "--format", "xlsx")
    assert (ran.status, ran.out) == (2, "")
    assert "xlsx is a file: say which with `--output FILE.xlsx`" in unframed(ran.err)


def test_a_workbook_holds_one_scenario(cli: Cli, small: Path, tmp_path: Path) -> None:
    """Two of them are two files."""
    file = tmp_path / "out.xlsx"
    ran = cli("compare", small, SHOP, "--format", "xlsx", "--output", file)
    assert ran.status == 2
    assert "a workbook holds one scenario" in unframed(ran.err)
    assert not file.exists()


def test_workbooks_need_the_extra(
    cli: Cli, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where XlsxWriter is not installed, the error names the extra."""
    found = util.find_spec
    monkeypatch.setattr(
        "cmsource.cli.compare_command.find_spec",
        lambda name: None if name == "xlsxwriter" else found(name),
    )
    ran = cli("compare", small, "--format", "xlsx", "--output", tmp_path / "out.xlsx")
    assert ran.status == 2
    assert "pip install 'cmsource[xlsx]'" in unframed(ran.err)


def test_comparisons_go_to_files(cli: Cli, small: Path, tmp_path: Path) -> None:
    """`--output` takes every format: all of it, or nothing."""
    file = tmp_path / "out.md"
    ran = cli("compare", small, "--format", "markdown", "--output", file)
    assert (ran.status, ran.out) == (0, "")
    assert file.read_text(encoding="utf-8") == cli("compare", small, "--format", "markdown").out
    ran = cli("compare", small, "--format", "xlsx", "--output", tmp_path / "no" / "out.xlsx")
    assert ran.status == 2
    assert "cannot be written" in unframed(ran.err)


# LibreOffice --------------------------------------------------------------------------------------


Grid = Sequence[Sequence[Any]]


def recalculated(data: Mapping[str, bytes], folder: Path, sheet: str) -> dict[str, Grid]:
    """The values of a sheet of workbooks as LibreOffice works them out.

    openpyxl has saved them, so that they hold formulas and no values.
    """
    assert OFFICE is not None
    before, after = folder / "before", folder / "after"
    before.mkdir()
    for name, content in data.items():
        (before / f"{name}.xlsx").write_bytes(content)
    command = [OFFICE, f"-env:UserInstallation=file://{folder / 'profile'}", "--headless"]
    command += ["--convert-to", "xlsx", "--outdir", str(after)]
    command += [str(path) for path in sorted(before.iterdir())]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return {name: values_of(after / f"{name}.xlsx", sheet) for name in data}


def values_of(file: Path, sheet: str) -> Grid:
    """The values of one sheet; the others are not read."""
    book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    try:
        return list(book[sheet].iter_rows(values_only=True))
    finally:
        book.close()


def cell(grid: Grid, column: int, row: int) -> Any:  # noqa: ANN401
    """A value by its column and row, both from 1; none beyond what is written."""
    cells = grid[row - 1] if row <= len(grid) else ()
    return cells[column - 1] if column <= len(cells) else None


def saved(book: openpyxl.Workbook) -> bytes:
    """A workbook with formulas without values."""
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def held_by_office(files: Sequence[Path], folder: Path) -> None:
    """LibreOffice gives the model's amounts, as the files are and with each open cell changed."""
    data: dict[str, bytes] = {}
    wanted: dict[str, tuple[list[str], dict[str, Row]]] = {}
    for file in files:
        book = example_made(file)
        names = list(book.result.options)
        opened = openpyxl.load_workbook(BytesIO(book.data))
        inputs = opened["Inputs"]
        data[f"{file.stem}-0"] = saved(opened)
        wanted[f"{file.stem}-0"] = (names, expected(book.result))
        for number, each in enumerate(book.editable, 1):
            place, name = place_of(book.data, each.path), f"{file.stem}-{number}"
            before, inputs[place] = inputs[place].value, moved(each)
            data[name] = saved(opened)
            wanted[name] = (names, expected(with_inputs(book, {each: moved(each)})))
            inputs[place] = before
    for name, grid in recalculated(data, folder, "Options").items():
        names, rows = wanted[name]
        assert options_of(partial(cell, grid), names) == rows, name


@needs_office
def test_office_works_out_the_same(small: Path, tmp_path: Path) -> None:
    """A small scenario, cell by cell."""
    held_by_office([small], tmp_path)


@needs_office
@pytest.mark.slow
def test_office_works_out_every_example(tmp_path: Path) -> None:
    """Every example, cell by cell."""
    held_by_office(SCENARIOS, tmp_path)


@needs_office
def test_office_rounds_half_to_even(tmp_path: Path) -> None:
    """Its own ROUND takes 0.125 to 0.13; the formula gives the model's cent."""
    cases = [*HALVES, (1, 0.1250051), (1, 0.124995), (7, 16.505), (151.67, 16.5), (1e6, 0.000005)]
    data = saved(openpyxl.load_workbook(BytesIO(xlsx.write(Rounding(cases), Page()))))
    grid = recalculated({"rounding": data}, tmp_path, "x")["rounding"]
    for row, (quantity, price) in enumerate(cases, 2):
        for column in (4, 5):
            found = Decimal(f"{cell(grid, column, row):.2f}")
            assert found == half_to_even(quantity, price), (quantity, price)
