"""The desk on its own in a browser: Jupyter's server with its token, and nothing of it but the login and this page.

On 127.0.0.1 only. No kernels, files or terminals are served: whoever has the token can decide findings, no more.
"""

# ruff: noqa: E402 (one module is kept out before Jupyter's server is imported)
from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tally.system import light

light.keep_out()

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.serverapp import ServerApp
from tornado import web
from tornado.ioloop import IOLoop

from tally.desk.desk import Desk
from tally.desk.page import module, page, style

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"

MOST_BYTES = 16 * 2**20  # of one request: it is taken in before anybody asks who sends it


class DeskServer(ServerApp):
    """Jupyter's server cut down to what the desk needs; settings of the user's own Jupyter do not change it."""

    name = "tally-desk"
    default_services = ("auth", "security")  # type: ignore[assignment]

    def load_config_file(self, *args: Any, **options: Any) -> None:
        """No file of another program's settings opens this one wider."""

    def write_server_info_file(self) -> None:
        """Other programs need not find it."""


class Page(JupyterHandler):
    """The page itself, its module and its style."""

    @property
    def content_security_policy(self) -> str:
        return POLICY

    @web.authenticated
    def get(self, name: str = "") -> None:
        kind, text = FILES.get(name, (None, ""))
        if kind is None:
            raise web.HTTPError(404)
        self.set_header("Content-Type", f"{kind}; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.xsrf_token  # noqa: B018  (asking for it sets the cookie that requests must repeat)
        self.finish(text)


class Ask(JupyterHandler):
    """One question of the page; answered off the loop, one at a time."""

    @web.authenticated
    async def post(self) -> None:
        try:
            request = json.loads(self.request.body)
        except (ValueError, RecursionError) as e:
            raise web.HTTPError(400) from e
        if not isinstance(request, dict):
            raise web.HTTPError(400)
        desk, worker = self.settings["desk"], self.settings["desk_worker"]
        answer = await IOLoop.current().run_in_executor(worker, desk.answer, request)
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(json.dumps(answer, ensure_ascii=False))


FILES = {
    "": ("text/html", page()),
    "desk.js": ("text/javascript", module(alone=True)),
    "desk.css": ("text/css", style()),
}


def serve(desk: Desk, ready: Callable[[str], None], *, port: int = 8765, browser: bool = True) -> None:
    """Serves the desk until it is stopped (Ctrl+C, or the process ends). `ready` is told the address, token included."""
    server = DeskServer(
        ip="127.0.0.1", port=port, port_retries=50, root_dir=str(desk.paths.root), open_browser=browser, default_url="/desk/",
        answer_yes=True, allow_root=True, log_level="CRITICAL", no_browser_open_file=True, use_redirect_file=False, terminals_enabled=False, jpserver_extensions={},
        max_body_size=MOST_BYTES, max_buffer_size=MOST_BYTES,
    )  # fmt: skip
    server.initialize(argv=[], find_extensions=False)
    server.web_app.settings |= {"desk": desk, "desk_worker": ThreadPoolExecutor(1)}
    base = server.base_url.rstrip("/")
    server.web_app.add_handlers(".*$", [(f"{base}/desk/ask", Ask), (f"{base}/desk/(.*)", Page)])
    address = f"http://127.0.0.1:{server.port}{base}/desk/?token={server.identity_provider.token}"

    def answering() -> None:
        """The loop's next step after it began to listen: an address that is told answers."""
        ready(address)
        sys.stdout.flush()

    server.io_loop.add_callback(answering)
    server.log.setLevel(logging.CRITICAL + 1)  # it would tell the address a second time, in English
    server.start()
