"""What a routine says, as the text of a routine file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

import yaml

_PLAIN = re.compile(r"(?!true$|false$|null$)[a-z][a-z_-]*(?:[a-z0-9_-]*[a-z0-9])?|[0-9]x[0-9a-z @-]*[0-9a-z]")
"""Words that need no quotes, in whichever version of YAML they are read."""


class _Dumper(yaml.SafeDumper):
    """Writes entries in one line each, and quotes around all that could be taken for something else."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent lists below their field, as the shipped files do."""
        cast(Any, super()).increase_indent(flow, False)


def _text_node(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = None if _PLAIN.fullmatch(text) else '"'
    return cast(Any, dumper).represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, cast(Any, _text_node))


def routine_text(value: Mapping[str, Any]) -> str:
    """Write what a routine says, in the order in which it is given."""
    return yaml.dump(
        dict(value),
        Dumper=_Dumper,
        allow_unicode=True,
        default_flow_style=None,
        sort_keys=False,
        width=10_000,
    )


def entry_text(fields: Mapping[str, Any]) -> str:
    """Write one entry as it stands in a list: `{exercise: hover, sets: 2}`."""
    return routine_text({"entry": dict(fields)}).removeprefix("entry: ").rstrip("\n")
