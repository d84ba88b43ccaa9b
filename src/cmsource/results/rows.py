"""Many scenarios at once: one row each, and the tally of them all; nothing computed but sums."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from cmsource.results.difference import Difference
from cmsource.values.diagnostics import Diagnostic

BATCH = "cmsource/batch/1"
"""The format of a batch as JSON."""
ROW = "cmsource/row/1"
"""That of one of its rows."""

Status = Literal["ok", "failed", "invalid"]


class Row(NamedTuple):
    """What a batch says about one file.

    Shares are rounded to the six decimals that JSON shows, so that a row read back is the same.

    Attributes:
        file: the file, or the folder or pattern that yielded none, as it was named.
        status: ``invalid`` when there is no result, ``failed`` when the result is not as asked.
        name: the scenario's name; "" when it is invalid.
        recommended: the recommended option, or None.
        label: its name for people, "" when there is none.
        cents: its total over the horizon.
        monthly_cents: its total a month.
        options: how many options there are.
        eligible: how many of them meet every requirement.
        expected: how many expectations the scenario states.
        failures: expectations and rules that did not hold.
        diagnostics: errors and warnings of reading.
        change: what changed since the baseline, when the scenario is in it.
        is_new: whether there is a baseline and it does not have the scenario.
        validity_changed: whether the baseline has it, and it was valid there or is now, not both.
    """

    file: str
    status: Status
    name: str = ""
    country: str = ""
    currency: str = ""
    horizon_months: float | None = None
    recommended: str | None = None
    label: str = ""
    cents: int | None = None
    monthly_cents: int | None = None
    watched: float | None = None
    answered_in_time: float | None = None
    work_done: float | None = None
    options: int = 0
    eligible: int = 0
    expected: int = 0
    failures: tuple[Diagnostic, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    change: Difference | None = None
    is_new: bool = False
    validity_changed: bool = False

    @property
    def changed(self) -> bool:
        """Whether the baseline has it, and anything of it is not as there."""
        return self.validity_changed or (self.change is not None and not self.change.nothing)

    @property
    def held(self) -> int:
        """How many expectations held."""
        # one expectation on several options can fail more than once, and counts once
        places = {f.place for f in self.failures if f.code == "E501"}
        return self.expected - len(places)


class Sum(NamedTuple):
    """The recommended options of one currency, added up."""

    scenarios: int
    cents: int
    monthly_cents: int


class Tally:
    """Counts rows as they come.

    Attributes:
        scenarios: rows so far.
        failed: rows whose result is not as asked.
        invalid: rows without a result.
        without: valid rows in which no option is recommended.
        warnings: warnings of reading.
        changed: rows of which anything is not as in the baseline: answer, inputs or costs, or
            whether they are valid.
        added: rows that the baseline does not have.
        totals: the grand total of the recommended options, by currency.
        bases: files left out because other files extend them.

        removed: files of the baseline that no file of the run was compared with.

    Args:
        bases: see above.
        removed: see above.
        is_part: whether these are the rows of one part of the run, which tells what became of
            its own files alone: what is gone is told once, where the parts are together.
    """

    def __init__(
        self, bases: int = 0, removed: Sequence[str] = (), *, is_part: bool = False
    ) -> None:
        self.scenarios = 0
        self.failed = 0
        self.invalid = 0
        self.without = 0
        self.warnings = 0
        self.changed = 0
        self.added = 0
        self.totals: dict[str, Sum] = {}
        self.bases = bases
        self.removed = tuple(removed)
        self._is_part = is_part

    def add(self, row: Row) -> None:
        """Count one more row."""
        self.scenarios += 1
        self.failed += row.status == "failed"
        self.invalid += row.status == "invalid"
        self.without += row.status != "invalid" and row.recommended is None
        self.warnings += sum(found.severity == "warning" for found in row.diagnostics)
        self.changed += row.changed
        self.added += row.is_new
        if row.cents is not None and row.monthly_cents is not None:
            count, cents, monthly = self.totals.get(row.currency, (0, 0, 0))
            self.totals[row.currency] = Sum(
                count + 1, cents + row.cents, monthly + row.monthly_cents
            )

    @property
    def gone(self) -> tuple[str, ...] | None:
        """The removed files, where they are told; None for a part of a run."""
        return None if self._is_part else self.removed

    @property
    def differs(self) -> bool:
        """Whether a row changed since the baseline, is new or is gone."""
        return bool(self.changed or self.added or self.gone)

    @property
    def ok(self) -> int:
        """Rows whose result is as asked."""
        return self.scenarios - self.failed - self.invalid

    @property
    def exit_status(self) -> int:
        """0 when all is well, 1 when a result is not as asked, 2 when a scenario is invalid."""
        return 2 if self.invalid else 1 if self.failed else 0
