"""Remarks in files as a code-quality report, which GitLab shows in a merge request."""

import hashlib
import json
from collections.abc import Iterator

from cmsource.reports.report import Annotated, Annotation
from cmsource.values.text import json_escaped
from cmsource.writers.page import Page

_SEVERITIES = {"error": "major", "warning": "minor", "notice": "info"}


def pieces(report: Annotated, page: Page) -> Iterator[str]:
    """Each remark as an issue of a JSON array."""
    start = "[\n"
    for found in report.annotations():
        issue = _issue(found, page.language.of(found.message))
        yield start + json_escaped(json.dumps(issue, ensure_ascii=False))
        start = ",\n"
    yield "[]\n" if start == "[\n" else "\n]\n"


def _issue(found: Annotation, message: str) -> dict[str, object]:
    # The same remark at another line is the same one, in whatever language it is told.
    same = "\0".join((found.file, found.title, str(found.message)))
    return {
        "description": message,
        "check_name": found.title or "cmsource",
        "fingerprint": hashlib.sha256(same.encode("utf-8", "surrogatepass")).hexdigest(),
        "severity": _SEVERITIES[found.level],
        "location": {"path": found.file, "lines": {"begin": found.line or 1}},
    }
