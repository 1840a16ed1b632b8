"""What a routine says, as the text of a routine file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

import yaml

_PLAIN = re.compile(r"(?!true$|false$|null$)[a-z][a-z_-]*(?:[a-z0-9_-]*[a-z0-9])?|[0-9]x[0-9a-z @-]*[0-9a-z]")
"""Words that need no quotes, in whichever version of YAML they are read."""


class _InLine(dict[str, Any]):
    """A mapping that stands in one line."""


class _Dumper(yaml.SafeDumper):
    """Writes entries in one line each, and quotes around all that could be taken for something else."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent lists below their field, as the shipped files do."""
        cast(Any, super()).increase_indent(flow, False)


def _text_node(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = None if _PLAIN.fullmatch(text) else '"'
    return cast(Any, dumper).represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _line_node(dumper: yaml.SafeDumper, fields: _InLine) -> yaml.MappingNode:
    return cast(Any, dumper).represent_mapping("tag:yaml.org,2002:map", fields, flow_style=True)


_Dumper.add_representer(str, cast(Any, _text_node))
_Dumper.add_representer(_InLine, cast(Any, _line_node))


def routine_text(value: Mapping[str, Any]) -> str:
    """Write what a routine says, in the order in which it is given."""
    return _written({name: _laid_out(inner, 2 if name == "change" else 1) for name, inner in value.items()})


def entry_text(fields: Mapping[str, Any]) -> str:
    """Write one entry as it stands in a list: `{exercise: hover, sets: 2}`."""
    return _written(_InLine(fields)).rstrip("\n")


def scalar_text(text: str) -> str:
    """Write a text as the value of a field, in quotes where it needs them."""
    return entry_text({"field": text}).removeprefix("{field: ").removesuffix("}")


def _laid_out(value: object, levels: int) -> object:
    """Put what is below so many levels of lists and fields into one line each."""
    if isinstance(value, list):
        return [_laid_out(item, levels - 1) for item in cast(list[object], value)]
    if isinstance(value, dict):
        fields = cast(dict[str, object], value)
        if levels <= 0:
            return _InLine(fields)
        return {name: _laid_out(inner, levels - 1) for name, inner in fields.items()}
    return value


def _written(value: object) -> str:
    return yaml.dump(
        value, Dumper=_Dumper, allow_unicode=True, default_flow_style=False, sort_keys=False, width=10_000
    )
