"""Employees: people hired for the job."""

from cmsource.model.hired import hired
from cmsource.model.resource import Resource
from cmsource.model.setting import Setting
from cmsource.scenario.kinds.employee import Employee


def resource(source: Employee, setting: Setting) -> Resource:
    """The resource of an employee."""
    return hired(source, setting)
