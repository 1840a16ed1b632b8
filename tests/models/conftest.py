"""A server on this machine that can be told to behave badly, and archives to serve."""

from __future__ import annotations

import contextlib
import io
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from assistant.models.manifest import Downloadable
from assistant.places import shipped


@dataclass
class Request:
    """What a client asked for and how much of the file it was sent."""

    path: str
    asked_range: str | None
    if_range: str | None
    sent: int = 0


@dataclass
class FileServer:
    """Serves one file under any path, and keeps what was asked."""

    body: bytes = b""
    tag: str | None = '"first"'
    ranges: bool = True
    heeds_if_range: bool = True
    breaks_after: int | None = None
    """Bytes of an answer after which the connection ends."""
    status: int | None = None
    location: str | None = None
    tells_length: bool = True
    part_start: int | None = None
    """The byte that answers in part begin with, where it isn't the one asked for."""
    requests: list[Request] = field(default_factory=list[Request])
    address: str = ""

    def handler(self) -> type[BaseHTTPRequestHandler]:
        serving = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                request = Request(self.path, self.headers["Range"], self.headers["If-Range"])
                serving.requests.append(request)
                if serving.status is not None and self.path != "/elsewhere.zip":
                    self.send_response(serving.status)
                    if serving.location is not None:
                        self.send_header("Location", serving.location)
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                    return
                start = 0
                same = request.if_range in (None, serving.tag) or not serving.heeds_if_range
                if serving.ranges and same and request.asked_range is not None:
                    start = int(request.asked_range.removeprefix("bytes=").removesuffix("-"))
                if start > len(serving.body):
                    self.send_error(416)
                    return
                shown = start if serving.part_start is None else serving.part_start
                total = len(serving.body)
                self.send_response(206 if start else 200)
                if start:
                    self.send_header("Content-Range", f"bytes {shown}-{total - 1}/{total}")
                if serving.tells_length:
                    self.send_header("Content-Length", str(total - start))
                if serving.tag is not None:
                    self.send_header("ETag", serving.tag)
                self.end_headers()
                answer = serving.body[start:][: serving.breaks_after]
                request.sent = len(answer)
                # Whoever has had enough hangs up.
                with contextlib.suppress(ConnectionError):
                    self.wfile.write(answer)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        return Handler


@pytest.fixture
def server() -> Iterator[FileServer]:
    serving = FileServer()
    with ThreadingHTTPServer(("127.0.0.1", 0), serving.handler()) as http:
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        serving.address = f"http://127.0.0.1:{http.server_port}/model.zip"
        yield serving
        http.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of fetched models, in a data folder that is empty."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("IMPRINT_DATA", str(tmp_path / "data"))
    return tmp_path / "data" / "models"


class Watching:
    """An onlooker that remembers, and can press Ctrl-C."""

    def __init__(self, interrupt_after: int | None = None) -> None:
        self.begun: list[tuple[int, int | None]] = []
        self.bytes = 0
        self.lines: list[str] = []
        self._interrupt_after = interrupt_after

    def began(self, have: int, total: int | None) -> None:
        self.begun.append((have, total))

    def came(self, count: int) -> None:
        self.bytes += count
        if self._interrupt_after is not None and self.bytes >= self._interrupt_after:
            raise KeyboardInterrupt

    def said(self, text: str) -> None:
        self.lines.append(text)


@pytest.fixture
def watching() -> type[Watching]:
    return Watching


def zip_of(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


@pytest.fixture(scope="session")
def model_files() -> dict[str, bytes]:
    """The shipped model's files by their path."""
    folder = shipped("models") / "en"
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="session")
def model_zip(model_files: dict[str, bytes]) -> bytes:
    """The shipped model as its makers would pack it: in a folder."""
    return zip_of({f"some-model/{name}": data for name, data in model_files.items()})


@pytest.fixture
def wanted(server: FileServer, model_zip: bytes) -> Downloadable:
    """A model that the server has, of which no manifest knows the SHA-256."""
    server.body = model_zip
    return Downloadable(
        name="small",
        language="en",
        address=server.address,
        licence="Apache-2.0",
        about="a copy",
        file="manifest.yaml",
        line=2,
    )


@pytest.fixture
def zipped() -> Callable[[dict[str, bytes]], bytes]:
    return zip_of
