"""The variables of weekly tips."""

from __future__ import annotations

import pytest

from bot.settings import DATABASE_URL, SettingsError, read_settings


def test_without_variables_there_is_a_file_in_the_data_folder() -> None:
    settings = read_settings({})
    assert settings.database_url == DATABASE_URL
    assert DATABASE_URL.endswith("/data/bot.db")
    assert settings.tips_rate == 180


def test_the_database_and_the_rate_can_be_set_and_no_password_is_shown() -> None:
    settings = read_settings({"DATABASE_URL": "postgres://u:secret@h/n", "TIPS_RATE": "300"})
    assert (settings.database_url, settings.tips_rate) == ("postgres://u:secret@h/n", 300)
    assert "secret" not in repr(settings)


@pytest.mark.parametrize("rate", ["0", "-1", "many", "6001", "1.5"])
def test_a_wrong_rate_is_named(rate: str) -> None:
    with pytest.raises(SettingsError, match="TIPS_RATE"):
        read_settings({"TIPS_RATE": rate})
