"""`python -m bot`: Socket Mode or HTTP with tokens, the local workspace without."""

from __future__ import annotations

import argparse

from bot.settings import read_settings


def run(args: argparse.Namespace) -> int:
    settings = read_settings()
    if settings.mode == "local":
        from bot.playground.start import start

        start(settings, settings.port)
    else:
        from bot.app import build_bot
        from bot.monitoring.server import serve_health
        from bot.slack.serve import serve_http, serve_socket

        serve = serve_socket if settings.mode == "socket" else serve_http
        with serve_health(settings) as watch:
            serve(lambda: watch(build_bot(settings)), settings)
    return 0
