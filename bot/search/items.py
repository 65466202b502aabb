"""Which item of a checklist a question speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from bot.handbook.models import Checklist
from bot.search.features import features_of_prose


def item_about(checklist: Checklist, question: Mapping[str, float]) -> int | None:
    """The number, from 1, of the item that holds at least half of a question, by rarity.

    `question`: its features, weighted by rarity.
    """
    best, number = 0.0, None
    for n, item in enumerate(checklist.items, 1):
        held = _features_of(f"{item.text.zh} {item.text.en}")
        weight = sum(value for feature, value in question.items() if feature in held)
        if weight > best:
            best, number = weight, n
    return number if 2 * best >= sum(question.values()) else None


@lru_cache(maxsize=1_024)
def _features_of(item: str) -> frozenset[str]:
    return frozenset(features_of_prose(item))
