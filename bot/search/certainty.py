"""When the strongest evidence is an answer, when it is offered, and when it is nothing.

Order is by evidence, certainty by calibration: the figures were fitted on tests/data and on
questions of real people; `bench/calibrate.py` prints what other limits would cost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import exp

from bot.search.confidence import WHOLE
from bot.search.evidence import Evidence
from bot.search.features import features_of
from bot.search.focus import asks_about, aspect_words, only_asks
from bot.search.named import Named
from bot.search.normalize import Unit
from bot.search.results import How
from bot.search.words import is_everyday

NAMED = 0.66  # at least so sure is a name that is the whole question: the answer
NAMED_PERHAPS = 0.3  # at least so sure: offered
ANSWER = 0.92  # at least so likely right: answered outright
# Points ahead of the next entry, for an answer: fewer where a name explains much of the question.
CLEAR_LEAD, NAME_LEAD, NAME_SHARE = 2.0, 1.0, 0.3
# A name that is written out in a question that asks about it, with no other entry near.
WRITTEN = frozenset({How.EXACT, How.SPELLING, How.FORM, How.SOUND})
MAIN_LEAD, MAIN_ODDS = 4.0, 1.0
IN_DOMAIN = 0.5  # log-odds that the text is no everyday chat, for an answer
# Of a workspace's own entries: the least log-odds, since their domain is the workspace's, and
# points for being offered that others have from their asks.
OWN_DOMAIN, OWN_WORTH = 1.5, 1.5
DOMAIN = 1.0  # points for each log-odd that the text is not everyday chat
SPECIFIC = 2.0  # points of a name that is no everyday word: it is of the domain itself
SPECIFIC_FROM = 0.6  # how sure such a name must be
NOT_CHAT = -1.0  # log-odds from which a text may be of the domain
SUGGEST = 11.0  # points, with those of the domain, from which an entry is offered
BESIDE = 9.5  # and from which it joins one that is
NEAR = 10.4  # and from which it is shown as the nearest that there is
# Likelihood that the strongest evidence is right, as log-odds: a constant, and for each unit of
# its points and of the domain's log-odds. A name adds for how sure it is, for the share of the
# question that it explains and for the points that the rest gives it: by itself it proves little.
BASE, POINTS, ODDS = -3.6, 0.26, 0.32
NAME, SURE, SHARE, COMPANY = -5.4, 0.9, 8.0, 0.5
# A number that is part of a designation: another number is another thing.
DESIGNATION = re.compile(
    r"(?:第|令|号|标准|iso(?:/iec)?|gb(?:/t)?|soc|nist|article|art\.?|section|circular|no\.?|"
    r"directive|regulation|rule|form)\s*[-–]?\s*([0-9]+)",
    re.IGNORECASE,
)


def asked_for(named: Mapping[str, Named], units: Sequence[Unit]) -> dict[str, Named]:
    """Entry id -> name, where the names, surely or perhaps, are all that is asked.

    They stand alone, or with words that only ask: "what is a prompt", "RAG or fine-tuning".
    """
    whole = {i: n for i, n in named.items() if n.share > WHOLE and n.score > NAMED_PERHAPS}
    places = {place for name in whole.values() for place in name.places}
    asks = asks_about(units, places)
    return {i: n for i, n in whole.items() if asks or not _is_everyday_word(n, units)}


def is_surely_asked_for(name: Named) -> bool:
    return name.score > NAMED and not name.doubtful


def is_sure(
    best: Evidence, lead: float, odds: float, company: float, text: str, units: Sequence[Unit]
) -> bool:
    """Whether the strongest evidence is the answer.

    `lead`: points ahead of the next entry; `odds`: that the text is in the handbook's domain;
    `company`: points that the rest of the question gives the named entry.
    """
    name, odds = best.named, _odds_of(best, odds)
    if (name and name.doubtful) or odds < IN_DOMAIN:
        return False
    if lead < (NAME_LEAD if name and name.share >= NAME_SHARE else CLEAR_LEAD):
        return False
    if not _holds_numbers(best, text):
        return False
    clear = lead >= MAIN_LEAD and odds >= MAIN_ODDS
    if clear and name and name.how in WRITTEN and only_asks(units, name.places, aspect_words()):
        return True  # "how do I reduce hallucinations"
    likely = BASE + POINTS * best.points + ODDS * odds
    if name:
        likely += NAME + SURE * name.score + SHARE * name.share + COMPANY * company
    return 1 / (1 + exp(-likely)) >= ANSWER


def worth(evidence: Evidence, odds: float, units: Sequence[Unit]) -> float:
    """Points for being offered: an entry's own, and those of the domain."""
    odds = _odds_of(evidence, odds)
    if evidence.entry.team and not (evidence.entry.asks.zh or evidence.entry.asks.en):
        odds += OWN_WORTH / DOMAIN
    if evidence.topic and evidence.topic.holds_all and odds > NOT_CHAT:
        return SUGGEST + evidence.points
    if evidence.named and is_specific(evidence.named, units):
        return evidence.points + SPECIFIC + DOMAIN * max(0.0, odds)
    return evidence.points + DOMAIN * odds


def _odds_of(evidence: Evidence, odds: float) -> float:
    """The handbook's domain says nothing of a workspace's: how leave is asked for stands in none
    of its chapters."""
    return max(odds, OWN_DOMAIN) if evidence.entry.team else odds


def is_specific(name: Named, units: Sequence[Unit]) -> bool:
    """A name that is surely meant, since it is no everyday word."""
    sure = name.score >= SPECIFIC_FROM and not name.doubtful
    return sure and not _is_everyday_word(name, units)


def _is_everyday_word(name: Named, units: Sequence[Unit]) -> bool:
    """One everyday word, which in a sentence mostly is that word: prompt, runway, 显卡."""
    return is_everyday("".join(units[place].text for place in name.places))


def _holds_numbers(evidence: Evidence, text: str) -> bool:
    """Whether the entry's names hold the numbers of all designations in the text."""
    numbers = set(DESIGNATION.findall(text))
    entry = evidence.entry
    names = " ".join((entry.title.zh, entry.title.en, *entry.aliases, entry.short.zh))
    return not numbers or numbers <= features_of(names).keys()
