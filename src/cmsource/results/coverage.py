"""What options cover: mostly shares from 0 to 1, None where there is nothing to measure."""

from typing import NamedTuple


class Coverage(NamedTuple):
    """What an option covers; the definitions are in docs/model.md."""

    watched: float | None = None
    answered_in_time: float | None = None
    answered: float | None = None
    work_done: float | None = None
    skills_met: float | None = None
    continuity: float | None = None
    in_house: float | None = None
    idle: float | None = None
    utilisation: float | None = None
    live_after_months: float | None = None
    in_house_material: float | None = None
    regularity: float | None = None
    weeks_short: float | None = None
    approval_days: float | None = None


class Average(NamedTuple):
    """Coverage over the whole horizon, the time before everybody is at work included."""

    watched: float | None = None
    answered_in_time: float | None = None
    work_done: float | None = None
