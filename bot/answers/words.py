"""Every word of the bot's own that users see, in both languages. Content has its own words."""

from __future__ import annotations

from bot.handbook.models import Kind
from bot.i18n import Lang, Text

# Answers
EXAMPLE = Text("例子", "Example")
MISTAKE = Text("常见错误", "Common mistake")
CORRECTION = Text("勘误", "Correction to the source text")
SOURCE_SAYS = Text("原文怎么说", "What the source text says")
FACTS = Text("事实", "Facts")
COMPARE = Text("对照", "Side by side")
LESSONS = Text("启示", "Lessons")
LIMITS = Text("尚不确定", "Not certain")
DISCUSS = Text("和团队讨论", "Ask your team")
WHO = Text("谁来做", "Who")
WHEN = Text("何时做", "When")
TIME = Text("需要多久", "How long")
DONE_WHEN = Text("完成标准", "Done when")
WHY = Text("为什么", "Why")
SOURCES = Text("来源", "Sources")
RELATED = Text("相关条目", "Related")
CHECKED = Text("核对于 {date}", "checked {date}")
IN_SECTION = Text("本节条目", "In this section")
MORE = Text("…另有 {count} 条", "…and {count} more")

KIND_NAMES: dict[Kind, Text] = {
    Kind.TERM: Text("术语", "Term"),
    Kind.CHECKLIST: Text("清单", "Checklist"),
    Kind.CASE: Text("案例", "Case"),
    Kind.SECTION: Text("章节", "Section"),
    Kind.TIP: Text("贴士", "Tip"),
}
STATUS: dict[str, Text] = {
    "verified": Text("已核实", "verified"),
    "reported": Text("公开报道", "reported"),
    "unverified": Text("未核实", "not verified"),
    "stable": Text("成熟知识", "settled knowledge"),
}
DISCLAIMERS: dict[str, Text] = {
    "general": Text(
        "通用信息与工作参考，不构成法律、财务、投资、税务或医疗建议；规则与数据会变，请以官方最新文本为准。",
        "General information for working teams, not legal, financial, investment, tax or medical "
        "advice. Rules and figures change: rely on the current official text.",
    ),
    "law": Text(
        "法规要点为非官方概述，截至标注日期；各地口径不同，请向属地主管部门和律师确认。",
        "Unofficial summary as of the date shown; local practice differs: confirm with the "
        "regulator and counsel.",
    ),
    "finance": Text(
        "不构成证券或投资建议，不对任何公司作买卖推荐；条款示例仅供理解。",
        "Not securities or investment advice; no recommendation on any company; terms are shown "
        "to explain.",
    ),
    "health": Text(
        "不用于诊断或治疗；产品分类与注册以药监部门意见为准。",
        "Not for diagnosis or treatment; device class and approval are for the regulator to "
        "decide.",
    ),
    "crisis": Text(
        "如你或身边的人有自伤念头，请立即联系当地急救或心理援助热线"
        "（中国大陆：12356；紧急：120 或 110）。",
        "If you or someone near you may be in danger, contact local emergency or crisis services "
        "now (mainland China: 12356; emergency 120 or 110).",
    ),
    "case": Text(
        "依据公开资料整理，可能不完整或已变化；未核实之处已标注。",
        "Built from public sources; may be incomplete or out of date; unverified points are "
        "marked.",
    ),
}

# Buttons
SHARE = Text("分享到频道", "Share")
SHARED = Text("已分享。", "Shared.")
LANGUAGE = Text("English", "中文")  # on a Chinese answer the button offers English
HELPFUL = Text("👍", "👍")
NOT_HELPFUL = Text("👎", "👎")
HELPFUL_LABEL = Text("有用", "Helpful")
NOT_HELPFUL_LABEL = Text("没用", "Not helpful")
THANKS = Text("收到，谢谢反馈。", "Noted, thank you.")
OPEN = Text("查看", "Open")
CLOSE = Text("关闭", "Close")
SHARED_BY = Text("{user} 分享自大模型创业手册", "{user} shared from the LLM startup handbook")

