"""A file over HTTP, resumed where it stopped the last time.

What came of a file stays in a part file, with a note beside it that says which file it is a part of. A
request for the rest names that file (If-Range, https://www.rfc-editor.org/rfc/rfc9110#name-if-range), and the
answer is looked at again, so parts of two files are never joined.
"""

from __future__ import annotations

import fcntl
import hashlib
import io
import re
from collections.abc import Generator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Protocol, Self
from urllib.parse import urljoin, urlsplit

import requests
from pydantic import BaseModel, ConfigDict, ValidationError
from urllib3.exceptions import HTTPError

from assistant import __version__
from assistant.errors import InputError
from assistant.files import writing
from assistant.models.manifest import LARGEST_BYTES, address_problem

CHUNK = 64 * 1024
"""Bytes taken at once; an interruption loses no more."""

_ANSWER_SECONDS = 30.0
"""A server that is silent for longer has gone; chosen."""

MAKE_ROOM = "Make room and fetch again, it goes on where it stopped; or set IMPRINT_DATA to a writable folder"

_WITHOUT = "Imprint works without it, with the model it came with; fetch again when there is a network"


class WrongFileError(InputError):
    """Raised when a file that came is not what was wanted, so that going on with it is of no use."""


class Onlooker(Protocol):
    """Sees how a download goes; a port because a terminal shows a bar and a log shows lines."""

    def began(self, have: int, total: int | None) -> None:
        """See the first byte after `have` arrive, of `total` if that is known."""

    def came(self, count: int) -> None:
        """See `count` more bytes arrive."""

    def said(self, text: str) -> None:
        """See something unexpected happen."""


class Origin(BaseModel):
    """What a server said about the file when it began to send it."""

    model_config = ConfigDict(frozen=True, strict=True)

    address: str
    validator: str | None
    """A strong ETag or the date of the last change: the same file has the same."""
    bytes: int | None
    """Size of the whole file, if the server told."""


class PartFile:
    """The bytes so far, held by one program at a time, with a note beside them of where they come from.

    Raises:
        InputError: it can't be written, or another program is fetching the same.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._note = path.with_name(path.name + ".json")
        with writing(path, MAKE_ROOM):
            path.parent.mkdir(parents=True, exist_ok=True)
            self.file = io.FileIO(path, "a+")
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self.file.close()
            problem = "another program is fetching this model"
            raise InputError(problem, remedy="Wait until it is done", file=str(path)) from error
        except OSError:
            # Not every file system has locks.
            return

    def __enter__(self) -> Self:
        """Hold the file."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the file; what is in it stays."""
        if self.size == 0:
            self.remove()
        self.file.close()

    @property
    def size(self) -> int:
        """Bytes that are here."""
        return self.file.seek(0, 2)

    def origin(self, address: str) -> Origin | None:
        """Return what is known of where the bytes come from; None if that is not the address."""
        try:
            origin = Origin.model_validate_json(self._note.read_bytes())
        except (OSError, ValidationError):
            return None
        return origin if origin.address == address else None

    def restart(self, origin: Origin) -> None:
        """Forget the bytes and begin with those of another file.

        Raises:
            InputError: it can't be written.
        """
        with writing(self.path, MAKE_ROOM):
            self._note.unlink(missing_ok=True)
            self.file.truncate(0)
            self._note.write_text(origin.model_dump_json(), encoding="utf-8")

    def append(self, data: bytes) -> None:
        """Add the next bytes.

        Raises:
            InputError: they can't be written.
        """
        rest = memoryview(data)
        with writing(self.path, MAKE_ROOM):
            while rest:
                rest = rest[self.file.write(rest) :]

    def sha256(self) -> str:
        """Return the hexadecimal digest of what is here."""
        self.file.seek(0)
        return hashlib.file_digest(self.file, "sha256").hexdigest()

    def remove(self) -> None:
        """Delete the bytes and the note."""
        self._note.unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)


