"""What a routine says, as the text of a routine file."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any, cast

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

_PLAIN = re.compile(r"(?!true$|false$|null$)[a-z][a-z_-]*(?:[a-z0-9_-]*[a-z0-9])?|[0-9]x[0-9a-z @-]*[0-9a-z]")
"""Words that need no quotes, in whichever version of YAML they are read."""


def routine_text(value: Mapping[str, Any]) -> str:
    """Write what a routine says, in the order in which it is given."""
    return _written({name: _laid_out(inner, 2 if name == "change" else 1) for name, inner in value.items()})


def entry_text(fields: Mapping[str, Any]) -> str:
    """Write one entry as it stands in a list: `{exercise: hover, sets: 2}`."""
    return _written(_laid_out(fields, 0)).rstrip("\n")


def scalar_text(text: str) -> str:
    """Write a text as the value of a field, in quotes where it needs them."""
    return entry_text({"field": text}).removeprefix("{field: ").removesuffix("}")


def _laid_out(value: object, levels: int) -> Any:
    """Put what is below so many levels of lists and fields into one line each, and texts into quotes."""
    match value:
        case str():
            return value if _PLAIN.fullmatch(value) else DoubleQuotedScalarString(value)
        case list():
            return [_laid_out(item, levels - 1) for item in cast(list[object], value)]
        case Mapping():
            fields: Any = CommentedMap()
            for name, inner in cast(Mapping[str, object], value).items():
                fields[_laid_out(name, 0)] = _laid_out(inner, levels - 1)
            if levels <= 0:
                fields.fa.set_flow_style()
            return fields
        case _:
            return value


def _written(value: object) -> str:
    writer: Any = YAML()
    writer.width = 10_000
    writer.indent(mapping=2, sequence=4, offset=2)
    text = io.StringIO()
    writer.dump(value, text)
    return text.getvalue()
