"""What running checklists say, in both languages."""

from __future__ import annotations

from bot.checklists.rhythm import Rhythm
from bot.i18n import Text

OFFER = Text("和团队一起做一份清单", "Work through a checklist with your team")
WHERE_FIELD = Text("在哪个频道", "In which channel")
START_TITLE = Text("开始一份清单", "Start a checklist")
FOR = Text("为哪件事", "What is it for")
FOR_HINT = Text("例如：v2 上线", "For example: v2 launch")
TARGET = Text("目标日（例如上线那天）", "Target day (the launch, for example)")
TARGET_HINT = Text(
    "填了就从这天倒推每一条的截止日", "Items get their due dates counted back from it"
)
SAVE_RUN = Text("存为团队清单", "Save as checklist")
AGAIN = Text("再做一遍", "Again")
ITEMS = Text("条目（用不上的取消勾选）", "Items (untick what you do not need)")
REPEATS = Text("重复", "Repeats")
REPEATS_HINT = Text(
    "按今天的日期推算，到那天 9:30 自动开始新的一轮；上一轮没做完也会结束",
    "Counted from today: on the day, at 9:30, a new round starts by itself, and the one before "
    "it is closed, done or not",
)
RHYTHMS: dict[Rhythm, Text] = {
    Rhythm.ONCE: Text("不重复", "Does not repeat"),
    Rhythm.WEEK: Text("每周", "Every week"),
    Rhythm.MONTH: Text("每月", "Every month"),
    Rhythm.QUARTER: Text("每季度", "Every quarter"),
}
REPEATING: dict[Rhythm, Text] = {
    Rhythm.WEEK: Text("每周自动开始", "repeats every week"),
    Rhythm.MONTH: Text("每月自动开始", "repeats every month"),
    Rhythm.QUARTER: Text("每季度自动开始", "repeats every quarter"),
}
NO_RHYTHM = Text(
    "清单可以每周、每月或每季度重复，从开始的那天算起；不能按“{said}”重复。例如："
    "`{command} 清单 开始 {name} 每周`",
    "A checklist can repeat every week, month or quarter, counted from the day it starts, but not "
    "“{said}”. For example: `{command} checklist start {name} every week`",
)
LAUNCH = Text("上线", "launch")
BY_ITSELF = Text("{when} 自动开始，{user} 设置", "Started by itself {when}, set up by {user}")
LEFT_OPEN = Text(
    "上一轮还有 {count} 条没做完，已结束，需要时可重新打开",
    "{count} left open in the round before, which is closed and can be reopened",
)
FOLLOWED = Text("新的一轮已开始，{when}", "The next round started {when}")
FOLLOWED_SO = Text(
    "新的一轮已经开始，这一轮已结束，所以没有改动。请在新的一轮里勾选，或重新打开这一轮。",
    "The next round has started and this one is closed, so nothing was changed. Use the new one, "
    "or reopen this one.",
)
STOP = Text("不再重复", "Stop repeating")
STOP_LABEL = Text("不再重复：{title}", "Stop repeating: {title}")
STOP_ASK = Text(
    "以后不再自动开始。正在做的这一轮不受影响。",
    "It will not start by itself again. The round under way stays.",
)
STOPPED = Text("{title} 不再自动开始。", "{title} no longer starts by itself.")
NOT_REPEATING = Text("它已经不再自动开始了。", "It does not start by itself any more.")
ENDED_SERIES = Text(
    "{title} 不再自动开始：{reason}。",
    "{title} no longer starts by itself: {reason}.",
)
SERIES = Text("自动开始的清单", "Checklists that start by themselves")
NEXT_ROUND = Text("下一轮 {when}", "next {when}")
SKIPPED = Text(
    "{date} 那一轮错过了：晚了 12 小时以上，没有开始",
    "the round of {date} was missed: over 12 hours late, not started",
)
DELETED_SERIES = Text(
    "已删除：{title}。它以后还会自动开始，要停下请输入 `{command} 清单 进行中`。",
    "Deleted: {title}. It will still start by itself; to stop that, type "
    "`{command} checklist running`.",
)
ADD = Text("自己加几条", "Add items of your own")
ADD_HINT = Text("一行一条，每条最多 {chars} 个字", "One a line, up to {chars} characters each")
LONG_LINE = Text(
    "这一条有 {count} 个字，最多 {most} 个：{line}",
    "This item has {count} characters, {most} at most: {line}",
)
ZONE_ASSUMED = Text(
    "Slack 这次没有告诉我你的时区：截止日期和提醒先按 {zone} 计。",
    "Slack did not tell me your time zone just now: due dates and reminders will follow {zone}.",
)
BEGIN = Text("开始", "Start")
ITEM_COUNT = Text(
    "一份清单要有 1 到 {most} 条，现在是 {count} 条。",
    "A checklist has 1 to {most} items; this one would have {count}.",
)
WHICH = Text("要开始哪份清单？", "Which checklist do you want to start?")
PICK = Text("选一份开始", "Pick one to start")
OWN = Text("团队的清单", "Your team's checklists")
OF_HANDBOOK = Text("手册的清单", "The handbook's checklists")
BY = Text("{user} 发起，{when}", "Started by {user}, {when}")
EXCLUDED = Text("{count} 条不适用", "{count} not applicable")
OVERDUE_COUNT = Text("{count} 条逾期", "{count} overdue")
FINISHED = Text("全部完成，{when}", "All done, {when}")
CLOSED = Text("由 {user} 结束，{when}", "Closed by {user}, {when}")
TICK = Text("完成", "Mark done")
TICK_LABEL = Text("完成：{item}", "Mark done: {item}")
UNTICK = Text("撤销", "Undo")
UNTICK_LABEL = Text("撤销：{item}", "Undo: {item}")
DETAILS = Text("一条的详情…", "Details of an item…")
DETAILS_TITLE = Text("详情", "Details")
SETTLED_COUNT = Text("✅ 已完成 {count} 条", "✅ {count} done")
SHOW_DONE = Text("查看已完成", "Show done")
DONE_TITLE = Text("{title}：已完成", "{title}: done")
FIELD_APPLIES = Text("为什么不适用（留空即适用）", "Why it does not apply (empty: it applies)")
TERMS_IN_ITEM = Text("相关术语：{terms}", "Terms: {terms}")
APPLIES = Text("还是适用", "Applies after all")
MENU: dict[str, Text] = {
    "assign": Text("指派", "Assign"),
    "due": Text("截止日期", "Due date"),
    "note": Text("备注", "Note"),
    "exclude": Text("不适用", "Not applicable"),
    "why": Text("为什么？", "Why?"),
}
DUE = Text("截止 {date}", "due {date}")
OVERDUE = Text("已逾期，原定 {date}", "overdue (was due {date})")
REASON = Text("不适用：{reason}", "Not applicable: {reason}")
UNREACHABLE = Text("私信发不到此人", "cannot be reached by direct message")
CLOSE = Text("结束", "Close")
CLOSE_ASK = Text(
    "结束后不能再勾选，小结会发在消息串里。之后可以重新打开。",
    "Nothing can be ticked after that, and the thread gets a summary. You can reopen it later.",
)
REOPEN = Text("重新打开", "Reopen")
EXPORT = Text("导出", "Export")
LOG = Text("记录", "Log")
DELETE = Text("删除", "Delete")
DELETE_ASK = Text(
    "清单连同全部记录都会删除，无法恢复。",
    "This deletes the checklist and its whole log for good.",
)
FIELD_OWNER = Text("负责人（留空即不指派）", "Owner (empty: nobody)")
FIELD_DUE = Text("截止日期（留空即不设）", "Due date (empty: none)")
FIELD_NOTE = Text("备注（留空即删除）", "Note (empty: remove it)")
FIELD_REASON = Text("为什么不适用", "Why it does not apply")
NO_REASON = Text("请写一句原因。", "Please write a reason.")
CHANGED_MEANWHILE = Text(
    "这一条刚刚被改过，现在是这样。再按一次保存，就会换成下面的内容。",
    "Somebody has just changed this: it now stands as above. Save once more to replace it.",
)
BAD_OWNER: dict[str, Text] = {
    "gone": Text(
        "这个账号已停用，请换一个人。", "This account is deactivated: choose someone else."
    ),
    "bot": Text("不能指派给机器人，请换一个人。", "That is an app: choose a person."),
}
NOT_HERE = Text(
    "那个频道与别的公司共用，或者我看不到它，所以团队自己的清单不能在那里开始。",
    "That channel is shared with other companies, or I cannot see it, so the team's own checklists "
    "cannot start there.",
)
GONE = Text("这份清单已经删除。", "This checklist has been deleted.")
NO_ITEM = Text("清单里没有这一条。", "The checklist has no such item.")
IS_CLOSED = Text(
    "{user} 已经结束了这份清单，所以没有改动。",
    "{user} has closed this checklist, so nothing was changed.",
)
TICKED_BY = Text("{user} 已经勾选了这一条。", "{user} has ticked this one off already.")
UNCHANGED = Text("已经是这样了，没有变化。", "Nothing to change: it already is that way.")
DONE_HERE = Text("好了：{title} {done}/{total}。", "Done: {title}, {done} / {total}.")
OLD_COPY = Text(
    "改好了。这条消息是旧的，最新的在{link}。",
    "Done. This message is an old copy; the current one is {link}.",
)
CURRENT = Text("这里", "here")
OWNED_NOW = Text(
    "这一条现在归{user}，所以没有改动。要改请到频道里的清单上点。",
    "This item is {user}'s now, so nothing was changed. To change it, use the checklist in its "
    "channel.",
)
NOBODY = Text("没有人", "nobody")
NOT_YOURS = Text(
    "只有发起人 {user} 和管理员可以这样做。", "Only {user}, who started it, and admins may do that."
)
DELETED = Text("已删除：{title}。", "Deleted: {title}.")
WAITS = Text("清单马上就到。", "The checklist is on its way.")
UNSURE = Text(
    "Slack 没有确认收到清单。如果没看到，输入 `{command} 清单 进行中` 再发一次。",
    "Slack did not confirm the checklist. If you cannot see it, type `{command} checklist "
    "running` and post it again.",
)
REFUSED = Text(
    "没能把清单发到这里：{reason}。", "The checklist could not be posted here: {reason}."
)
RUNNING = Text("这个频道正在做的清单", "Checklists running in this channel")
NONE = Text(
    "这个频道没有正在做的清单。输入 `{command} 清单 开始 上线` 就能开始一份。",
    "No checklist is running in this channel. Start one with `{command} checklist start launch`.",
)
NO_MESSAGE = Text("频道里没有它的消息", "it has no message in the channel")
PROBLEM = Text("消息没能更新：{reason}", "its message could not be updated: {reason}")
PROBLEMS: dict[str, Text] = {
    "message_not_found": Text("消息被删除了", "the message was deleted"),
    "user_disabled": Text("账号已停用", "the account is deactivated"),
    "unconfirmed": Text("Slack 没有确认", "Slack did not confirm it"),
}
POST_AGAIN = Text("重新发到频道", "Post it again")
NO_LOG = Text("这个频道还没有做过清单。", "No checklist has been run in this channel.")
LOG_TITLE = Text("{title}：记录", "{title}: log")
LOG_EARLIER = Text("…更早还有 {count} 条", "…and {count} earlier ones")
LOG_LINES: dict[str, Text] = {
    "started": Text("{user} 开始了清单", "{user} started the checklist"),
    "ticked": Text("{user} 勾选了{item}", "{user} ticked off {item}"),
    "unticked": Text("{user} 取消勾选{item}", "{user} reopened {item}"),
    "excluded": Text(
        "{user} 把{item}标为不适用：{text}", "{user} marked {item} not applicable: {text}"
    ),
    "assigned": Text("{user} 把{item}指派给 {owner}", "{user} assigned {item} to {owner}"),
    "unassigned": Text("{user} 取消了{item}的指派", "{user} took the owner off {item}"),
    "due": Text("{user} 把{item}的截止日设为 {date}", "{user} made {item} due {date}"),
    "undue": Text("{user} 去掉了{item}的截止日", "{user} took the due date off {item}"),
    "noted": Text("{user} 给{item}写了备注：{text}", "{user} noted on {item}: {text}"),
    "unnoted": Text("{user} 删掉了{item}的备注", "{user} removed the note on {item}"),
    "unreachable": Text(
        "{item}的负责人 {user} 收不到私信：{text}",
        "{user}, who has {item}, cannot be reached by direct message: {text}",
    ),
    "reachable": Text(
        "{item}的负责人 {user} 又收得到私信了",
        "{user}, who has {item}, can be reached by direct message again",
    ),
    "moved": Text(
        "{user} 换了时区（{zone}），{item}按新时区提醒",
        "{user} moved to another time zone ({zone}); {item} follows it",
    ),
    "closed": Text("{user} 结束了清单", "{user} closed the checklist"),
    "reopened": Text("{user} 重新打开了清单", "{user} reopened the checklist"),
    "began": Text("清单自动开始，{user} 设置", "The checklist started by itself, set up by {user}"),
    "followed": Text("新的一轮开始，这一轮结束", "The next round started; this one was closed"),
    "unrepeated": Text("{user} 停止了自动开始", "{user} stopped it from starting by itself"),
    "ended": Text("不再自动开始：{text}", "It no longer starts by itself: {text}"),
}
ASSIGNED_TO_YOU = Text("{user} 把这一条交给了你", "{user} assigned this to you")
DUE_TODAY = Text("这一条今天截止", "This is due today")
WHERE = Text("{title}，在 {channel}", "{title}, in {channel}")
MUTE = Text("不再私信提醒", "Stop these messages")
UNMUTE = Text("重新开启提醒", "Turn reminders on")
MUTED: dict[str, Text] = {
    "on": Text(
        "好的，清单的事不再私信你。想恢复，到我的“主页”标签页打开。",
        "All right, no more messages about checklists. My Home tab turns them on again.",
    ),
    "off": Text("好的，会继续私信提醒你。", "All right, you will be reminded again."),
}
ALL_DONE = Text("🏁 {title} 全部完成", "🏁 {title}: all done")
ENDED = Text("{title} 由 {user} 结束", "{title}: closed by {user}")
SCORE = Text("完成 {done}/{total}", "{done} of {total} done")
SAME_DAY = Text("用时不到一天", "within a day")
ONE_DAY = Text("用时 1 天", "1 day")
DAYS = Text("用时 {count} 天", "{count} days")
LEFT = Text("未完成：{items}", "Left open: {items}")
MINE = Text("指派给我的", "Assigned to me")
MUTED_NOTE = Text("清单的私信提醒已关闭。", "Messages about checklists are off.")
HERE = Text("频道正在做：{title} {done}/{total}", "Running here: {title}, {done} / {total}")
NO_EXPORT = Text("没能导出到这里：{reason}。", "It cannot be exported here: {reason}.")
EXPORTED = Text("{title}，{user} 导出", "{title}, exported by {user}")
COLUMNS: tuple[Text, ...] = (
    Text("序号", "No"),
    Text("条目", "Item"),
    Text("状态", "State"),
    Text("谁", "By"),
    Text("时间", "When"),
    Text("负责人", "Owner"),
    Text("截止", "Due"),
    Text("备注", "Note"),
    Text("不适用的原因", "Reason"),
    Text("为什么要做", "Why"),
)
STATES: dict[str, Text] = {
    "open": Text("未完成", "open"),
    "done": Text("已完成", "done"),
    "not_applicable": Text("不适用", "not applicable"),
}