# Outcomes
DID_YOU_MEAN = Text("你想问的是？", "Did you mean?")
NOT_FOUND = Text("资料库中没有“{query}”。", "“{query}” is not in the handbook.")
NEAREST = Text("最接近的条目：", "Nearest entries:")
NO_NEAR = Text(
    "换一个说法，或看看章节：`{command} chapter`",
    "Try other words, or browse: `{command} chapter`",
)
RESULTS = Text("“{query}”的搜索结果", "Results for “{query}”")
EMPTY_SEARCH = Text(
    "想搜什么？例如：`{command} search 融资`",
    "What should I search for? Try `{command} search pricing`",
)
LIST_TITLE: dict[Kind, Text] = {
    Kind.TERM: Text("全部 {count} 个术语", "All {count} terms"),
    Kind.CHECKLIST: Text("全部 {count} 份清单", "All {count} checklists"),
    Kind.CASE: Text("全部 {count} 个案例", "All {count} cases"),
}
PICK_ONE = Text("选一个查看", "Pick one to open")
CHAPTERS = Text("手册章节", "Chapters of the handbook")
NO_CHAPTER = Text(
    "没有第 {no} 章，手册有 {first} 到 {last} 章。",
    "There is no chapter {no}; the handbook has {first} to {last}.",
)
GONE = Text("这个条目已不在手册里。", "This entry is no longer in the handbook.")
FAILED = Text(
    "出了点问题，没有完成。请再试一次；若仍不行，请把编号 {reference} 告诉管理员。",
    "Something went wrong and this was not done. Try again; if it still fails, give your admin the "
    "reference {reference}.",
)
EXPIRED = Text(
    "这个窗口打开得太晚，请再点一次。", "That took too long to open: please click again."
)
NOT_IN_CONVERSATION = Text(
    "我不在这个对话里，发不了消息。请到一个有我的频道里再试。",
    "I am not in this conversation and cannot post here. Try it in a channel that I am in.",
)
NOT_IN_CHANNEL = Text(
    "我不在这个频道里，发不了消息。先输入 `/invite @{bot}`，再试一次。",
    "I am not in this channel and cannot post here. Type `/invite @{bot}` and try again.",
)

# Help, Home, shortcut
HELP_TITLE = Text("大模型创业手册", "LLM startup handbook")
HELP_INTRO = Text(
    "直接输入问题、术语、拼音或缩写，拼错也没关系。只有你看得到回答，需要时再分享。",
    "Type a question, a term or an abbreviation, in English, Chinese or pinyin; typos are fine. "
    "Only you see the answer until you share it.",
)
HELP_VERBS = Text(
    "`{c} define 微调`　只查术语\n`{c} checklist 上线`　查清单\n"
    "`{c} checklist start 上线`　在频道里一起勾完一张清单\n`{c} case Jasper`　查案例\n"
    "`{c} chapter 4`　按章节浏览\n`{c} search 融资`　列出所有相关条目\n`{c} tip`　来一条策略贴士\n"
    "`{c} tips`　本频道的每周贴士\n`{c} lang zh`　以后都用中文回答我",
    "`{c} define fine-tuning`  terms only\n`{c} checklist launch`  checklists\n"
    "`{c} checklist start launch`  tick one off together, in the channel\n"
    "`{c} case Jasper`  cases\n`{c} chapter 4`  browse by chapter\n"
    "`{c} search pricing`  all that fits\n`{c} tip`  one strategy tip\n"
    "`{c} tips`  this channel's weekly tips\n`{c} lang en`  always answer me in English",
)
HELP_ELSEWHERE = Text(
    "也可以 @ 我（在消息串里回答）、私信我，或在任意消息的菜单里选“Explain terms · 解释术语”。",
    "You can also mention me (I answer in the thread), send me a direct message, or pick "
    "“Explain terms · 解释术语” from any message's menu.",
)
EXAMPLES: tuple[Text, ...] = (
    Text("RAG 和微调选哪个", "RAG or fine-tuning?"),
    Text("投资条款清单怎么看", "how to read a term sheet"),
    Text("智能体上线前要查什么", "what to check before launching an agent"),
)
HOME_COUNTS = Text(
    "{terms} 个术语 · {checklists} 份清单 · {cases} 个案例 · {tips} 条策略贴士",
    "{terms} terms · {checklists} checklists · {cases} cases · {tips} strategy tips",
)
TRY = Text("试试这些", "Try one of these")
TERMS_FOUND = Text("解释术语", "Explain terms")
NO_TERMS = Text("这条消息里没有手册中的术语。", "No handbook terms in this message.")
TIP_TITLE = Text("策略贴士", "Strategy tip")
ANOTHER_TIP = Text("换一条", "Another tip")
NO_TIPS = Text("手册里还没有贴士。", "The handbook has no tips yet.")


