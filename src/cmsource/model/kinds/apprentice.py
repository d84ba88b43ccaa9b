"""Apprentices: hired for the job, with a pay and an aid that change from year to year."""

from cmsource.model.hired import hired
from cmsource.model.resource import Resource
from cmsource.model.setting import Setting
from cmsource.scenario.kinds.apprentice import Apprentice
from cmsource.values.language import say

_YEARS = 3
"""After the third year on the contract what an apprentice costs stays as it is."""


def resource(source: Apprentice, setting: Setting) -> Resource:
    """The resource of an apprentice."""

    def of_year(served: int) -> str:
        number = source.year + served
        return say("year {number} of the apprenticeship", number=number) if served else ""

    return hired(source, setting, _YEARS, of_year)
