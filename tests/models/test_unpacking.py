"""Archives that nobody should unpack."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import InputError
from assistant.models import unpacking
from assistant.models.download import WrongFileError
from assistant.models.unpacking import MOST_ENTRIES, unpack

Pack = Callable[[zipfile.ZipFile], object]


@pytest.fixture
def try_unpacking(tmp_path: Path) -> Callable[[bytes], Path]:
    """Unpack bytes into a folder beside others that must stay as they are."""

    def attempt(data: bytes) -> Path:
        file = tmp_path / "file.zip"
        file.write_bytes(data)
        with io.FileIO(file) as archive:
            unpack(archive, tmp_path / "deep" / "into", "http://127.0.0.1/file.zip")
        return tmp_path / "deep" / "into"

    return attempt


def packed(pack: Pack) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        pack(archive)
    return data.getvalue()


def entry(name: str, mode: int = stat.S_IFREG | 0o777) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    return info


def named(name: str) -> Pack:
    return lambda archive: archive.writestr(entry(name), b"x")


def twice(first: str, second: str) -> Pack:
    return lambda archive: [archive.writestr(entry(name), b"x") for name in (first, second)]


def kind(mode: int) -> Pack:
    return lambda archive: archive.writestr(entry("m/link", mode), b"/etc/passwd")


UNSAFE: dict[str, tuple[Pack, str]] = {
    "absolute": (named("/etc/x"), "absolute path"),
    "drive": (named("C:/x"), "absolute path"),
    "backslash": (named("a\\..\\..\\x"), "absolute path"),
    "out": (named("../x"), "leads out"),
    "out later": (named("a/../../x"), "leads out"),
    "here": (named("a/./x"), "leads out"),
    "device": (named("a/NUL.txt"), "device"),
    "control": (named("a/\x1b[2Jx"), "no file should have"),
    "dot at the end": (named("a./x"), "no file should have"),
    "too long": (named("a" * 256), "no file should have"),
    "link": (kind(stat.S_IFLNK | 0o777), "link or a device"),
    "char device": (kind(stat.S_IFCHR | 0o666), "link or a device"),
    "pipe": (kind(stat.S_IFIFO | 0o666), "link or a device"),
    "other case": (twice("a/x", "A/X"), "there twice"),
    "file as folder": (twice("a", "a/x"), "there twice"),
    "folder as file": (twice("a/x", "a"), "there twice"),
    "other packing": (
        lambda archive: archive.writestr(entry("x"), b"x", zipfile.ZIP_LZMA),
        "not read here",
    ),
    "count": (
        lambda archive: [archive.writestr(f"{i}", b"") for i in range(MOST_ENTRIES + 1)],
        "1002 entries",
    ),
    "ratio": (lambda archive: archive.writestr("x", bytes(1_000_000)), "1000100 bytes"),
}


@pytest.mark.parametrize("danger", UNSAFE)
def test_what_is_unsafe_is_refused_before_anything_is_written(
    try_unpacking: Callable[[bytes], Path], tmp_path: Path, danger: str
) -> None:
    pack, problem = UNSAFE[danger]

    def after_a_good_one(archive: zipfile.ZipFile) -> None:
        archive.writestr("good", np.random.default_rng(0).bytes(100))
        pack(archive)

    with pytest.raises(WrongFileError, match=problem) as raised:
        try_unpacking(packed(after_a_good_one))
    assert raised.value.file == "http://127.0.0.1/file.zip"
    assert [path.name for path in tmp_path.iterdir()] == ["file.zip"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_nothing_is_overwritten(try_unpacking: Callable[[bytes], Path]) -> None:
    with pytest.raises(WrongFileError, match="there twice"):
        try_unpacking(packed(twice("x", "x")))


def test_the_whole_is_limited_too(
    try_unpacking: Callable[[bytes], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "MOST_BYTES", 99)
    with pytest.raises(WrongFileError, match="100 bytes"):
        try_unpacking(packed(lambda archive: archive.writestr("x", np.random.default_rng(0).bytes(100))))


def test_an_encrypted_file_is_refused(try_unpacking: Callable[[bytes], Path]) -> None:
    data = bytearray(packed(named("x")))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(WrongFileError, match="not read here"):
        try_unpacking(bytes(data))


def broken(data: bytes) -> bytes:
    """Change one byte of what is packed."""
    at = data.index(b"m/x") + len(b"m/x") + 20
    return data[:at] + bytes([data[at] ^ 255]) + data[at + 1 :]


def smaller(data: bytes) -> bytes:
    """Declare a size that is smaller than what is packed."""
    at = data.index(b"PK\x01\x02") + 24
    return data[:at] + (10).to_bytes(4, "little") + data[at + 4 :]


SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "page": lambda data: b"<!DOCTYPE html><title>Sign in to the hotel's network</title>",
    "cut": lambda data: data[:-30],
    "broken": broken,
    "smaller": smaller,
}


@pytest.mark.parametrize("damage", SPOILT)
def test_what_is_no_whole_zip_is_said_to_be_none(try_unpacking: Callable[[bytes], Path], damage: str) -> None:
    good = packed(lambda archive: archive.writestr("m/x", np.random.default_rng(0).bytes(1000)))
    with pytest.raises(WrongFileError, match="not a zip file, or it is damaged"):
        try_unpacking(SPOILT[damage](good))


def test_files_and_empty_folders_come_out_as_they_went_in(try_unpacking: Callable[[bytes], Path]) -> None:
    """Without the permissions that the archive would give them."""

    def pack(archive: zipfile.ZipFile) -> None:
        archive.writestr(entry("m/", stat.S_IFDIR | 0o777), b"")
        archive.writestr(entry("m/deep/x", stat.S_IFREG | stat.S_ISUID | 0o777), b"some text")

    folder = try_unpacking(packed(pack))
    assert (folder / "m/deep/x").read_bytes() == b"some text"
    assert not (folder / "m/deep/x").stat().st_mode & (stat.S_ISUID | 0o111)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    file = tmp_path / "file.zip"
    file.write_bytes(packed(named("x")))
    with io.FileIO(file) as archive, pytest.raises(InputError, match="can't be written") as raised:
        unpack(archive, file / "into", "source")
    assert not isinstance(raised.value, WrongFileError)
