"""Running the server over HTTP: streamable, without sessions, so that any process may answer."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

import uvicorn
from mcp.server import MCPServer
from mcp.server.transport_security import RequestBodyLimitMiddleware, TransportSecuritySettings
from starlette.types import ASGIApp

from bot.agents.gate import Access, Gate
from bot.agents.running import open_server
from bot.settings import AgentSettings, SettingsError

PATH = "/mcp"
LOCAL = ("127.0.0.1", "localhost", "::1")
EVERY_ADDRESS = ("0.0.0.0", "::", "")
MAX_BODY = 256_000  # bytes; a call has a few hundred
STOP_SECONDS = 5
MAX_PORT = 65_535


def serve_http(settings: AgentSettings, host: str, port: int, url: str = "") -> None:
    """Until SIGTERM or SIGINT. `url` is the address that clients use, if it is another one: a
    proxy's. Raises HandbookError, and SettingsError where anybody at all could call."""
    access, hosts = read_access(settings, host, url), find_hosts(host, url)
    with _listen(host, port) as listener, open_server(settings) as server:
        print(_describe(access, _address_of(listener), url), flush=True)
        config = uvicorn.Config(
            build_app(server, access, hosts),
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=STOP_SECONDS,
        )
        uvicorn.Server(config).run(sockets=[listener])


def build_app(server: MCPServer, access: Access, hosts: list[str]) -> ASGIApp:
    """`hosts`: the names in a request's Host and Origin; with any other, a web page somewhere
    may have had its own name lead here."""
    security = TransportSecuritySettings(
        allowed_hosts=[form for host in hosts for form in (host, f"{host}:*")],
        allowed_origins=[
            f"{scheme}://{form}"
            for scheme in ("http", "https")
            for host in hosts
            for form in (host, f"{host}:*")
        ],
    )
    app = server.streamable_http_app(
        streamable_http_path=PATH,
        stateless_http=True,
        max_request_body_size=MAX_BODY,
        transport_security=security,
    )
    return RequestBodyLimitMiddleware(Gate(app, access), MAX_BODY)


def read_access(settings: AgentSettings, host: str, url: str) -> Access:
    """Open only to this machine, and only if no token is set."""
    token, secret = settings.token, settings.signing_secret
    elsewhere = host not in LOCAL or url
    if elsewhere and not token and not secret:
        raise SettingsError(
            "Callers from other machines need a token or Slack's signature: set MCP_TOKEN, or for "
            "Slackbot SLACK_SIGNING_SECRET, in .env."
        )
    return Access(token, secret, is_open=not (elsewhere or token))


def find_hosts(host: str, url: str) -> list[str]:
    """The names by which clients may call this server."""
    name = urlsplit(url).hostname if url else host
    if url and (not name or urlsplit(url).scheme not in ("http", "https")):
        raise SettingsError(f"--url is {url!r}; it should be like https://bot.example.com/mcp.")
    if not name or name in EVERY_ADDRESS:
        raise SettingsError(
            f"--host {host} listens on every address of this machine: say with --url which one "
            "clients use."
        )
    return [f"[{found}]" if ":" in found else found for found in dict.fromkeys((*LOCAL, name))]


def _describe(access: Access, address: str, url: str) -> str:
    allowed = [("the bearer of MCP_TOKEN", access.token), ("Slack", access.signing_secret)]
    callers = " and ".join(who for who, given in allowed if given)
    if access.is_open:
        callers = "every program on this machine"
    return f"{address} {f'({url}) ' if url else ''}is open to {callers}"


def _address_of(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}{PATH}"


def _listen(host: str, port: int) -> socket.socket:
    """Raises SettingsError where the address cannot be had."""
    try:
        if not 0 <= port <= MAX_PORT:  # getaddrinfo would take the rest of a division
            raise OverflowError(f"ports go from 0 to {MAX_PORT}")
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, _, _, _, address = found[0]
        return socket.create_server(address, family=family)
    except (OSError, OverflowError) as error:
        raise SettingsError(
            f"--host {host} with --port {port} cannot be listened on "
            f"({getattr(error, 'strerror', None) or error}). Choose another --port."
        ) from error