def other_lang(lang: Lang) -> Lang:
    return "en" if lang == "zh" else "zh"


# Weekly tips
WEEKLY_TIP = Text("本周策略贴士", "This week's strategy tip")
TIP_NUMBER = Text("本轮第 {number}/{total} 条", "{number} of {total} in this round")
TIP_LINKS = Text("相关术语与清单（只有你看得到）", "Terms and checklists (only you will see them)")
SHOW_IN = Text("Show in English", "用中文看")  # on a Chinese tip the button offers English
TIP_SETTINGS = Text("设置", "Settings")
FAREWELL = Text(
    "每周贴士已在这些频道停止：{channels}。原因：{reasons}。频道恢复后，在频道里输入 "
    "`{command} tips on` 可重新开启。",
    "Weekly tips have ended in {channels}. Reason: {reasons}. Once the channel works again, type "
    "`{command} tips on` there to start them anew.",
)
END_REASONS: dict[str, Text] = {
    "channel_not_found": Text("频道不存在或我看不到它", "the channel is gone or hidden from me"),
    "channel_deleted": Text("频道已删除", "the channel was deleted"),
    "not_in_channel": Text("我不在频道里", "I am not in the channel"),
    "is_archived": Text("频道已归档", "the channel is archived"),
    "no_permission": Text("没有发言权限", "I may not post there"),
}
END_OTHER = Text("Slack 拒绝了消息（{error}）", "Slack refused the message ({error})")
TIPS_TITLE = Text("每周策略贴士", "Weekly tips")
WEEKDAYS: tuple[Text, ...] = (
    Text("周一", "Monday"),
    Text("周二", "Tuesday"),
    Text("周三", "Wednesday"),
    Text("周四", "Thursday"),
    Text("周五", "Friday"),
    Text("周六", "Saturday"),
    Text("周日", "Sunday"),
)
TIPS_EVERY = Text("每{weekday} {time}（{zone}）", "{weekday}s at {time} ({zone})")
TIPS_NEXT = Text("下一条：{date} {time}（{zone}）", "Next: {date}, {time} ({zone})")
TIPS_NEXT_TIP = Text("内容：{tip}", "It will be: {tip}")
TIPS_OFF = Text("这个频道没有开启每周贴士。", "Weekly tips are off in this channel.")
TIPS_PAUSED = Text("已暂停，直到有人恢复。", "Paused until someone resumes.")
TIPS_PAUSED_UNTIL = Text("已暂停到 {date}。", "Paused until {date}.")
TIPS_SUBSCRIBER = Text("订阅人：{user}", "Subscribed by {user}")
TIPS_LAST = Text("最近几次", "Last deliveries")
TIPS_NONE_LEFT = Text("所选章节没有贴士。", "There is no tip in the chosen sections.")
TIPS_STATES: dict[str, Text] = {
    "sent": Text("已发", "sent"),
    "claimed": Text("正在发", "being sent"),
    "waiting": Text("等待重试", "waiting to be tried again"),
    "unconfirmed": Text(
        "未确认：可能已发，不会重发", "unconfirmed: may have been sent, will not be sent again"
    ),
    "missed": Text("错过：晚了 12 小时以上，没有发", "missed: over 12 hours late, not sent"),
    "failed": Text("没发成（{error}）", "failed ({error})"),
}
TIPS_FIELD_ON = Text("状态", "Status")
TIPS_FIELD_WEEKDAY = Text("星期", "Day")
TIPS_FIELD_TIME = Text("时间", "Time")
TIPS_FIELD_ZONE = Text("时区", "Time zone")
TIPS_ZONE_HINT = Text(
    "城市或时区名，如 上海、Asia/Shanghai、New York",
    "A city or zone: Shanghai, Europe/Berlin, New York",
)
TIPS_FIELD_LANG = Text("语言", "Language")
TIPS_FIELD_SECTIONS = Text("章节（不选即全部）", "Sections (none: all)")
TIPS_FIELD_RESTRICTED = Text("谁可以改", "Who may change this")
TIPS_RESTRICTED = Text(
    "整个工作区：只有订阅人和管理员可以改贴士设置",
    "In the whole workspace, only the subscriber and admins",
)
TIPS_IS_ON = Text("开启", "On")
TIPS_IS_OFF = Text("关闭", "Off")
LANG_NAMES: dict[Lang, Text] = {"zh": Text("中文", "中文"), "en": Text("English", "English")}
SAVE = Text("保存", "Save")
CANCEL = Text("取消", "Cancel")
TIPS_BAD_ZONE = Text(
    "没有“{word}”这个时区，例如：{example}", "“{word}” is no time zone. Try {example}"
)
TIPS_CHANGED: dict[str, Text] = {
    "on": Text("{user} 开启了每周策略贴士：{every}。", "{user} turned weekly tips on: {every}."),
    "changed": Text("{user} 改了每周贴士：{every}。", "{user} changed the weekly tips: {every}."),
    "off": Text("{user} 关闭了每周贴士。", "{user} turned the weekly tips off."),
    "pause": Text("{user} 暂停了每周贴士。", "{user} paused the weekly tips."),
    "resume": Text("{user} 恢复了每周贴士。", "{user} resumed the weekly tips."),
    "skip": Text(
        "{user} 跳过了一条贴士，同一天改发下一条。",
        "{user} skipped a tip; the one after it comes on the same day.",
    ),
}
TIPS_UNCHANGED = Text("没有变化。", "Nothing to change.")
TIPS_NOT_YOURS = Text(
    "这个工作区规定：只有订阅人 {user} 和管理员可以改这个频道的贴士设置。",
    "In this workspace only the subscriber, {user}, and admins may change this channel's tips.",
)
TIPS_IN_CHANNELS = Text(
    "每周贴士发在频道里：到要收的频道输入 `{command} tips on`。",
    "Weekly tips are for channels: type `{command} tips on` in the one that should get them.",
)
TIPS_MISTAKES: dict[str, Text] = {
    "action": Text("没看懂“{word}”。", "I did not understand “{word}”."),
    "weekday": Text("“{word}”不是星期几。", "“{word}” is no day of the week."),
    "time": Text("“{word}”不是一个时间。", "“{word}” is no time of day."),
    "zone": Text("不认识时区“{word}”。", "I do not know the time zone “{word}”."),
    "ambiguous": Text(
        "“{word}”有不止一个意思，请写城市。", "“{word}” has more than one meaning: name a city."
    ),
    "weeks": Text("暂停可以是 1 到 52 周。", "A pause may last 1 to 52 weeks."),
}
TIPS_TRY = Text("试试：`{command} tips {example}`", "Try `{command} tips {example}`")
TIPS_SUBSCRIBED = Text("我订阅的频道", "Channels I subscribed")
TIPS_PAUSE = Text("暂停", "Pause")
TIPS_RESUME = Text("恢复", "Resume")
RECENT_LOOKUPS = Text("最近查过", "Recent lookups")
LANG_SET: dict[str, Text] = {
    "zh": Text("以后都用中文回答你。", "以后都用中文回答你。"),
    "en": Text("I will answer you in English.", "I will answer you in English."),
    "auto": Text(
        "语言改为自动：按你的问题和 Slack 界面语言选择。",
        "Language is automatic: by your question and your Slack's language.",
    ),
}
LANG_HELP = Text(
    "选一种：`{command} lang zh`、`{command} lang en` 或 `{command} lang auto`",
    "Choose one: `{command} lang zh`, `{command} lang en` or `{command} lang auto`",
)


