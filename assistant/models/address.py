"""Which addresses are asked for a file, and how a server's refusal is told."""

from __future__ import annotations

import urllib.parse
import urllib.request
from http.client import HTTPException, HTTPMessage, HTTPResponse
from typing import IO, cast
from urllib.error import HTTPError, URLError

from assistant import __version__
from assistant.errors import InputError

ANSWER_SECONDS = 30.0
"""A server that is silent for longer has gone."""

WITHOUT = "Imprint works without it, with the model it came with; fetch again when there is a network"


def refusal(address: str, before: str | None = None) -> str | None:
    """Say why an address is not asked; None if it is.

    Args:
        address: Where the file should be.
        before: The address that sent us there, if one did.
    """
    try:
        parts = urllib.parse.urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return f"{address!r} is no address"
    if parts.scheme not in ("http", "https"):
        return f"only http and https addresses are fetched, not {address!r}"
    if not host or not address.isascii() or not address.isprintable() or " " in address:
        return f"{address!r} is no address"
    if before is not None and parts.scheme == "http" and urllib.parse.urlsplit(before).scheme == "https":
        return f"it leads from https to {address!r}, which anybody on the way could change"
    return None


class RedirectsChecked(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only to where a file may be fetched from.

    Raises:
        InputError: it leads elsewhere.
    """

    def http_error_302(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage
    ) -> HTTPResponse | None:
        """Look at where it leads before anything is opened."""
        to = urllib.parse.urljoin(req.full_url, headers["location"] or headers["uri"] or "")
        problem = refusal(to, req.full_url)
        if problem is not None:
            fp.close()
            raise InputError(
                f"the server sends us on, but {problem}",
                remedy="Correct the address in the manifest",
                file=req.full_url,
            )
        return cast("HTTPResponse | None", super().http_error_302(req, fp, code, msg, headers))

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


def ask(address: str, headers: dict[str, str]) -> HTTPResponse:
    """Send a request and give the answer when it begins, whole (200), in part (206) or none (416).

    Raises:
        InputError: there is no network, no such file, or the server refuses.
    """
    problem = refusal(address)
    if problem is not None:
        raise InputError(problem, remedy="Correct the address")
    request = urllib.request.Request(address, headers={"User-Agent": f"imprint/{__version__}", **headers})
    opener = urllib.request.build_opener(RedirectsChecked())
    try:
        return cast(HTTPResponse, opener.open(request, timeout=ANSWER_SECONDS))
    except HTTPError as error:
        if error.code == 416:
            return cast(HTTPResponse, error)
        with error:
            raise _refused(address, error.code) from error
    except (OSError, ValueError, HTTPException) as error:
        reason = error.reason if isinstance(error, URLError) else error
        host = urllib.parse.urlsplit(address).hostname
        raise InputError(f"can't reach {host} ({reason})", remedy=WITHOUT, file=address) from error


def _refused(address: str, code: int) -> InputError:
    if code in (404, 410):
        return InputError(
            f"the server has no such file ({code})",
            remedy="Correct the address in the manifest, or fetch another of `imprint models list`",
            file=address,
        )
    later = "Try again later" if code >= 500 or code == 429 else "Fetch another of `imprint models list`"
    return InputError(f"the server refuses to give the file ({code})", remedy=later, file=address)