def download(address: str, part: PartFile, onlooker: Onlooker, most_bytes: int = LARGEST_BYTES) -> None:
    """Bring a part file to the whole; what is there stays there when it fails.

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
    wanted: dict[str, str] = {}
    if origin is not None and origin.validator is not None and have:
        wanted = {"Range": f"bytes={have}-", "If-Range": origin.validator}
    with ExitStack() as opened:
        response = opened.enter_context(_ask(address, wanted))
        if wanted and origin is not None and _goes_on(response, have, origin):
            _receive(response, part, origin, onlooker, most_bytes)
            return
        if wanted and response.status_code == 200:
            onlooker.said("The file has changed or the server can't resume: it comes from the start.")
        elif wanted:
            onlooker.said("The server can't go on from here: asking for the whole file.")
            response = opened.enter_context(_ask(address, {}))
        if response.status_code != 200:
            raise _refused(address, response.status_code)
        length = response.headers.get("Content-Length", "")
        total = int(length) if length.isdecimal() else None
        origin = Origin(address=address, validator=_validator(response), bytes=total)
        part.restart(origin)
        _receive(response, part, origin, onlooker, most_bytes)


class _CheckedSession(requests.Session):
    """Follows a redirect only to where a file may be fetched from."""

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """Look at where it leads before anything is opened."""
        target = super().get_redirect_target(resp)
        problem = None if target is None else address_problem(urljoin(resp.url, target), resp.url)
        if problem is not None:
            resp.close()
            remedy = "Correct the address in the manifest"
            raise InputError(f"the server sends us on, but {problem}", remedy=remedy, file=resp.url)
        return target


@contextmanager
def _ask(address: str, headers: Mapping[str, str]) -> Generator[requests.Response]:
    """Send a request and return the answer when it begins: whole (200), in part (206) or nothing (416)."""
    # Identity, since the size and the place of each byte must be those of the file.
    headers = {"User-Agent": f"imprint/{__version__}", "Accept-Encoding": "identity", **headers}
    with _CheckedSession() as session:
        try:
            response = session.get(address, headers=headers, stream=True, timeout=_ANSWER_SECONDS)
        except requests.RequestException as error:
            problem = f"can't reach {urlsplit(address).hostname} ({_cause(error)})"
            raise InputError(problem, remedy=_WITHOUT, file=address) from error
        with response:
            if response.status_code >= 300 and response.status_code != 416:
                raise _refused(address, response.status_code)
            yield response


def _cause(error: BaseException) -> BaseException:
    """Return what the libraries have wrapped, such as `[Errno 111] Connection refused`."""
    while (deeper := error.__cause__ or error.__context__) is not None:
        error = deeper
    return error


def _refused(address: str, code: int) -> InputError:
    problem, remedy = "refuses to give the file", "Fetch another of `imprint models list`"
    if code in (404, 410):
        problem = "has no such file"
        remedy = "Correct the address in the manifest, or fetch another of `imprint models list`"
    elif code >= 500 or code == 429:
        remedy = "Try again later"
    return InputError(f"the server {problem} ({code})", remedy=remedy, file=address)


def _goes_on(response: requests.Response, have: int, origin: Origin) -> bool:
    """Return whether an answer begins with the byte that is wanted, of the same file."""
    given = re.fullmatch(r"bytes (\d+)-\d+/(\d+|\*)", response.headers.get("Content-Range", ""))
    if response.status_code != 206 or given is None or int(given[1]) != have:
        return False
    return _validator(response) in (None, origin.validator) and given[2] in ("*", str(origin.bytes))


def _validator(response: requests.Response) -> str | None:
    tag = response.headers.get("ETag")
    return response.headers.get("Last-Modified") if tag is None or tag.startswith("W/") else tag


def _receive(
    response: requests.Response, part: PartFile, origin: Origin, onlooker: Onlooker, most_bytes: int
) -> None:
    have = part.size
    onlooker.began(have, origin.bytes)
    problem = f"the file is larger than {most_bytes} bytes, which it should not be"
    remedy = "Correct the manifest if it is right nevertheless, or fetch another model"
    too_large = WrongFileError(problem, remedy=remedy, file=origin.address)
    if max(have, origin.bytes or 0) > most_bytes:
        raise too_large
    broken: Exception | None = None
    try:
        # Not `iter_content`: it drops the last bytes before a break.
        for data in response.raw.stream(CHUNK, decode_content=False):
            have += len(data)
            if have > most_bytes:
                raise too_large
            part.append(data)
            onlooker.came(len(data))
    except (OSError, HTTPError) as error:
        broken = error
    if broken is not None or have < (origin.bytes or 0):
        problem = f"the connection broke off after {have} of {origin.bytes or 'an unknown number of'} bytes"
        remedy = "Fetch again: what came is kept, and it goes on from there if the server can"
        raise InputError(problem, remedy=remedy, file=origin.address) from broken
