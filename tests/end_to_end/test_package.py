"""The wheel and the source archive carry everything: they work from any folder, far from the repository."""

from __future__ import annotations

import ast
import os
import site
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from collections.abc import Callable
from importlib.metadata import Distribution, packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from assistant import __version__

ROOT = Path(__file__).parent.parent.parent
ROUTINE = "name: short\nwork:\n  - {exercise: double-leg, sets: 1, repetitions: 1, range: 2, rest: 6}\n"
ATHLETE = "answers: {how_sore: two}\n"
CARRIED = ("scripts", "voices", "models")
"""Folders of the repository that a person's commands read."""

Installed = Callable[..., "subprocess.CompletedProcess[str]"]


def build(kind: str, source: Path, out: Path) -> Path:
    """Build the "wheel" or the "sdist" of a source tree."""
    hatchling = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(out)]
    subprocess.run(hatchling, cwd=source, check=True, capture_output=True, timeout=100)
    (made,) = out.iterdir()
    return made


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source archive, unpacked."""
    folder = tmp_path_factory.mktemp("sdist")
    with tarfile.open(build("sdist", ROOT, folder)) as archive:
        archive.extractall(folder, filter="data")
    return folder / f"imprint_coach-{__version__}"


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source archive alone."""
    return build("wheel", sdist, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel and what it depends on, and the folder that holds its commands.

    What it depends on is borrowed from where the tests run, so that nothing is fetched.
    """
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=True)
    paths = {"base": str(folder), "platbase": str(folder)}
    python = Path(sysconfig.get_path("scripts", "venv", paths)) / "python"
    options = ["--quiet", "--no-index", "--no-deps", "--disable-pip-version-check"]
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", str(python), "install", *options, str(wheel)],
        check=True,
        capture_output=True,
        timeout=100,
    )
    borrowed = Path(sysconfig.get_path("purelib", "venv", paths)) / "borrowed.pth"
    borrowed.write_text("\n".join(site.getsitepackages()), encoding="utf-8")
    return python.parent


@pytest.fixture
def installed(environment: Path, tmp_path: Path, session_cache: Path) -> Installed:
    """Run a program of that environment with an empty HOME, from a folder with nothing in it."""
    home, anywhere = tmp_path / "home", tmp_path / "anywhere"
    home.mkdir()
    anywhere.mkdir()
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("IMPRINT_", "XDG_", "PYTHON", "VIRTUAL_ENV"))
    }
    environ = {**kept, "HOME": str(home), "IMPRINT_CACHE": str(session_cache)}

    def run(program: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [environment / program, *map(str, arguments)],
            cwd=anywhere,
            env=environ,
            capture_output=True,
            text=True,
            timeout=250,
            check=False,
        )

    return run


def test_it_runs_what_was_installed_and_nothing_of_the_repository(
    installed: Installed, environment: Path
) -> None:
    """The repository is not found by way of what is borrowed from its environment."""
    where = installed("python", "-c", "import assistant, sys; print(assistant.__file__, *sys.path, sep=',')")
    file, *path = where.stdout.strip().split(",")
    assert Path(file).is_relative_to(environment.parent)
    assert str(ROOT) not in path
    assert installed("imprint", "--version").stdout.strip() == __version__


def test_rehearse_check_doctor_and_history_work(installed: Installed, tmp_path: Path) -> None:
    """A rehearsed session is remembered, and everything that is shipped is found and right."""
    athlete = tmp_path / "athlete.yaml"
    athlete.write_text(ATHLETE, encoding="utf-8")
    mine = tmp_path / "anywhere" / "scripts"
    mine.mkdir()
    (mine / "short.yaml").write_text(ROUTINE, encoding="utf-8")
    rehearsed = installed("imprint", "rehearse", "short", "--athlete", athlete, "--data", tmp_path / "data")
    assert rehearsed.returncode == 0, rehearsed.stderr
    history = installed("imprint", "history", "--data", tmp_path / "data")
    assert history.returncode == 0, history.stderr
    assert "short" in history.stdout
    check = installed("imprint", "check")
    assert check.returncode == 0, check.stderr
    plan = installed("imprint", "plan", "leg-lifts")
    assert plan.returncode == 0, plan.stderr
    doctor = installed("imprint", "doctor")
    assert "Traceback" not in doctor.stderr
    assert "speech model: en heard 'stop'" in doctor.stdout


@pytest.mark.parametrize("folder", CARRIED)
def test_it_carries_what_people_edit_and_what_is_heard_with(
    folder: str, environment: Path, sdist: Path
) -> None:
    """Every tracked file of these folders is in both, but for the training's, which the wheel leaves out."""
    shipped = next(environment.parent.glob("lib/*/site-packages/assistant/shipped"))
    listed = subprocess.run(
        ["git", "ls-files", folder], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert listed
    for name in listed:
        assert (sdist / name).read_bytes() == (ROOT / name).read_bytes()
        if not name.startswith("models/training/"):
            assert (shipped / name).read_bytes() == (ROOT / name).read_bytes()


def test_the_wheel_goes_without_what_measures_it(wheel: Path, sdist: Path) -> None:
    """`./run bench` needs the repository, or the source archive."""
    with zipfile.ZipFile(wheel) as archive:
        inside = archive.namelist()
    assert {name.partition("/")[0] for name in inside} == {
        "assistant",
        f"imprint_coach-{__version__}.dist-info",
    }
    assert [name for name in inside if "bench" in name or "training" in name] == []
    assert (sdist / "tests" / "benchmarks" / "__main__.py").is_file()


def imported() -> set[str]:
    """Give the libraries that the package imports anywhere, by the names of their top modules."""
    found: set[str] = set()
    for file in (ROOT / "assistant").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {name.name.partition(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.partition(".")[0])
    return found - sys.stdlib_module_names - {"assistant"}


def test_every_library_that_it_imports_is_declared(environment: Path) -> None:
    """By itself, or by one that is declared."""
    (found,) = environment.parent.glob("lib/*/site-packages/imprint_coach-*.dist-info")
    declared = {
        canonicalize_name(requirement.name)
        for requirement in map(Requirement, Distribution.at(found).requires or ())
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""})
    }
    homes = packages_distributions()
    for module in imported():
        names = {canonicalize_name(name) for name in homes.get(module, [module])}
        assert names & declared, f"{module} is not declared in pyproject.toml"
