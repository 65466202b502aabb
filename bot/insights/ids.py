"""The ids that builders and listeners share."""

from __future__ import annotations

ASK = "ask_team"  # under a miss; its value is the question
ASK_VIEW, ASK_TEXT = "ask_team_view", "ask_team_text"
ANSWER, PICK, DECLINE = "question_answer", "question_pick", "question_decline"  # value: question id
PICK_VIEW, PICK_ENTRY, PICK_NAME = "question_pick_view", "question_entry", "question_name"
ADD_NAME, DROP_NAME = "name_add", "name_drop"
STATS = "team_stats"
