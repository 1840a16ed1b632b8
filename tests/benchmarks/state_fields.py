"""The state of a package's objects, from its source alone: its fields, and which modules write them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

NO_STATE = {"Enum", "StrEnum", "IntEnum", "Protocol", "Exception", "NamedTuple", "TypedDict"}
"""Bases of classes whose objects do not change."""


@dataclass(frozen=True, slots=True)
class StateFields:
    """What changes in a package, and where."""

    most_fields: int
    """In one part of the state."""
    written_from_several: int
    """How many fields more than one module assigns."""
    parts: dict[str, int]
    """The number of fields of each part: a mutable class with all that it descends from in the package."""
    written: dict[str, list[str]]
    """The fields that more than one module assigns, as "Part.field", with these modules."""


class _Class:
    """A class whose objects can change.

    Args:
        module: Where it stands.
        node: Its source.
    """

    def __init__(self, module: str, node: ast.ClassDef) -> None:
        self.module = module
        self.bases = [base.id for base in node.bases if isinstance(base, ast.Name)]
        self.own = {name.attr for name in _assigned(node) if _is_self(name.value)}
        """The fields that its methods assign."""
        declared = (part.target for part in node.body if isinstance(part, ast.AnnAssign))
        self.fields = self.own | {name.id for name in declared if isinstance(name, ast.Name)}


def state_fields(package: Path) -> StateFields:
    """Return the fields of a package's mutable classes, and which of them several of its modules assign.

    `self.range = …` counts for the class where it stands; `session.load.range = …` for every class with a
    field `range`, since types are not looked at. A change inside a field (`queue.append(…)`) is not seen.

    Args:
        package: The folder of the modules.
    """
    trees = {
        ".".join(path.relative_to(package).with_suffix("").parts): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(package.rglob("*.py"))
    }
    classes = {
        node.name: _Class(module, node)
        for module, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and _is_mutable(node)
    }

    def line(name: str) -> Iterator[_Class]:
        if name in classes:
            yield classes[name]
            for base in classes[name].bases:
                yield from line(base)

    inherited = {base for one in classes.values() for base in one.bases}
    parts = {name: list(line(name)) for name in classes if name not in inherited}
    fields = {name: set[str]().union(*(one.fields for one in links)) for name, links in parts.items()}
    writers: dict[str, set[str]] = {}
    for name, links in parts.items():
        for one in links:
            for field in one.own:
                writers.setdefault(f"{name}.{field}", set()).add(one.module)
    for module, tree in trees.items():
        for target in _assigned(tree):
            for name in () if _is_self(target.value) else parts:
                if target.attr in fields[name]:
                    writers.setdefault(f"{name}.{target.attr}", set()).add(module)
    several = {field: sorted(modules) for field, modules in sorted(writers.items()) if len(modules) > 1}
    counts = {
        name: len(fields[name])
        for name in sorted(fields, key=lambda name: -len(fields[name]))
        if fields[name]
    }
    return StateFields(max(counts.values(), default=0), len(several), counts, several)


def _assigned(tree: ast.AST) -> Iterator[ast.Attribute]:
    """Yield every `x.field` that is assigned, also by `+=`, in a tuple, by `for` or by `with`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node


def _is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "self"


def _is_mutable(node: ast.ClassDef) -> bool:
    """Whether objects of a class can change: no enumeration, protocol, exception or frozen dataclass."""
    keywords = [
        k for decorator in node.decorator_list if isinstance(decorator, ast.Call) for k in decorator.keywords
    ]
    frozen = any(
        k.arg == "frozen" and isinstance(k.value, ast.Constant) and k.value.value is True for k in keywords
    )
    bases = {base.id if isinstance(base, ast.Name) else getattr(base, "attr", "") for base in node.bases}
    return not frozen and not bases & NO_STATE
