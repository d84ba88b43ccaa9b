"""Apprentices: hired for the job, with a pay and an aid that change from year to year."""

from cmsource.model.hired import hired
from cmsource.model.resource import Resource
from cmsource.model.setting import Setting
from cmsource.scenario.kinds.apprentice import Apprentice

_YEARS = 3
"""After the third year on the contract what an apprentice costs stays as it is."""


def resource(source: Apprentice, setting: Setting) -> Resource:
    """The resource of an apprentice."""

    def of_year(served: int) -> str:
        return f", year {source.year + served} of the apprenticeship" if served else ""

    return hired(source, setting, _YEARS, of_year)
