"""What the answers say, in both languages. The content has its own words."""

from __future__ import annotations

from bot.handbook.models import Kind
from bot.i18n import Text
from bot.search import Chatter

# Answers
EXAMPLE = Text("例子", "Example")
MISTAKE = Text("常见错误", "Common mistake")
CORRECTION = Text("勘误", "Correction to the source text")
SOURCE_SAYS = Text("原文怎么说", "What the source text says")
FACTS = Text("事实", "Facts")
COMPARE = Text("对照", "Side by side")
LESSONS = Text("启示", "Lessons")
LESSON = Text("启示", "Lesson")
LIMITS = Text("尚不确定", "Not certain")
DISCUSS = Text("和团队讨论", "Ask your team")
WHO = Text("谁来做", "Who")
WHEN = Text("何时做", "When")
TIME = Text("需要多久", "How long")
DONE_WHEN = Text("完成标准", "Done when")
SOURCES = Text("来源", "Sources")
CHECKED = Text("核对于 {date}", "checked {date}")
OVERDUE = Text(
    "应在 {date} 前复核，尚未完成，内容可能已过时", "review was due {date}, may be out of date"
)
IN_SECTION = Text("本节条目", "In this section")
IN_SECTION_COUNT = Text("本节共 {count} 个条目", "In this section: {count} entries")
AND_MORE = Text("，另有 {count} 条", " and {count} more")
NO_ADVICE: dict[str, Text] = {
    "law": Text("非法律意见", "not legal advice"),
    "finance": Text("非投资建议", "not investment advice"),
    "health": Text("非医疗建议", "not medical advice"),
}

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

# Buttons
MORE = Text("展开全文", "More")
LESS = Text("收起", "Less")
ALL_ITEMS = Text("全部 {count} 项", "All {count}")
SHARE = Text("分享到频道", "Share to channel")
LANGUAGE = Text("English", "中文")  # on a Chinese answer the button offers English
THANKS = Text("收到，谢谢反馈。", "Noted, thank you.")
OPEN = Text("查看", "Open")
SHARED_BY = Text("{user} 分享自大模型创业手册", "{user} shared from the LLM startup handbook")

# Outcomes
DID_YOU_MEAN = Text("你想问的是？", "Did you mean?")
IS_NAMED = Text("提到了“{name}”", "names “{name}”")
IS_LIKE = Text("相近的问法：{ask}", "similar: {ask}")
HAS_ITEM = Text("第 {no} 项：{text}", "item {no}: {text}")
CHATTER = {
    Chatter.GREETING: Text(
        "你好！想了解什么就直接问，比如 `{command} 微调是什么`。",
        "Hello! Just ask, for example `{command} what is fine-tuning`.",
    ),
    Chatter.THANKS: Text(
        "不客气！还想查什么，比如 `{command} 清单 上线`，直接问就行。",
        "You're welcome! Ask any time, for example `{command} checklist launch`.",
    ),
    Chatter.NO_QUESTION: Text(
        "这里没有看到问题。想查什么？比如 `{command} 怎么降低推理成本`。",
        "I see no question here. What would you like to look up? For example "
        "`{command} how do we cut inference cost`.",
    ),
}
NOT_FOUND = Text("资料库中没有“{query}”。", "“{query}” is not in the handbook.")
NEAREST = Text("最接近的条目：", "Nearest entries:")
NO_NEAR = Text(
    "换一个说法，或看看章节：`{command} chapter`",
    "Try other words, or browse: `{command} chapter`",
)
RELATED_TO = Text("与“{title}”相关", "Related to {title}")
NO_RELATED = Text("没有与“{title}”相关的条目。", "Nothing is related to {title}.")
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

# Help, Home, shortcut
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
NO_TIPS = Text("手册里还没有贴士。", "The handbook has no tips yet.")
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
