"""Work after the ack, when the bot stops."""

from __future__ import annotations

from bot.slack.background import Background


def test_what_may_be_left_out_is_left_out_once_the_bot_stops() -> None:
    background = Background()
    done: list[str] = []
    background.close()
    for _ in range(200):  # more than may wait
        background.run_if_free(lambda: done.append("late"))
    assert done == []


def test_what_was_promised_is_finished_before_the_bot_stops() -> None:
    background = Background(workers=1)
    done: list[int] = []
    for number in range(20):
        background.run(lambda number=number: done.append(number), done.append)
    background.close()
    assert done == list(range(20))
