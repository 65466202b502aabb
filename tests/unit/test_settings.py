from __future__ import annotations

from pathlib import Path

import pytest

import bot.settings
from bot.folders import find_data_dir
from bot.settings import (
    Settings,
    SettingsError,
    read_content_dir,
    read_database_url,
    read_settings,
)

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


def test_each_secret_may_stand_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, secret in {"t": BOT, "s": SECRET, "d": "postgresql://u:p@db/x"}.items():
        (tmp_path / name).write_text(f"{secret}\n", "ascii")
    environ = {
        "SLACK_BOT_TOKEN_FILE": str(tmp_path / "t"), "SLACK_BOT_TOKEN": "",
        "SLACK_SIGNING_SECRET_FILE": str(tmp_path / "s"),
        "DATABASE_URL_FILE": str(tmp_path / "d"),
    }  # fmt: skip
    settings = read_settings(environ)
    assert (settings.bot_token, settings.signing_secret, settings.mode) == (BOT, SECRET, "http")
    assert settings.database_url == read_database_url(environ) == "postgresql://u:p@db/x"
    for wrong, said in {
        str(tmp_path / "none"): r"SLACK_BOT_TOKEN_FILE is .*none, which cannot be read \(No such",
        "/dev/null": "SLACK_BOT_TOKEN_FILE is /dev/null, which is empty",
    }.items():
        with pytest.raises(SettingsError, match=said):
            read_settings(environ | {"SLACK_BOT_TOKEN_FILE": wrong})
    with pytest.raises(SettingsError, match="SLACK_BOT_TOKEN and SLACK_BOT_TOKEN_FILE are both"):
        read_settings(environ | {"SLACK_BOT_TOKEN": BOT})


def test_metrics_need_a_port_and_logs_a_known_form() -> None:
    settings = read_settings({"METRICS": "ON", "HEALTH_PORT": "0", "LOG_FORMAT": "json"})
    assert (settings.metrics, settings.health_port, settings.log_json) == (True, 0, True)
    for environ, name in [
        ({"METRICS": "on"}, "set HEALTH_PORT"),
        ({"METRICS": "yes"}, "METRICS is 'yes'; it should be off or on"),
        ({"HEALTH_PORT": "x"}, "HEALTH_PORT is 'x'"),
        ({"LOG_FORMAT": "xml"}, "LOG_FORMAT is 'xml'; it should be text or json"),
    ]:
        with pytest.raises(SettingsError, match=name):
            read_settings(environ)


def test_data_are_in_the_checkout_or_where_they_can_be_written(tmp_path: Path) -> None:
    checkout, state = tmp_path / "checkout", {"STATE_DIRECTORY": "/var/lib/x:/var/lib/y"}
    checkout.mkdir()
    assert find_data_dir(state, checkout) == checkout / "data"
    assert find_data_dir(state, None) == Path("/var/lib/x")
    assert find_data_dir(state, tmp_path / "not there") == Path("/var/lib/x")
    assert find_data_dir({"XDG_DATA_HOME": "/x"}, None) == Path("/x/llm-startup-bot")
    settings = read_settings({"DATA_DIR": "/srv/bot"})
    assert settings.database_url == "sqlite:////srv/bot/bot.db"
    assert settings.cache_dir.parent == settings.reload_marker.parent == Path("/srv/bot")
