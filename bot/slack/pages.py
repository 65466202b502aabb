"""Pages for a browser, beside what Slack sends: what was asked for, and what is shown."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl

from bot.i18n import LANGS, Lang, Text

STYLE = (
    "body{font:1rem/1.6 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1.5rem;"
    "color:#1d1c1d;background:#fff}section{margin:0 0 2rem}h1{font-size:1.4rem}"
    "a{color:#1d4ed8}code{background:#eef0f3;padding:.1em .3em;border-radius:4px}"
    "@media(prefers-color-scheme:dark){body{color:#e8e8e8;background:#1a1d21}"
    "a{color:#8ab4ff}code{background:#2c3036}}"
)
STYLE_HASH = b64encode(sha256(STYLE.encode()).digest()).decode()
HEADERS = (
    ("content-type", "text/html; charset=utf-8"),
    ("cache-control", "no-store"),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    (
        "content-security-policy",
        f"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'",
    ),
)
HTML_LANGS: Mapping[Lang, str] = {"zh": "zh-Hans", "en": "en"}
MAX_QUERY = 4_000
TYPED = re.compile("`([^`]+)`")


@dataclass(frozen=True, slots=True)
class Visit:
    """A GET. The values are a code and secrets: they are not logged."""

    query: Mapping[str, str] = field(repr=False)
    cookies: Mapping[str, str] = field(repr=False)

    @classmethod
    def of(cls, query: str, cookie: str) -> Visit:
        """The visit that a query string and a Cookie header describe; what cannot be read is left
        out."""
        try:
            cookies = {name: morsel.value for name, morsel in SimpleCookie(cookie).items()}
        except CookieError:
            cookies = {}
        return cls(dict(parse_qsl(query[:MAX_QUERY], errors="replace")), cookies)


@dataclass(frozen=True, slots=True)
class Page:
    status: HTTPStatus
    body: str = ""
    headers: tuple[tuple[str, str], ...] = HEADERS

    def with_cookie(self, cookie: str) -> Page:
        return Page(self.status, self.body, (*self.headers, ("set-cookie", cookie)))


ShowPage = Callable[[Visit], Page]


def redirect(address: str) -> Page:
    headers = (("location", address), ("cache-control", "no-store"))
    return Page(HTTPStatus.FOUND, "", headers)


def build_page(
    status: HTTPStatus, title: Text, lines: Iterable[Text], link: tuple[Text, str]
) -> Page:
    """The same in both languages, one below the other. Everything is escaped; what stands between
    backticks is to be typed."""
    paragraphs, (label, address) = tuple(lines), link
    sections = "".join(
        f'<section lang="{HTML_LANGS[lang]}"><h1>{escape(title.get(lang))}</h1>'
        + "".join(f"<p>{_mark_typed(escape(text.get(lang)))}</p>" for text in paragraphs)
        + f'<p><a href="{escape(address)}">{escape(label.get(lang))}</a></p></section>'
        for lang in LANGS
    )
    head = escape(" · ".join(title.get(lang) for lang in LANGS))
    return Page(
        status,
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{head}</title><style>{STYLE}</style></head><body>{sections}</body></html>",
    )


def _mark_typed(html: str) -> str:
    return TYPED.sub(r"<code>\1</code>", html)
