"""What only the generated parts of the pages say, in each language."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from cmsource.values.language import ENGLISH, Language


def told(language: Language, sentence: str, **places: str) -> str:
    """A sentence of the pages in a language, with what stands in its places."""
    if language.code != ENGLISH.code and not _is_code(sentence):
        sentence = _french()[sentence]
    for name, text in places.items():
        sentence = sentence.replace(f"{{{name}}}", text)
    return sentence


@cache
def _french() -> Any:  # noqa: ANN401 - YAML
    """The sentences of the pages in French, by the English ones."""
    return yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))


def _is_code(text: str) -> bool:
    """Whether a text is nothing but code, without a name that is a word."""
    return not text or (
        text[0] == text[-1] == "`" and text.count("`") == 2 and text not in _french()
    )
