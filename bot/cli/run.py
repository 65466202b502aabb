"""`python -m bot`: Socket Mode or HTTP with tokens, the local workspace without."""

from __future__ import annotations

import argparse

from bot.settings import read_settings


def run(args: argparse.Namespace) -> int:
    settings = read_settings()
    if settings.mode == "local":
        from bot.playground.start import start

        start(settings, settings.port)
    elif settings.mode == "socket":
        from bot.app import build_bot
        from bot.slack.serve import serve_socket

        serve_socket(build_bot(settings), settings.app_token)
    else:
        from bot.slack.serve import serve_http

        serve_http(settings, "bot.app:build_application")
    return 0
