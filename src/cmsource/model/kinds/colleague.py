"""Colleagues: already on the payroll, they give some hours to the job."""

from cmsource.model.employer import contract_hours, loaded_hour
from cmsource.model.on_call_pay import on_call_lines, standby_of
from cmsource.model.resource import CostLine, Explanation, Resource
from cmsource.model.setting import Setting
from cmsource.model.staff import headcount_of, on_the_roster
from cmsource.scenario.kinds.colleague import Colleague
from cmsource.values.language import say
from cmsource.values.money import format_amount
from cmsource.values.week import a_month_of


def resource(source: Colleague, setting: Setting) -> Resource:
    """The resource of a colleague: no new cash, but a share of the full cost of a post."""
    people = headcount_of(source, source.planned_absence)

    def costs(year: int) -> tuple[CostLine, ...]:
        month = setting.employer.month(source, year)

        def words() -> Explanation:
            refs = source.origins.refs(source.wage_key, "hours", "headcount", "charges")
            if source.charges is None:
                refs += (setting.employer.schedule_ref(year),)
            return Explanation(
                say(
                    "hours at the loaded cost of a post at {gross} gross a month",
                    gross=format_amount(month.gross, setting.scenario.currency),
                ),
                (*refs, *setting.price_refs("wages", year)),
                month.details,
            )

        return (
            CostLine(
                "own time",
                a_month_of(people * source.weekly_hours),
                "h",
                loaded_hour(month.cost, contract_hours(source, setting.country)),
                words,
                cash=False,
            ),
            *on_call_lines(source, setting, people, year),
        )

    standby = standby_of(source, people)
    return on_the_roster(source, costs, people, standby, second=source.comes_second)
