from __future__ import annotations

from pathlib import Path

import pytest

import bot.settings
from bot.settings import Settings, SettingsError, read_content_dir, read_settings

BOT, APP, SECRET = "xoxb-1", "xapp-1", "s3cret"
ADDED = {
    "PUBLIC_URL": "https://bot.example.com/", "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "c1ient", "SLACK_SIGNING_SECRET": SECRET, "SLACK_TOKEN_KEYS": "new, old",
}  # fmt: skip


@pytest.mark.parametrize(
    ("environ", "mode"),
    [
        ({}, "local"),
        ({"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP}, "socket"),
        ({"SLACK_BOT_TOKEN": BOT, "SLACK_SIGNING_SECRET": SECRET}, "http"),
        (
            {"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP, "SLACK_SIGNING_SECRET": SECRET},
            "socket",
        ),
    ],
)
def test_the_tokens_choose_the_mode(environ: dict[str, str], mode: str) -> None:
    assert read_settings(environ).mode == mode


@pytest.mark.parametrize(
    ("environ", "name"),
    [
        ({"SLACK_BOT_TOKEN": BOT}, "SLACK_SIGNING_SECRET"),
        ({"SLACK_BOT_TOKEN": "xoxp-user"}, "SLACK_BOT_TOKEN"),
        ({"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": "xoxb-2"}, "SLACK_APP_TOKEN"),
        ({"SLACK_APP_TOKEN": APP}, "SLACK_BOT_TOKEN"),
        ({"SLACK_BOT_TOKEN": "xoxb-…", "SLACK_APP_TOKEN": "xapp-…"}, "SLACK_BOT_TOKEN"),
        ({"SLACK_BOT_TOKEN": "xoxb-...", "SLACK_APP_TOKEN": APP}, "SLACK_BOT_TOKEN"),
        ({"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": "xapp-…"}, "SLACK_APP_TOKEN"),
        ({"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": "xapp-1 2"}, "SLACK_APP_TOKEN"),
        ({"SLACK_BOT_TOKEN": BOT, "SLACK_SIGNING_SECRET": "…"}, "SLACK_SIGNING_SECRET"),
        ({"SLACK_API_URL": "http://[::1"}, "SLACK_API_URL"),
        ({"SLACK_API_URL": "https://"}, "SLACK_API_URL"),
        ({"SLACK_API_URL": "http://slack.com:port/"}, "SLACK_API_URL"),
        ({"PORT": "9" * 5000}, "PORT"),
        ({"TIPS_RATE": "9" * 5000}, "TIPS_RATE"),
        ({"PORT": "http"}, "PORT"),
        ({"PORT": "70000"}, "PORT"),
        ({"DEFAULT_LANG": "fr"}, "DEFAULT_LANG"),
        ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL"),
        ({"SLACK_API_URL": "slack.com"}, "SLACK_API_URL"),
        ({"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "c"}, "PUBLIC_URL is missing"),
        (ADDED | {"PUBLIC_URL": "http://bot.example.com"}, "PUBLIC_URL"),
        (ADDED | {"PUBLIC_URL": "bot.example.com"}, "PUBLIC_URL"),
        (ADDED | {"PUBLIC_URL": "https://bot.example.com/?a"}, "PUBLIC_URL"),
        (ADDED | {"PUBLIC_URL": "https://[::1"}, "PUBLIC_URL"),
        (ADDED | {"SLACK_CLIENT_SECRET": ""}, "SLACK_CLIENT_SECRET missing"),
        (ADDED | {"SLACK_TOKEN_KEYS": " , "}, "SLACK_TOKEN_KEYS is missing"),
        (ADDED | {"SLACK_BOT_TOKEN": BOT}, "leave SLACK_BOT_TOKEN empty"),
        (ADDED | {"SLACK_APP_TOKEN": APP, "SLACK_BOT_TOKEN": BOT}, "leave SLACK_APP_TOKEN empty"),
        ({"KEEP_UNINSTALLED_DAYS": "366"}, "KEEP_UNINSTALLED_DAYS"),
        ({"KEEP_UNINSTALLED_DAYS": "-1"}, "KEEP_UNINSTALLED_DAYS"),
    ],
)
def test_a_wrong_variable_is_named_with_what_to_do(environ: dict[str, str], name: str) -> None:
    with pytest.raises(SettingsError, match=name):
        read_settings(environ)


def test_no_token_stands_in_the_repr() -> None:
    text = repr(Settings(bot_token=BOT, app_token=APP, signing_secret=SECRET))
    assert not any(secret in text for secret in (BOT, APP, SECRET))
    text = repr(read_settings(ADDED))
    assert not any(secret in text for secret in ("c1ient", "new", "old"))


def test_a_public_address_turns_add_to_slack_on_and_a_client_id_alone_does_not() -> None:
    settings = read_settings(ADDED)
    assert (settings.mode, settings.public_url) == ("http", "https://bot.example.com")
    assert settings.token_keys == ("new", "old")
    one = {"SLACK_BOT_TOKEN": BOT, "SLACK_SIGNING_SECRET": SECRET, "SLACK_CLIENT_ID": "1.2",
           "SLACK_CLIENT_SECRET": "c"}  # fmt: skip
    assert read_settings(one).public_url == ""


def test_spaces_around_a_pasted_token_do_no_harm() -> None:
    assert read_settings({"SLACK_BOT_TOKEN": f" {BOT}\n", "SLACK_APP_TOKEN": APP}).bot_token == BOT


def test_an_env_file_in_another_encoding_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_bytes("# 令牌\nPORT=3000\n".encode("gbk"))
    monkeypatch.setattr(bot.settings, "ROOT", tmp_path)
    with pytest.raises(SettingsError, match=r"\.env cannot be read .*UTF-8"):
        read_settings()


def test_the_content_dir_may_begin_with_the_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/bot")
    environ = {"CONTENT_DIR": " ~/content "}
    assert read_settings(environ).content_dir == Path("/home/bot/content")
    assert read_content_dir(environ) == Path("/home/bot/content")
