"""The ids that builders and listeners share: one constant for each."""

from __future__ import annotations

LANGUAGE = "language"  # the same answer in the other language, in place
SHARE = "share"
ASK = "ask"  # an example question
CHAPTER = "chapter"
PICK = "pick"  # from the list of a kind
MODAL_OPEN = "modal_open"  # an entry in the modal that is open

EXPLAIN_SHORTCUT = "explain_terms"
