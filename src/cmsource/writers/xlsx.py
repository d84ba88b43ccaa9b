"""Workbooks: any report with sheets as an XLSX file, its cells locked but for those that are open.

A text is a text whatever it begins with: only formulas of the report are formulas. The same report
gives the same bytes, so that no clock is in them.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any

from cmsource.reports.blocks import Look
from cmsource.reports.report import Booked
from cmsource.reports.sheets import At, Cell, Form, Formula, Parts, Pile, Sheet, Words
from cmsource.values.language import Language, say
from cmsource.values.money import style_for
from cmsource.writers.page import Page

if TYPE_CHECKING:
    from xlsxwriter.format import Format as XlsxFormat
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_LONGEST = 32_767
"""Characters that a cell may have."""
_MADE = datetime(2000, 1, 1)
"""The date that a workbook bears."""

_LOOKS: Mapping[Look, Mapping[str, object]] = {
    Look.TITLE: {"bold": True, "bottom": 1},
    Look.STRONG: {"bold": True},
    Look.BEST: {"bold": True, "font_color": "#116329"},
    Look.GOOD: {"font_color": "#116329"},
    Look.BAD: {"font_color": "#a40e26"},
    Look.WARNING: {"font_color": "#953800"},
    Look.FAINT: {"font_color": "#666666"},
    Look.KEY: {"font_color": "#0550ae"},
}
_OPEN: Mapping[str, object] = {
    "bg_color": "#fff2cc",
    "font_color": "#0b3d91",
    "border": 1,
    "border_color": "#bf9000",
    "locked": False,
}
"""How a cell looks that may be changed."""
_LEAST_SHARE, _MOST_SHARE = "#ffffff", "#81c784"
_LINE = 15
"""Points that a line of text takes."""


def write(report: Booked, page: Page) -> bytes:
    """A report as the bytes of an XLSX file.

    Args:
        report: with its sheets.
        page: the language.

    Raises:
        ModuleNotFoundError: XlsxWriter is not installed.
    """
    from xlsxwriter.workbook import Workbook

    stream = BytesIO()
    with Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": _MADE, "comments": "cmsource"})
        book.set_calc_mode("auto")
        _Book(book, report, page.language).write()
    return stream.getvalue()


class _Book:
    """A workbook that is being written.

    Args:
        book: it.
        report: what is written.
        language: in which.
    """

    def __init__(self, book: "Workbook", report: Booked, language: Language) -> None:
        self._book = book
        self._sheets = [language.of(sheet) for sheet in report.sheets()]
        self._titles = {sheet.key: sheet.title for sheet in self._sheets}
        self._numbers = _numbers(report.currency, language)
        self._error = language.of(
            (
                say("Not within its limits"),
                say("Write a number from the least to the most that stand beside it."),
            )
        )
        self._formats: dict[tuple[object, ...], XlsxFormat] = {}

    def write(self) -> None:
        """Write all sheets, then what refers to them."""
        sheets = [self._book.add_worksheet(sheet.title) for sheet in self._sheets]
        for sheet, into in zip(self._sheets, sheets, strict=True):
            self._sheet(sheet, into)

    def _sheet(self, sheet: Sheet, into: "Worksheet") -> None:
        for column, width in enumerate(sheet.widths):
            into.set_column(column, column, width)
        into.freeze_panes(sheet.frozen, 0)
        into.set_landscape()
        into.set_paper(9)  # A4
        into.fit_to_pages(1, 0)
        for row, cells in enumerate(sheet.rows):
            lines = _lines(cells, sheet.widths)
            if lines > 1:  # not every spreadsheet finds that out when it opens a file
                into.set_row(row, _LINE * lines)
            for column, cell in enumerate(cells):
                self._cell(into, row, column, cell)
        for pile in sheet.piles:
            self._pile(into, pile)
        likely = [
            (row, column)
            for row, cells in enumerate(sheet.rows)
            for column, cell in enumerate(cells)
            if cell.form is Form.LIKELY
        ]
        if likely:
            rows, columns = [row for row, _ in likely], [column for _, column in likely]
            scale = {
                **{"type": "2_color_scale", "min_type": "num", "max_type": "num"},
                **{"min_value": 0, "max_value": 1},
                **{"min_color": _LEAST_SHARE, "max_color": _MOST_SHARE},
            }
            into.conditional_format(min(rows), min(columns), max(rows), max(columns), scale)
        # Without a password: the lock says which cells count, and keeps nobody out.
        into.protect("", {"format_columns": True, "format_rows": True})

    def _cell(self, into: "Worksheet", row: int, column: int, cell: Cell) -> None:
        value, style = cell.value, self._format(cell)
        if isinstance(value, Formula):
            into.write_formula(row, column, self._formula(value.parts), style, value.value)
        elif isinstance(value, str):
            if value:
                into.write_string(row, column, value[:_LONGEST], style)
        elif value is not None:
            into.write_number(row, column, value, style)
        if cell.limits is not None:
            title, message = self._error
            into.data_validation(
                row,
                column,
                row,
                column,
                {
                    "validate": "decimal",
                    "criteria": "between",
                    "minimum": cell.limits.least,
                    "maximum": cell.limits.most,
                    "ignore_blank": False,
                    "error_title": title,
                    "error_message": message,
                },
            )

    def _format(self, cell: Cell) -> "XlsxFormat":
        opened = cell.limits is not None
        form = cell.form
        if form is Form.NUMBER and (opened or cell.value == _whole(cell.value)):
            form = Form.PLAIN
        key = (form, cell.look, opened, cell.wraps)
        if key not in self._formats:
            properties: dict[str, Any] = {"valign": "top", **_LOOKS.get(cell.look, {})}
            if form in self._numbers:
                properties["num_format"] = self._numbers[form]
            if cell.wraps:
                properties |= {"text_wrap": True, "align": "left"}
            if opened:
                properties |= _OPEN
            self._formats[key] = self._book.add_format(properties)
        return self._formats[key]

    def _formula(self, parts: Parts) -> str:
        """A formula as files keep it."""
        texts = []
        for part in parts:
            if isinstance(part, At):
                texts.append(self._place(part))
            elif isinstance(part, Words):
                texts.append('"' + part.text.replace('"', '""') + '"')
            else:
                texts.append(part)
        return "=" + "".join(texts)

    def _place(self, at: At) -> str:
        """A place as formulas have it, such as ``'Ledger'!$L$2:$L$9``."""
        from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

        title = self._titles[at.sheet].replace("'", "''")
        if at.last_row is None or at.last_column is None:
            cell = xl_rowcol_to_cell(at.row, at.column, row_abs=True, col_abs=True)
        else:
            cell = xl_range_abs(at.row, at.column, at.last_row, at.last_column)
        return f"'{title}'!{cell}"

    def _pile(self, into: "Worksheet", pile: Pile) -> None:
        chart = self._book.add_chart({"type": "bar", "subtype": "stacked"})
        for name, sizes in pile.parts:
            chart.add_series(
                {
                    "name": f"={self._place(name)}",
                    "categories": f"={self._place(pile.labels)}",
                    "values": f"={self._place(sizes)}",
                    "gap": 60,
                }
            )
        chart.set_title({"name": pile.title, "overlay": False})
        chart.set_y_axis({"reverse": True})
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 900, "height": 420})
        into.insert_chart(pile.row, pile.column, chart)


def _lines(cells: Sequence[Cell], widths: Sequence[float]) -> int:
    """Lines of text that a row takes, where long ones go on."""
    return max(
        [
            ceil(len(cell.value) / width)
            for cell, width in zip(cells, widths, strict=False)
            if cell.wraps and isinstance(cell.value, str)
        ],
        default=1,
    )


def _whole(value: object) -> int | None:
    return int(value) if isinstance(value, (int, float)) else None


def _numbers(currency: str, language: Language) -> Mapping[Form, str]:
    """How numbers are shown: marks of thousands and decimals are those of whoever opens it."""
    style = style_for(currency, language.code)
    cents = ".00" if style.digits else ""
    before, after = _quoted(style.before), _quoted(style.after)
    money = f"{before}#,##0{cents}{after}"
    yes, no = language.of((say("yes"), say("no")))
    return {
        Form.MONEY: f"{money};-{money}",
        Form.PRICE: "#,##0.00####",
        Form.NUMBER: "#,##0.00##",
        Form.WHOLE: "0",
        Form.INDEX: "0.0000##",
        Form.SHARE: "0.00%",
        Form.LIKELY: "0%",
        Form.YES_NO: f"{_quoted(yes)};;{_quoted(no)}",
        Form.MARK: f"{_quoted('▸')};;",
    }


def _quoted(text: str) -> str:
    """A text within a format of numbers."""
    return '"' + text.replace('"', "") + '"' if text else ""
