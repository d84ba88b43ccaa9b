"""The largest scenarios that are allowed, messages apart."""

import yaml

_STAFF = {"kind": "employee", "hourly_wage": 16.5, "turnover": "500%/year", "recruitment": 100}
_WORK = {f"a{number}": "0.05 h/week" for number in range(200)}
_PEOPLE = {f"s{n}": {**_STAFF, "hourly_wage": f"{16.5 + n / 100:.2f}..20"} for n in range(200)}


def _dearer(name: str, cents: int) -> dict[str, object]:
    """Somebody whom an option pays another wage."""
    return {name: {"hourly_wage": 20 + cents / 100}}


_SHAPES: dict[str, dict[str, object]] = {
    "options": {
        "horizon": 24,
        "options": {f"o{n}": [_dearer("s0", n), _dearer(f"s{1 + n % 199}", n)] for n in range(500)},
    },
    "sources": {
        "horizon": 24,
        "options": {f"o{n}": [_dearer(f"s{m}", n + m) for m in range(125)] for n in range(8)},
    },
    "years": {
        "horizon": 600,
        "options": {f"o{n}": [f"s{5 * n + m}" for m in range(5)] for n in range(10)},
    },
    "phases": {
        "horizon": 90,
        "options": {
            f"o{n}": {
                "phases": [
                    *({"months": 0.3, "sources": [_dearer(f"s{m % 200}", n)]} for m in range(240)),
                    {"sources": ["s199"]},
                ]
            }
            for n in range(3)
        },
    },
}

LARGEST = {
    name: yaml.dump(
        {
            "country": "FR",
            "needs": {"cover": "24/7", "work": _WORK},
            "sources": _PEOPLE,
            **shape,
        },
        Dumper=yaml.CSafeDumper,
    )
    for name, shape in _SHAPES.items()
}
"""Their texts, by what there is most of."""
