"""Keep one comment of a pull request up to date with what a file says.

    python .ci/comment.py FILE [NAME]

The comment carries a mark that nobody sees, and is found by it and replaced the next time. Where
the file is not there, nothing changed: an earlier comment says so, and none is made. NAME tells
several such comments apart. The address, the repository, the pull request and the token are those
that GitHub's runner gives. A comment that cannot be written is a warning, and no failure.
"""

import json
import os
import sys
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path
from typing import Any, NamedTuple
from urllib.request import Request, urlopen

_A_PAGE = 100
_MOST = 65_536
"""Characters of a comment."""
_SECONDS = 30
_NOTHING = "Nothing changed any more.\n"
_CUT = "\n\n*The rest has no room in a comment.*\n"


class Comments(NamedTuple):
    """The comments of a pull request.

    Attributes:
        api: the address of the platform's API.
        repository: owner and name.
        number: of the pull request.
        token: what the platform is asked with.
    """

    api: str
    repository: str
    number: int
    token: str

    def all(self) -> Iterator[dict[str, Any]]:
        """Every comment, page by page."""
        page = 1
        while True:
            path = f"issues/{self.number}/comments?per_page={_A_PAGE}&page={page}"
            found = self._ask("GET", path)
            yield from found
            if len(found) < _A_PAGE:
                return
            page += 1

    def add(self, body: str) -> None:
        """Write a new one."""
        self._ask("POST", f"issues/{self.number}/comments", {"body": body})

    def replace(self, number: int, body: str) -> None:
        """Let one say something else."""
        self._ask("PATCH", f"issues/comments/{number}", {"body": body})

    def _ask(self, method: str, path: str, data: object = None) -> Any:  # noqa: ANN401 - JSON
        request = Request(
            f"{self.api}/repos/{self.repository}/{path}",
            data=None if data is None else json.dumps(data).encode(),
            method=method,
            headers={
                "Accept": "application/vnd.github+json",
                "Authorization": f"Bearer {self.token}",
                "Content-Type": "application/json",
                "User-Agent": "cmsource",
            },
        )
        with urlopen(request, timeout=_SECONDS) as answer:
            return json.load(answer)


def keep(comments: Comments, mark: str, text: str) -> str:
    """Let the comment with a mark say a text, and tell what was done.

    Args:
        comments: those of the pull request.
        mark: what the comment is known by.
        text: what it shall say; "" where nothing changed.
    """
    earlier = next((each for each in comments.all() if str(each["body"]).startswith(mark)), None)
    body = _fitting(f"{mark}\n{text or _NOTHING}")
    if earlier is None:
        if not text:
            return "nothing changed: no comment"
        comments.add(body)
        return "commented"
    if earlier["body"] == body:
        return "the comment says so already"
    comments.replace(earlier["id"], body)
    return "the comment was replaced"


def _fitting(body: str) -> str:
    """A text, or as many of its lines as a comment holds, which then says so."""
    if len(body) <= _MOST:
        return body
    return body[: _MOST - len(_CUT)].rpartition("\n")[0] + _CUT


def main(file: Path, name: str = "what changed") -> None:
    """Keep the comment of the pull request that the runner works on."""
    event = json.loads(Path(os.environ["GITHUB_EVENT_PATH"]).read_text("utf-8"))
    number = (event.get("pull_request") or {}).get("number")
    if number is None:
        print("This is no pull request: there is nothing to comment on.")
        return
    text = file.read_text("utf-8") if file.is_file() else ""
    comments = Comments(
        os.environ["GITHUB_API_URL"],
        os.environ["GITHUB_REPOSITORY"],
        int(number),
        os.environ["GITHUB_TOKEN"],
    )
    try:
        print(keep(comments, f"<!-- cmsource: {name} -->", text))
    # Whatever comes of a network and of what answers there: refused, broken off, no JSON, another.
    except (OSError, HTTPException, ValueError, LookupError, TypeError) as error:
        told = " ".join(f"{type(error).__name__}: {error}".split())
        print(f"::warning::cmsource could not comment: {told}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:3])
