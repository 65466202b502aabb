"""Fuzzy matching: query -> Answer | Suggestions | Nothing. No Slack, no database, no network."""

from bot.search.chatter import Chatter
from bot.search.matcher import Matcher
from bot.search.results import Answer, How, Match, Nothing, Result, Suggestions

__all__ = ["Answer", "Chatter", "How", "Match", "Matcher", "Nothing", "Result", "Suggestions"]
