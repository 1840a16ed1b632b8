"""A file over HTTP, from where it stopped the last time."""

from __future__ import annotations

import re
from http.client import HTTPException, HTTPResponse
from typing import Protocol

from assistant.errors import InputError
from assistant.models.address import ask
from assistant.models.manifest import LARGEST_BYTES
from assistant.models.part_file import Origin, PartFile, WrongFileError

CHUNK = 64 * 1024
"""Bytes taken at once; an interruption loses no more."""


class Onlooker(Protocol):
    """Sees how a download goes; a port because a terminal shows a bar and a log shows lines."""

    def began(self, have: int, total: int | None) -> None:
        """See the first byte after `have` arrive, of `total` if that is known."""
        ...

    def came(self, count: int) -> None:
        """See `count` more bytes arrive."""
        ...

    def said(self, text: str) -> None:
        """See something happen that nobody would expect."""
        ...


def download(address: str, part: PartFile, onlooker: Onlooker, most_bytes: int = LARGEST_BYTES) -> None:
    """Bring a part file to the whole; what is there stays there when it fails.

    A request for the rest says which file is meant, so that parts of two files are never joined:
    https://www.rfc-editor.org/rfc/rfc9110#name-if-range.

    Args:
        address: Where the file is.
        part: What is here of it.
        onlooker: Sees how it goes.
        most_bytes: A larger file is refused.

    Raises:
        InputError: there is no network, no such file, the server breaks off, or the disk is full.
        WrongFileError: more comes than there should be.
    """
    origin = part.origin(address)
    have = part.size if origin is not None else 0
    if origin is not None and have == origin.bytes:
        return
    if origin is not None and origin.validator is not None and have:
        with ask(address, {"Range": f"bytes={have}-", "If-Range": origin.validator}) as response:
            if _goes_on(response, have, origin):
                onlooker.began(have, origin.bytes)
                _receive(response, part, origin, onlooker, most_bytes)
                return
            if response.status == 200:
                onlooker.said("The file has changed, or the server can't resume: it comes from the start.")
                _receive_whole(response, address, part, onlooker, most_bytes)
                return
        onlooker.said("The server can't go on from here: asking for the whole file.")
    with ask(address, {}) as response:
        if response.status != 200:
            raise InputError(
                f"the server does not give the whole file ({response.status})",
                remedy="Fetch another of `imprint models list`",
                file=address,
            )
        _receive_whole(response, address, part, onlooker, most_bytes)


def _goes_on(response: HTTPResponse, have: int, origin: Origin) -> bool:
    """Tell whether an answer begins with the byte that is wanted, of the same file."""
    given = re.fullmatch(r"bytes (\d+)-\d+/(\d+|\*)", response.headers.get("Content-Range", ""))
    if response.status != 206 or given is None or int(given[1]) != have:
        return False
    validator = _validator(response)
    same = validator is None or validator == origin.validator
    return same and given[2] in ("*", str(origin.bytes))


def _validator(response: HTTPResponse) -> str | None:
    tag = response.headers.get("ETag")
    if tag is not None and not tag.startswith("W/"):
        return tag
    return response.headers.get("Last-Modified")


def _receive_whole(
    response: HTTPResponse, address: str, part: PartFile, onlooker: Onlooker, most_bytes: int
) -> None:
    length = response.headers.get("Content-Length", "")
    total = int(length) if length.isdecimal() else None
    origin = Origin(address=address, validator=_validator(response), bytes=total)
    part.restart(origin)
    onlooker.began(0, total)
    _receive(response, part, origin, onlooker, most_bytes)


def _receive(
    response: HTTPResponse, part: PartFile, origin: Origin, onlooker: Onlooker, most_bytes: int
) -> None:
    have = part.size
    if max(have, origin.bytes or 0) > most_bytes:
        raise _too_large(origin.address, most_bytes)
    broken: Exception | None = None
    try:
        while data := response.read(CHUNK):
            have += len(data)
            if have > most_bytes:
                raise _too_large(origin.address, most_bytes)
            part.append(data)
            onlooker.came(len(data))
    except (OSError, HTTPException) as error:
        broken = error
    if broken is not None or have < (origin.bytes or 0):
        raise InputError(
            f"the connection broke off after {have} of {origin.bytes or 'an unknown number of'} bytes",
            remedy="Fetch again: what came is kept, and it goes on from there if the server can",
            file=origin.address,
        ) from broken


def _too_large(address: str, most_bytes: int) -> WrongFileError:
    return WrongFileError(
        f"the file is larger than {most_bytes} bytes, which it should not be",
        remedy="Correct the manifest if it is right nevertheless, or fetch another model",
        file=address,
    )
