"""The ids that builders and listeners share."""

from __future__ import annotations

OPEN_SETTINGS = "team_settings"
SETTINGS_VIEW = "team_settings_view"
CURATORS, CHANNEL, LANG, TIPS, DIGEST, DAYS, QUESTIONS, GUESTS = (
    "set_curators", "set_channel", "set_lang", "set_tips", "set_digest", "set_days",
    "set_questions", "set_guests",
)  # fmt: skip