# Running checklists
RUN_START = Text("和团队一起做", "Start with the team")
RUN_START_TITLE = Text("开始一份清单", "Start a checklist")
RUN_FOR = Text("为哪件事", "What is it for")
RUN_FOR_HINT = Text("例如：v2 上线", "For example: v2 launch")
RUN_ITEMS = Text("条目（用不上的取消勾选）", "Items (untick what you do not need)")
RUN_ADD = Text("自己加几条", "Add items of your own")
RUN_ADD_HINT = Text("一行一条，每条最多 {chars} 个字", "One a line, up to {chars} characters each")
RUN_LONG_LINE = Text(
    "这一条有 {count} 个字，最多 {most} 个：{line}",
    "This item has {count} characters, {most} at most: {line}",
)
RUN_BEGIN = Text("开始", "Start")
RUN_ITEM_COUNT = Text(
    "一份清单要有 1 到 {most} 条，现在是 {count} 条。",
    "A list has 1 to {most} items; this one would have {count}.",
)
RUN_WHICH = Text("要开始哪份清单？", "Which checklist should start?")
RUN_PICK = Text("选一份开始", "Pick one to start")
RUN_BY = Text("{user} 发起，{when}", "Started by {user}, {when}")
RUN_EXCLUDED = Text("{count} 条不适用", "{count} not applicable")
RUN_OVERDUE_COUNT = Text("{count} 条逾期", "{count} overdue")
RUN_FINISHED = Text("全部完成，{when}", "All done, {when}")
RUN_CLOSED = Text("由 {user} 结束，{when}", "Closed by {user}, {when}")
RUN_PAGE = Text("第 {number}/{count} 页", "Page {number} of {count}")
RUN_PREVIOUS = Text("上一页", "Previous")
RUN_NEXT = Text("下一页", "Next")
RUN_TICK = Text("勾选", "Done")
RUN_TICK_LABEL = Text("勾选：{item}", "Done: {item}")
RUN_UNTICK = Text("取消勾选", "Undo")
RUN_UNTICK_LABEL = Text("取消勾选：{item}", "Undo: {item}")
RUN_APPLIES = Text("还是适用", "Applies after all")
RUN_MENU: dict[str, Text] = {
    "assign": Text("指派", "Assign"),
    "due": Text("截止日期", "Due date"),
    "note": Text("备注", "Note"),
    "exclude": Text("不适用", "Not applicable"),
    "why": Text("为什么？", "Why?"),
}
RUN_DUE = Text("截止 {date}", "due {date}")
RUN_OVERDUE = Text("已逾期，原定 {date}", "overdue (was due {date})")
RUN_REASON = Text("不适用：{reason}", "Not applicable: {reason}")
RUN_UNREACHABLE = Text("私信发不到此人", "cannot be reached by direct message")
RUN_CLOSE = Text("结束", "Close")
RUN_CLOSE_ASK = Text(
    "结束后不能再勾选，小结会发在消息串里。之后可以重新打开。",
    "Nothing can be ticked after that, and the thread gets a summary. You can reopen it later.",
)
RUN_REOPEN = Text("重新打开", "Reopen")
RUN_EXPORT = Text("导出", "Export")
RUN_LOG = Text("记录", "Log")
RUN_DELETE = Text("删除", "Delete")
RUN_DELETE_ASK = Text(
    "清单连同全部记录都会删除，无法恢复。",
    "This deletes the list and its whole log for good.",
)
RUN_FIELD_OWNER = Text("负责人（留空即不指派）", "Owner (empty: nobody)")
RUN_FIELD_DUE = Text("截止日期（留空即不设）", "Due date (empty: none)")
RUN_FIELD_NOTE = Text("备注（留空即删除）", "Note (empty: remove it)")
RUN_FIELD_REASON = Text("为什么不适用", "Why it does not apply")
RUN_NO_REASON = Text("请写一句原因。", "Please write a reason.")
RUN_CHANGED_MEANWHILE = Text(
    "这一条刚刚被改过，现在是这样。再按一次保存，就会换成下面的内容。",
    "Somebody has just changed this: it now stands as above. Save once more to replace it.",
)
RUN_BAD_OWNER: dict[str, Text] = {
    "gone": Text(
        "这个账号已停用，请换一个人。", "This account is deactivated: choose someone else."
    ),
    "bot": Text("不能指派给机器人，请换一个人。", "That is an app: choose a person."),
}
RUN_GONE = Text("这份清单已经删除。", "This list has been deleted.")
RUN_NO_ITEM = Text("清单里没有这一条。", "The list has no such item.")
RUN_IS_CLOSED = Text(
    "{user} 已经结束了这份清单，所以没有改动。",
    "{user} has closed this list, so nothing was changed.",
)
RUN_TICKED_BY = Text("{user} 已经勾选了这一条。", "{user} has ticked this one off already.")
RUN_UNCHANGED = Text("已经是这样了，没有变化。", "Nothing to change: it already is that way.")
RUN_DONE_HERE = Text("好了：{title} {done}/{total}。", "Done: {title}, {done} / {total}.")
RUN_OLD_COPY = Text(
    "改好了。这条消息是旧的，最新的在{link}。",
    "Done. This message is an old copy; the current one is {link}.",
)
RUN_CURRENT = Text("这里", "here")
RUN_NOT_YOURS = Text(
    "只有发起人 {user} 和管理员可以这样做。", "Only {user}, who started it, and admins may do that."
)
RUN_DELETED = Text("已删除：{title}。", "Deleted: {title}.")
RUN_WAITS = Text("清单马上就到。", "The list is on its way.")
RUN_UNSURE = Text(
    "Slack 没有确认收到清单。如果没看到，输入 `{command} checklist running` 再发一次。",
    "Slack did not confirm the list. If you cannot see it, type `{command} checklist running` and "
    "post it again.",
)
RUN_REFUSED = Text("没能把清单发到这里：{reason}。", "The list could not be posted here: {reason}.")
RUN_RUNNING = Text("这个频道正在做的清单", "Checklists running in this channel")
RUN_NONE = Text(
    "这个频道没有正在做的清单。输入 `{command} checklist start 上线` 就能开始一份。",
    "No checklist is running in this channel. Start one with `{command} checklist start launch`.",
)
RUN_NO_MESSAGE = Text("频道里没有它的消息", "it has no message in the channel")
RUN_PROBLEM = Text("消息没能更新：{reason}", "its message could not be updated: {reason}")
RUN_PROBLEMS: dict[str, Text] = {
    "message_not_found": Text("消息被删除了", "the message was deleted"),
    "user_disabled": Text("账号已停用", "the account is deactivated"),
    "unconfirmed": Text("Slack 没有确认", "Slack did not confirm it"),
}
RUN_POST_AGAIN = Text("重新发到频道", "Post it again")
RUN_NO_LOG = Text("这个频道还没有做过清单。", "No checklist has been run in this channel.")
RUN_LOG_TITLE = Text("{title}：记录", "{title}: log")
RUN_LOG_EARLIER = Text("…更早还有 {count} 条", "…and {count} earlier ones")
RUN_LOG_LINES: dict[str, Text] = {
    "started": Text("{user} 开始了清单", "{user} started the list"),
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
    "closed": Text("{user} 结束了清单", "{user} closed the list"),
    "reopened": Text("{user} 重新打开了清单", "{user} reopened the list"),
}
RUN_ASSIGNED_TO_YOU = Text("{user} 把这一条交给了你", "{user} assigned this to you")
RUN_DUE_TODAY = Text("这一条今天截止", "This is due today")
RUN_WHERE = Text("{title}，在 {channel}", "{title}, in {channel}")
RUN_MUTE = Text("不再私信提醒", "Stop these messages")
RUN_UNMUTE = Text("重新开启提醒", "Turn reminders on")
RUN_MUTED: dict[str, Text] = {
    "on": Text(
        "好的，清单的事不再私信你。想恢复，到我的“主页”标签页打开。",
        "All right, no more messages about lists. My Home tab turns them on again.",
    ),
    "off": Text("好的，会继续私信提醒你。", "All right, you will be reminded again."),
}
RUN_ALL_DONE = Text("🏁 {title} 全部完成", "🏁 {title}: all done")
RUN_ENDED = Text("{title} 由 {user} 结束", "{title}: closed by {user}")
RUN_SCORE = Text("完成 {done}/{total}", "{done} of {total} done")
RUN_SAME_DAY = Text("用时不到一天", "within a day")
RUN_ONE_DAY = Text("用时 1 天", "1 day")
RUN_DAYS = Text("用时 {count} 天", "{count} days")
RUN_LEFT = Text("未完成：{items}", "Left open: {items}")
RUN_MINE = Text("指派给我的", "Assigned to me")
RUN_MUTED_NOTE = Text("清单的私信提醒已关闭。", "Messages about lists are off.")
RUN_HERE = Text("频道正在做：{title} {done}/{total}", "Running here: {title}, {done} / {total}")
RUN_NO_EXPORT = Text("没能导出到这里：{reason}。", "It cannot be exported here: {reason}.")
RUN_EXPORTED = Text("{title}，{user} 导出", "{title}, exported by {user}")
RUN_COLUMNS: tuple[Text, ...] = (
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
RUN_STATES: dict[str, Text] = {
    "open": Text("未完成", "open"),
    "done": Text("已完成", "done"),
    "not_applicable": Text("不适用", "not applicable"),
}
