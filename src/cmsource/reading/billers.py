"""Those who bill the company, as checks of what they say find them."""

from collections.abc import Iterator

from cmsource.reading.finding import Read, visible
from cmsource.scenario.biller import Biller
from cmsource.scenario.provenance import Origin


def billers(read: Read) -> Iterator[tuple[str, Biller]]:
    """Everybody who bills the company, as declared and as options change them, with the path."""
    for path, source in read.uses:
        if isinstance(source, Biller):
            yield path, source


def key_at(source: Biller, key: str, read: Read, path: str) -> Origin | None:
    """The place of a key of a source, or of the source."""
    head = key.partition(".")[0]
    return visible(source.origins.get(key) or source.origins.get(head), read, f"{path}.{key}")
