"""Small defects in the coach, one at a time: do its tests notice?

Run by hand: `.venv/bin/python tests/benchmarks/mutations.py --count 40 [--seed 1] [--module faults]`. Each
defect is put into a copy in a temporary folder; first run the tests in the file of the module's name, then,
if none of them noticed, all of tests/coaching.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
COACHING = Path("assistant/coaching")
COPIED = ("assistant", "tests", "scripts", "voices", "docs")
TESTS = Path("tests/coaching")

MOST_SECONDS = 180.0
"""Of one run of tests; a defect that makes them last longer was noticed."""

_FLIPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One defect."""

    file: Path
    """Relative to the repository."""
    line: int
    before: str
    after: str
    text: str
    """The whole file with it."""

    def __str__(self) -> str:
        before, after = (" ".join(part.split()) for part in (self.before, self.after))
        return f"{self.file.name}:{self.line}: {before[:70]} -> {after[:70]}"


def mutants(file: Path, text: str) -> Iterator[Mutant]:
    """Give every defect that can be put into a module."""
    starts = [0]
    for line in text.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for node, after in _changes(ast.parse(text)):
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        begin = starts[node.lineno - 1] + node.col_offset
        end = starts[node.end_lineno - 1] + node.end_col_offset
        whole = text.encode()
        before = whole[begin:end].decode()
        changed = (whole[:begin] + after.encode() + whole[end:]).decode()
        yield Mutant(file, node.lineno, before, after, changed)


def _changes(tree: ast.Module) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    decorators = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        for decorator in node.decorator_list
        for part in ast.walk(decorator)
    }
    for node in ast.walk(tree):
        if id(node) in decorators:
            continue
        match node:
            case ast.FunctionDef():
                yield from _removals(node)
            case ast.Compare(ops=[op]) if type(op) in _FLIPPED:
                flipped = ast.Compare(node.left, [_FLIPPED[type(op)]()], node.comparators)
                yield node, f"({ast.unparse(flipped)})"
            case ast.BoolOp():
                other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
                yield node, f"({ast.unparse(ast.BoolOp(other, node.values))})"
            case ast.UnaryOp(op=ast.Not()):
                yield node, f"({ast.unparse(node.operand)})"
            case ast.Constant(value=bool(value)):
                yield node, str(not value)
            case ast.Constant(value=int(number) | float(number)):
                yield node, f"({number + 1!r})"
                yield node, f"({number - 1!r})"
            case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
                yield test, f"(not ({ast.unparse(test)}))"
            case _:
                pass


def _removals(function: ast.FunctionDef) -> Iterator[tuple[ast.stmt, str]]:
    for node in ast.walk(function):
        match node:
            case ast.Expr(value=ast.Call()) | ast.AugAssign() | ast.Delete():
                yield node, "pass"
            case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
                yield node, "pass"
            case ast.Return(value=None):
                yield node, "pass"
            case ast.Return(value=ast.expr() as value) if ast.unparse(value) != "None":
                yield node, "return None"
            case _:
                pass


def own_tests(module: Path, root: Path) -> list[Path]:
    """Return the test files that have the name of a module of the coach, relative to the repository."""
    folder = TESTS / module.relative_to(COACHING).parent
    found = (path for name in ("", "_*") for path in (root / folder).glob(f"test_{module.stem}{name}.py"))
    return sorted(path.relative_to(root) for path in found)


class Copy:
    """A copy of the repository in which anything may be broken."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in COPIED:
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
        for name in ("pyproject.toml", "README.md"):
            shutil.copy(ROOT / name, folder)
        if (ROOT / "models").exists():
            (folder / "models").symlink_to(ROOT / "models")
        # A stale byte code file would hide the defect.
        self._environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}

    def passes(self, tests: Sequence[Path]) -> bool:
        """Run test files up to the first test that fails; tells whether none does."""
        options = ("-q", "-x", "-p", "no:cacheprovider", "-p", "no:randomly", "--hypothesis-seed=0")
        try:
            done = subprocess.run(
                [sys.executable, "-m", "pytest", *options, *map(str, tests)],
                cwd=self.folder,
                env=self._environment,
                capture_output=True,
                text=True,
                timeout=MOST_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return False
        if done.returncode not in (0, 1, 2):
            raise RuntimeError(f"pytest gave {done.returncode}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done.returncode == 0

    def judge(self, mutant: Mutant, own: Sequence[Path]) -> str:
        """Return which tests noticed a defect: the module's `own`, `others`, or none (`survived`)."""
        path = self.folder / mutant.file
        whole = path.read_text(encoding="utf-8")
        path.write_text(mutant.text, encoding="utf-8")
        try:
            if own and not self.passes(own):
                return "own"
            return "survived" if self.passes([TESTS]) else "others"
        finally:
            path.write_text(whole, encoding="utf-8")


def sample(root: Path, modules: Sequence[Path], count: int, seed: int) -> list[Mutant]:
    """Choose defects at random, the same for the same seed."""
    every = [
        mutant
        for module in sorted(modules)
        for mutant in mutants(module, (root / module).read_text(encoding="utf-8"))
    ]
    return random.Random(seed).sample(every, min(count, len(every)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--module", help="only this one, such as faults")
    options = parser.parse_args()
    modules = [path.relative_to(ROOT) for path in (ROOT / COACHING).rglob("*.py")]
    own = {module: own_tests(module, ROOT) for module in modules if options.module in (None, module.stem)}
    outcomes: Counter[str] = Counter()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        copy = Copy(Path(folder))
        if not copy.passes([TESTS]):
            sys.exit("the tests fail before anything is changed")
        for mutant in sample(copy.folder, list(own), options.count, options.seed):
            outcome = copy.judge(mutant, own[mutant.file])
            outcomes[outcome] += 1
            _say(f"{outcome:9} {mutant}")
    told = f"{outcomes['own']} noticed by the module's own tests, {outcomes['others']} by others"
    took = f"{time.monotonic() - begun:.0f} s"
    _say(f"{outcomes.total()} defects: {told}, {outcomes['survived']} survived; {took}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
