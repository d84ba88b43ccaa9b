"""What changed between two files of results, as JSON: ``cmsource/diff/1``."""

from collections.abc import Iterable, Iterator, Sequence

from cmsource.output.batch import change_data, json_line
from cmsource.results.difference import Difference

FORMAT = "cmsource/diff/1"


def diff_json(
    changes: Iterable[Difference],
    added: Sequence[str],
    removed: Sequence[str],
    unusable: Iterable[tuple[str, str]],
) -> Iterator[str]:
    """One JSON object, one line a scenario; every scenario that both sides have is there."""
    yield f'{{"format": "{FORMAT}", "scenarios": ['
    total = changed = 0
    for change in changes:
        yield f"{',' if total else ''}\n{json_line(change_data(change))}"
        total += 1
        changed += not change.nothing
    rest = {
        "added": list(added),
        "removed": list(removed),
        "invalid": [{"file": file, "side": side} for file, side in unusable],
        "summary": {"compared": total, "changed": changed, "same": total - changed},
    }
    yield f"\n],\n{json_line(rest)[1:]}\n"
