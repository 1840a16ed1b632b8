"""Where things live: what ships with Imprint, and the person's own folders."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """Return the folder `scripts`, `voices` or `models` that came with Imprint."""
    packaged = _PACKAGE / "shipped" / name
    return packaged if packaged.is_dir() else _PACKAGE.parent / name


def cache_folder() -> Path:
    """Return the folder of things that can be made again (rendered cues, compiled graphs).

    `IMPRINT_CACHE` overrides the platform's place for it.
    """
    return _chosen("IMPRINT_CACHE", platformdirs.user_cache_dir)


def data_folder() -> Path:
    """Return the folder of what a person has fetched or made and would miss.

    `IMPRINT_DATA` overrides the platform's place for it.
    """
    return _chosen("IMPRINT_DATA", platformdirs.user_data_dir)


def shown(path: Path) -> Path:
    """Name a path as short as can be: from the working folder where it lies in it."""
    whole = Path(os.path.abspath(path))
    here = Path.cwd()
    return whole.relative_to(here) if whole.is_relative_to(here) else whole


def searched(name: str) -> list[Path]:
    """Return the folders in which what people write is looked for, the first that has it wins.

    Args:
        name: `scripts` or `voices`; the one in the working folder, the person's own, and the shipped one.
    """
    return [Path(name), data_folder() / name, shipped(name)]


def config_folder() -> Path:
    """Return the folder of what a person prefers.

    `IMPRINT_CONFIG` overrides the platform's place for it.
    """
    return _chosen("IMPRINT_CONFIG", platformdirs.user_config_dir)


def _chosen(variable: str, usual: Callable[..., str]) -> Path:
    return Path(os.environ.get(variable) or usual("imprint", appauthor=False))
