"""An option as it stands in a file."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

_PLAIN = re.compile(r"[A-Za-z_][\w-]*")


def option_text(name: str, written: Sequence[Any]) -> str:
    """An option as it stands in a file, under ``options``."""
    lines = ["options:", f"  {_key(name)}:"]
    for member in written:
        if isinstance(member, str):
            lines.append(f"    - {_key(member)}")
            continue
        for source, values in member.items():
            lines.append(f"    - {_key(source)}:")
            for key, value in values.items():
                lines.append(f"        {key}: {_flow(value)}")
    return "\n".join([*lines, ""])


def _key(name: str) -> str:
    return name if _PLAIN.fullmatch(name) else json.dumps(name, ensure_ascii=False)


def _flow(value: object) -> str:
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_key(key)}: {_flow(each)}" for key, each in value.items())
        return f"{{{inner}}}"
    return json.dumps(value, ensure_ascii=False)
