"""The ids that builders and listeners share: one constant for each."""

from __future__ import annotations

MORE, LESS = "more", "less"  # the whole answer, and the short one again
LANGUAGE = "language"  # the same answer in the other language, in place
LANGUAGE_WHOLE = "language_whole"
COMPARE, SHARE_ELSEWHERE = "compare", "share_elsewhere"  # of the menu
COMPARE_WITH = "compare_with"  # two entries, side by side; its value is a Pair
SHARE = "share"
SHARE_VIEW, SHARE_CHANNEL = "share_view", "share_channel"  # the modal, and its field
REASON_VIEW, REASON, REMARK = "reason_view", "reason", "remark"  # why an entry did not help
SEARCH = "search"  # opens the modal to ask in
SEARCH_VIEW, SEARCH_TEXT = "search_view", "search_text"  # the modal, and its field
LANG = "lang"  # the language that a person chooses, from a select
ASK = "ask"  # an example question
CHAPTER = "chapter"
PICK = "pick"  # an entry, from a select; lists of a kind were one before LIST_PAGE
LIST_PAGE = "list_page"  # of the list of a kind; its value is a Listing
MODAL_OPEN = "modal_open"  # an entry in the modal that is open

EXPLAIN_SHORTCUT = "explain_terms"
