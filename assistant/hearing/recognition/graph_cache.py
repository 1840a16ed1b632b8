"""Model folders in the cache: the acoustic model of the shipped folder with a graph of our own."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from assistant.errors import InputError
from assistant.hearing.recognition.fst import encode_fst
from assistant.hearing.recognition.graph import DecodingGraph, word_boundaries
from assistant.hearing.recognition.model import ModelFolder


def store_graph(model: ModelFolder, graph: DecodingGraph, cache: Path) -> Path:
    """Return a folder that Vosk can load: the model with this graph, made unless it is there.

    The folder is named by its contents and appears complete or not at all, so that several
    programs can share a cache.

    Raises:
        InputError: the cache can't be written.
    """
    files, folder = _contents(model, graph, cache)
    if _is_whole(folder, files, model):
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        making = Path(tempfile.mkdtemp(prefix=".making-", dir=folder.parent))
        try:
            _fill(making, files, model)
            # A damaged folder stands in the way; one that another program has finished meanwhile is in use.
            if folder.exists() and not _is_whole(folder, files, model):
                shutil.rmtree(folder)
            os.replace(making, folder)
        finally:
            # What has become the folder is not there any more.
            shutil.rmtree(making, ignore_errors=True)
    except OSError as error:
        # Another program may have finished the same folder first.
        if not _is_whole(folder, files, model):
            raise InputError(
                f"what is listened for can't be kept there ({error.strerror or error})",
                remedy="Make room, or set IMPRINT_CACHE to a folder that can be written",
                file=str(cache),
            ) from error
    return folder


def is_stored(model: ModelFolder, graph: DecodingGraph, cache: Path) -> bool:
    """Whether the folder that `store_graph` gives is there and whole."""
    files, folder = _contents(model, graph, cache)
    return _is_whole(folder, files, model)


def _contents(model: ModelFolder, graph: DecodingGraph, cache: Path) -> tuple[dict[str, bytes], Path]:
    """Return the files of a graph and the folder that is named by them."""
    assert model.settings is not None
    files = {
        "graph/HCLG.fst": encode_fst(graph.fst),
        "graph/words.txt": "".join(f"{word} {label}\n" for label, word in enumerate(graph.words)).encode(),
        "graph/phones/word_boundary.int": word_boundaries(model.settings.phones).encode(),
    }
    digest = hashlib.sha256(f"{model.fingerprint} {model.path}".encode())
    for name, data in files.items():
        digest.update(name.encode() + data)
    return files, cache / "hearing" / digest.hexdigest()[:32]


def _fill(folder: Path, files: dict[str, bytes], model: ModelFolder) -> None:
    for name, data in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    for name in ("am", "conf"):
        try:
            (folder / name).symlink_to(model.path / name, target_is_directory=True)
        except OSError:
            # Not every file system has links.
            shutil.copytree(model.path / name, folder / name)


def _is_whole(folder: Path, files: dict[str, bytes], model: ModelFolder) -> bool:
    """Compare what is there: a file cut short would end the process inside Kaldi."""
    expected = dict(files)
    try:
        for name in ("am/final.mdl", "conf/mfcc.conf", "conf/model.conf"):
            expected[name] = (model.path / name).read_bytes()
        return all((folder / name).read_bytes() == data for name, data in expected.items())
    except OSError:
        return False
