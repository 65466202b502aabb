"""What several features say, in both languages."""

from __future__ import annotations

from bot.i18n import Lang, Text

COMMAND = "/llm-startup"

WHY = Text("为什么", "Why")
RELATED = Text("相关条目", "Related")
MORE = Text("…另有 {count} 条", "…and {count} more")
PAGE = Text("第 {number}/{count} 页", "Page {number} of {count}")
PREVIOUS = Text("上一页", "Previous")
NEXT = Text("下一页", "Next")
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
HELPFUL_LABEL = Text("有用", "Helpful")
NOT_HELPFUL_LABEL = Text("没用", "Not helpful")
CLOSE = Text("关闭", "Close")
ENTRY_GONE = Text("这个条目已不在手册里。", "This entry is no longer in the handbook.")
FAILED = Text(
    "出了点问题，可能没有完成。请看一眼再试；若仍不行，请把编号 {reference} 告诉管理员。",
    "Something went wrong, and this may not have been done. Look, then try again; if it still "
    "fails, give your admin the reference {reference}.",
)
UNCONFIRMED = Text(
    "Slack 没有确认，这一步可能完成了，也可能没有。请先看一眼再决定是否重来（编号 {reference}）。",
    "Slack did not confirm it: this may or may not have been done. Look before you do it again "
    "(reference {reference}).",
)
REPEATED = Text(
    "Slack 没有确认上一次发送，这可能是重复的一条。",
    "Slack did not confirm the first copy, so you may see this twice.",
)
NOT_STORED = Text(
    "数据库没有及时回应，这一步可能没有保存。请过一分钟看一眼再试（编号 {reference}）。",
    "The database did not answer in time, and this may not have been saved. Look in a minute, then "
    "try again (reference {reference}).",
)
IS_ARCHIVED = Text(
    "这个频道已归档，发不了消息。请换一个频道，或先取消归档。",
    "This channel is archived, so nothing can be posted here. Use another channel or unarchive it.",
)
MAY_NOT_POST = Text(
    "工作区或频道的设置不允许我在这里发言。请换一个频道，或请管理员放开权限。",
    "The settings of this channel or workspace do not let me post here. Use another channel, or "
    "ask an admin to allow it.",
)
NOT_THERE = Text(
    "我不在那个频道里，或者它已经没有了。请先邀请我进去，或换一个频道。",
    "I am not in that channel, or it is gone. Invite me to it, or use another channel.",
)
TOO_LONG = Text(
    "内容太长，Slack 没有收下。请缩短一些再试（编号 {reference}）。",
    "This is too long for Slack, and was not posted. Make it shorter and try again (reference "
    "{reference}).",
)
BUSY = Text(
    "Slack 限制了发送频率，这一步没有完成。请过一分钟再试。",
    "Slack is limiting the rate, so this was not done. Try again in a minute.",
)
NO_ACCESS = Text(
    "Slack 没有给我做这件事的权限，没有完成。请管理员重新安装这个应用（编号 {reference}）。",
    "Slack does not let me do this, and it was not done. Ask an admin to reinstall the app "
    "(reference {reference}).",
)
NO_DIRECT_MESSAGE = Text(
    "Slack 不让我给这个人发私信，没有完成。请在频道里试。",
    "Slack does not let me send this person a direct message. Try it in a channel.",
)
SLACK_UNREACHABLE = Text(
    "连不上 Slack，没有完成。请过一分钟再试（编号 {reference}）。",
    "Slack could not be reached, and this was not done. Try again in a minute (reference "
    "{reference}).",
)
NOT_INSTALLED = Text(
    "这个应用没有安装在你的工作区里，请工作区管理员先安装。",
    "This app is not installed in your workspace: ask an admin there to install it.",
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
ONE_CHANNEL = Text("一次只能写一个频道。", "Name one channel at a time.")
NO_LINK = Text(
    "“{name}”没有变成频道链接。请从输入框弹出的列表里选频道，或直接到那个频道里输入。",
    "“{name}” is not linked to a channel. Pick it from Slack's list while typing, or type this in "
    "that channel.",
)
NOT_IN_NAMED = Text(
    "我不在 <#{channel}> 里。先在那里输入 `/invite @{bot}`，再试一次。",
    "I am not in <#{channel}>. Type `/invite @{bot}` there and try again.",
)
NOT_YOUR_CHANNEL = Text(
    "你不在 <#{channel}> 里。先加入，或请里面的人来设置。",
    "You are not in <#{channel}>. Join it first, or ask somebody in it.",
)
TITLE = Text("大模型创业手册", "LLM startup handbook")
REFUSALS: dict[str, Text] = {
    "channel_not_found": Text("频道不存在或我看不到它", "the channel is gone or hidden from me"),
    "channel_deleted": Text("频道已删除", "the channel was deleted"),
    "not_in_channel": Text("我不在频道里", "I am not in the channel"),
    "is_archived": Text("频道已归档", "the channel is archived"),
    "no_permission": Text("没有发言权限", "I may not post there"),
}
OTHER_REFUSAL = Text("Slack 拒绝了消息（{error}）", "Slack refused the message ({error})")
WEEKDAYS: tuple[Text, ...] = (
    Text("周一", "Monday"),
    Text("周二", "Tuesday"),
    Text("周三", "Wednesday"),
    Text("周四", "Thursday"),
    Text("周五", "Friday"),
    Text("周六", "Saturday"),
    Text("周日", "Sunday"),
)
LANGUAGE_FIELD = Text("语言", "Language")
LANG_NAMES: dict[Lang, Text] = {"zh": Text("中文", "中文"), "en": Text("English", "English")}
SAVE = Text("保存", "Save")
CANCEL = Text("取消", "Cancel")
TIPS_IN_CHANNELS = Text(
    "每周贴士发在频道里：到要收的频道输入 `{command} 每周贴士 开`。",
    "Weekly tips are for channels: type `{command} tips on` in the one that should get them.",
)
START_CHECKLIST = Text("开始清单", "Start a checklist")
ADD_ENTRY = Text("添加条目", "Add an entry")
WEEKLY_TIPS = Text("每周贴士", "Weekly tips")
START_WITH_TEAM = Text("和团队一起做", "Start with the team")
