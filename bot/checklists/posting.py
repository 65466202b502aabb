"""The composition of running checklists: storage, Slack and words -> posts and updated messages."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from threading import Lock

from bot.checklists.blocks import build_run
from bot.checklists.loop import Loop
from bot.checklists.models import ChangeKind, Item, Run
from bot.checklists.notices import (
    build_assigned,
    build_due_today,
    build_progress_line,
    build_summary,
)
from bot.checklists.posts import Post, PostKind, is_wanted
from bot.checklists.refresh import Refresher
from bot.checklists.repository.refreshes import RefreshRepository
from bot.checklists.repository.runs import RunRepository
from bot.checklists.sender import RunSender
from bot.database.errors import StorageError
from bot.i18n import Lang
from bot.settings import Settings
from bot.slack.blocks import Reply
from bot.tips.claims import Taken
from bot.tips.clocks import DueClock
from bot.tips.delivery import Courier
from bot.tips.models import Delivery, Subscription
from bot.tips.ports import Message, Store, Unwanted, Words
from bot.tips.sender import token_of

WORKERS = 4
STUCK_REST = timedelta(seconds=5)  # before what should have been done is tried again
Now = Callable[[], datetime]
LangOf = Callable[[str, str], Lang]  # of (team_id, user_id)


class RunningChecklists:
    """Posts what runs cause and keeps their messages up to date.

    Every change of a run calls `follow_up`, which wakes two loops; they run from `start` to
    `close`, so that no click waits for another one's post. Without them it waits in the database.
    """

    def __init__(
        self,
        store: Store,
        runs: RunRepository,
        refreshes: RefreshRepository,
        sender: RunSender,
        lang_of: LangOf,
        now: Now,
    ) -> None:
        self.sender = sender
        self._queue = store.queue
        self._runs = runs
        self._lang_of = lang_of
        self._now = now
        self._turn = Lock()  # a courier's tick is not for two threads at once
        words = Words(tip=self._word, farewell=lambda ended: {"text": ""})
        clock = DueClock(now)
        self._courier = Courier(store, sender, clock, words, _take_none, WORKERS)
        self._refresher = Refresher(refreshes, store.workspaces, sender, _show, now)
        self._loops = (
            Loop("run-posts", self.deliver, now),
            Loop("run-messages", self.refresh, now),
        )

    def start(self) -> None:
        for loop in self._loops:
            loop.start()

    def close(self) -> None:
        """Let what is under way be recorded, then stop."""
        self._courier.stop()
        for loop in self._loops:
            loop.stop()
        self._courier.close()

    def follow_up(self) -> None:
        """There is something to post or to update: the loops do it now."""
        for loop in self._loops:
            loop.nudge()

    def catch_up(self) -> None:
        """Do what is due here and now, for whoever runs no loops or waits for it."""
        self.deliver()
        self.refresh()

    def deliver(self) -> datetime | None:
        """Post what is due. Returns when there is more to do, None if that is not known."""
        try:
            moment = self._queue.next_moment()
            if moment is None or moment > self._now():
                return moment
            with self._turn:
                self._courier.tick(timedelta())
            moment, now = self._queue.next_moment(), self._now()
        except StorageError:
            return None
        stuck = moment is not None and moment <= now  # a wrong clock, a disk that is full
        return now + STUCK_REST if stuck else moment

    def refresh(self) -> datetime | None:
        """Update messages. Returns when there is more to do, None if that is not known."""
        return self._refresher.refresh()

    def _word(self, delivery: Delivery) -> Message:
        """The message of a post as its run stands now."""
        if not isinstance(delivery, Post):
            raise TypeError(f"{delivery!r} is no post of a run")
        run = self._runs.find(delivery.team_id, delivery.run_id)
        if run is None or not is_wanted(run, delivery):
            raise Unwanted
        reply = self._build(run, delivery)
        thread = {"thread_ts": delivery.thread_ts} if delivery.thread_ts else {}
        return reply.as_message() | thread

    def _build(self, run: Run, post: Post) -> Reply:
        now = self._now()
        if post.kind is PostKind.LIST:
            return build_run(run, now)
        if post.kind is PostKind.SUMMARY:
            return build_summary(run, now)
        item = run.items[post.item - 1]
        lang = self._lang_of(run.team_id, post.channel_id)
        if post.kind is PostKind.DUE:
            return build_due_today(run, item, lang, now)
        return build_assigned(run, item, self._assigner(run, item), lang, now)

    def _assigner(self, run: Run, item: Item) -> str:
        """Who assigned an item to its owner last."""
        for line in self._runs.log(run.team_id, run.id):
            change = line.change
            if (change.what, change.item) == (ChangeKind.ASSIGNED, item.no):
                return line.by
        return run.started_by


def build_running(
    settings: Settings,
    store: Store,
    runs: RunRepository,
    refreshes: RefreshRepository,
    team_id: str,
    lang_of: LangOf,
    now: Now,
) -> RunningChecklists:
    """For the workspace `team_id`, which the token of the settings belongs to."""
    sender = RunSender(token_of(team_id, settings.bot_token), settings.slack_api_url)
    return RunningChecklists(store, runs, refreshes, sender, lang_of, now)


def find_progress(
    runs: RunRepository,
    team_id: str,
    channel_id: str,
    checklist_ids: Collection[str],
    lang: Lang,
    now: datetime,
) -> str:
    """For a weekly tip: that one of the checklists it links to runs in its channel, and how far it
    is, as mrkdwn; "" if none does. Of several, the one started last."""
    if not checklist_ids:
        return ""
    found = runs.list_running(team_id, channel_id, checklist_ids)
    return build_progress_line(found[0], lang, now) if found else ""


def _show(run: Run, now: datetime) -> Message:
    return build_run(run, now).as_message()


def _take_none(sub: Subscription, now: datetime) -> Taken:
    raise TypeError("runs have no subscriptions to take from")
