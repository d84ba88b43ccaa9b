"""Remarks in files as a code-quality report, which GitLab shows in a merge request."""

import hashlib
import json
from collections.abc import Iterator

from cmsource.reports.report import Annotated, Annotation
from cmsource.values.text import json_escaped
from cmsource.writers.page import Page

_SEVERITIES = {"error": "major", "warning": "minor", "notice": "info"}


def pieces(report: Annotated, page: Page) -> Iterator[str]:
    """Each remark as an issue of a JSON array, one of a base once however many use it."""
    start = "[\n"
    places: dict[str, set[tuple[int, int]]] = {}
    for found in report.annotations():
        path = page.path_of(found.file)
        # The same remark at another line is the same one, in whatever language it is told.
        remark = _mark(path, found.title, str(found.message))
        known = places.setdefault(remark, set())
        if (found.line, found.column) in known:
            continue
        fingerprint = _mark(remark, str(len(known))) if known else remark
        known.add((found.line, found.column))
        issue = _issue(found, page.language.of(found.message), path, fingerprint)
        yield start + json_escaped(json.dumps(issue, ensure_ascii=False))
        start = ",\n"
    yield "[]\n" if start == "[\n" else "\n]\n"


def _mark(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()


def _issue(found: Annotation, message: str, path: str, fingerprint: str) -> dict[str, object]:
    return {
        "description": message,
        "check_name": found.title or "cmsource",
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[found.level],
        "location": {"path": path, "lines": {"begin": found.line or 1}},
    }
