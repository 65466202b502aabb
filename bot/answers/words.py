"""What the answers say, in both languages. The content has its own words."""

from __future__ import annotations

from bot.handbook.models import Kind
from bot.i18n import Text
from bot.search import Chatter

CHANNEL_PASSED = Text(
    "没有用到你写的频道：问题就在这里回答，想发到别处可以再分享。",
    "The channel you named was not used: questions are answered here, and an answer can be shared.",
)
INTERRUPTED = Text(
    "处理“{said}”{where}的时候我中断了，可能没有完成。请看一眼再试一次。",
    "I was interrupted while I handled “{said}”{where}, so it may not have been done. Look, and "
    "try it again if it was not.",
)
INTERRUPTED_WHERE = Text("（在 <#{channel}>）", " in <#{channel}>")
# Answers
EXAMPLE = Text("例子", "Example")
MISTAKE = Text("常见错误", "Common mistake")
# The article that the handbook grew from, by its title.
CORRECTION = Text(
    "对《技术突破引领：大模型创业的加速引擎》一文的勘误",
    "Correction to the article 《技术突破引领：大模型创业的加速引擎》",
)
SOURCE_SAYS = Text(
    "《技术突破引领：大模型创业的加速引擎》一文怎么说",
    "What the article 《技术突破引领：大模型创业的加速引擎》 says",
)
FACTS = Text("事实", "Facts")
COMPARE = Text("并排对比", "Side by side")
RECOMMEND = Text("怎么选", "Which to choose")
WHAT_IT_IS = Text("是什么", "What it is")
NOT_WRITTEN = Text(
    "这两个还没有写好的对比，先并排看各自的要点",
    "No comparison of these is written yet: what the handbook says of each",
)
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
UNREAD = Text("来源尚未核对", "sources not yet read")
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
    Kind.COMPARISON: Text("对比", "Comparison"),
}
STATUS: dict[str, Text] = {
    "verified": Text("已核实", "verified"),
    "reported": Text("公开报道", "reported"),
    "unverified": Text("未核实", "not verified"),
    "stable": Text("公认知识", "well established"),
}

# Buttons
MORE = Text("展开全文", "More")
LESS = Text("收起", "Less")
ALL_ITEMS = Text("全部 {count} 条", "All {count}")
SHARE = Text("分享到频道", "Share to channel")
LANGUAGE = Text("English", "中文")  # on a Chinese answer the button offers English
SHARE_TITLE = Text("分享到频道", "Share to channel")
SHARE_FIELD = Text("分享到哪个频道", "Which channel")
SHARE_SUBMIT = Text("分享", "Share")
MENU_SHARE = Text("分享到别的频道", "Share elsewhere")
REASON_TITLE = Text("哪里没帮上忙", "What was missing")
REASON_FIELD = Text("为什么没帮上忙", "Why did it not help")
REASONS: dict[str, Text] = {
    "other": Text("我问的是别的", "I asked for something else"),
    "wrong": Text("内容有错或过时", "It is wrong or out of date"),
    "unclear": Text("看不懂", "It is hard to understand"),
    "thin": Text("太笼统，用不上", "It is too general to use"),
}
REMARK_FIELD = Text("想补充的一句话", "Anything to add")
THANKS = Text("收到，谢谢反馈。", "Noted, thank you.")
OPEN = Text("查看", "Open")
SHARED_BY = Text("{user} 分享自大模型创业手册", "{user} shared this from the LLM startup handbook")

# Outcomes
DID_YOU_MEAN = Text("你想问的是？", "Did you mean?")
IS_NAMED = Text("也叫“{name}”", "also called “{name}”")
IS_LIKE = Text("相近的问法：{ask}", "similar: {ask}")
HAS_ITEM = Text("第 {no} 条：{text}", "item {no}: {text}")
# `{before}` is what has to be typed before a question: the command, or nothing.
CHATTER = {
    Chatter.GREETING: Text(
        "你好！想了解什么就直接问，比如 `{before}微调是什么`。",
        "Hello! Just ask, for example `{before}what is fine-tuning`.",
    ),
    Chatter.THANKS: Text(
        "不客气！还想查什么，比如 `{before}清单 上线`，直接问就行。",
        "You're welcome! Ask any time, for example `{before}checklist launch`.",
    ),
    Chatter.NO_QUESTION: Text(
        "这里没有看到问题。想查什么？比如 `{before}怎么降低推理成本`。",
        "I see no question here. What would you like to look up? For example "
        "`{before}how do we cut inference cost`.",
    ),
}
NOT_FOUND = Text("手册里没有“{query}”。", "“{query}” is not in the handbook.")
NEAREST = Text("最接近的条目：", "Nearest entries:")
NO_NEAR = Text(
    "换一个说法，或看看章节：`{before}章节`",
    "Try other words, or browse: `{before}chapter`",
)
COMPARE_WITH = Text("与“{title}”对比", "Compare {title} with …")
NO_COMPARISON = Text("没有可以与“{title}”对比的条目。", "Nothing to compare {title} with.")
MENU_RELATED = Text("相关与对比", "Related, compare")
MENU_SUGGEST = Text("建议修改", "Suggest a change")
RELATED_TO = Text("与“{title}”相关", "Related to {title}")
NO_RELATED = Text("没有与“{title}”相关的条目。", "Nothing is related to {title}.")
RESULTS = Text("“{query}”的搜索结果", "Results for “{query}”")
EMPTY_SEARCH = Text(
    "想搜什么？例如：`{before}搜索 融资`",
    "What should I search for? Try `{before}search pricing`",
)
LIST_TITLE: dict[Kind, Text] = {
    Kind.TERM: Text("全部 {count} 个术语", "All {count} terms"),
    Kind.CHECKLIST: Text("全部 {count} 份清单", "All {count} checklists"),
    Kind.CASE: Text("全部 {count} 个案例", "All {count} cases"),
}
LIST_SECTION = Text("跳到某一节", "Go to a section")
LIST_OTHER = Text("其他", "Others")
PICK_ONE = Text("选一个查看", "Pick one to open")
CHAPTERS = Text("手册章节", "Chapters of the handbook")
NO_CHAPTER = Text(
    "没有第 {no} 章，手册有 {first} 到 {last} 章。",
    "There is no chapter {no}; the handbook has {first} to {last}.",
)

# Help, Home, shortcut
HELP_INTRO = Text(
    "直接问就行，拼错、拼音、缩写都可以。只有你看得到回答，需要时再分享。",
    "Just ask; typos, pinyin and abbreviations are fine. Only you see the answer until you share "
    "it.",
)
HELP_VERBS = Text(
    "也可以在 `{c}` 后面写：`定义 微调`、`清单 上线`、`案例 Jasper`、`章节`、`搜索 融资`、`贴士`、"
    "`每周贴士`、`添加`、`条目`、`语言 中文`、`统计`、`设置`",
    "After `{c}` you may also write `define fine-tuning`, `checklist launch`, `case Jasper`, "
    "`chapter`, `search pricing`, `tip`, `tips`, `add`, `entries`, `lang en`, `stats`, "
    "`settings`",
)
FOR_A_TEAM = Text("也能和团队一起用", "For your team")
OFFER_CHECKLIST = Text(
    "在频道里开始一份清单，大家一起勾", "Start a checklist that the whole channel ticks off"
)
OFFER_TIPS = Text("每周一条策略贴士，发到频道里", "One strategy tip a week, in a channel")
OFFER_ADD = Text(
    "写下只有你们团队知道的词和清单",
    "Write down the terms and checklists that only your team knows",
)
OFFER_EXPLAIN = Text(
    "解释一条消息里的术语：在消息的 ⋮ 菜单里选“Explain terms · 解释术语”",
    "Explain the terms in a message: pick “Explain terms · 解释术语” from its ⋮ menu",
)
WELCOME = Text(
    "大家好！我从一本大模型创业手册里找答案，每条都有出处。@ 我或输入 `{command}` 就能问，"
    "比如按一下：",
    "Hello! I answer from a handbook on building a company on large models, each answer with its "
    "sources. Mention me or type `{command}`, or press one of these:",
)
WELCOME_DIRECT = Text(
    "第一次来？我从一本大模型创业手册里找答案，每条都有出处。这里不用 @ 也不用 `{command}`，"
    "直接发消息就能问，比如：",
    "New here? I answer from a handbook on building a company on large models, each answer with "
    "its sources. Here you need neither a mention nor `{command}`; just write, for example:",
)
EXAMPLES: tuple[Text, ...] = (
    Text("RAG 和微调选哪个", "RAG or fine-tuning?"),
    Text("投资条款清单是什么", "what is a term sheet"),
    Text("智能体上线检查", "agent launch checklist"),
)
HOME_COUNTS = Text(
    "{terms} 个术语 · {checklists} 份清单 · {cases} 个案例 · {comparisons} 篇对比 · "
    "{tips} 条策略贴士",
    "{terms} terms · {checklists} checklists · {cases} cases · {comparisons} comparisons · "
    "{tips} strategy tips",
)
SEARCH_BUTTON = Text("🔍 查手册", "🔍 Search the handbook")
SEARCH_TITLE = Text("查手册", "Search the handbook")
SEARCH_FIELD = Text("想了解什么？", "What would you like to know?")
SEARCH_HINT = Text("例如：RAG 和微调选哪个", "For example: RAG or fine-tuning?")
SEARCH_SUBMIT = Text("查", "Search")
LANG_AUTO = Text("自动", "Automatic")
LANG_FIELD = Text("用哪种语言回答我", "The language I am answered in")
TERMS_FOUND = Text("解释术语", "Explain terms")
NO_TERMS = Text("这条消息里没有手册中的术语。", "No handbook terms in this message.")
TIP_TITLE = Text("策略贴士", "Strategy tip")
NOT_SHOWN_THERE = Text(
    "那个频道与别的公司共用，或者我看不到它，所以团队自己的条目不会显示在那里。",
    "That channel is shared with other companies, or I cannot see it, so the team's own entries "
    "are not shown there.",
)
MEANINGS = Text("“{name}”有 {count} 种意思", "“{name}” has {count} meanings here")
FROM_TEAM = Text("团队条目", "Your team's entry")
FROM_HANDBOOK = Text("手册", "Handbook")
OWNER = Text("负责人：{user}", "Owner: {user}")
SINCE = Text("{date} 起", "since {date}")
INSTEAD_OF = Text("代替手册里的“{title}”", "instead of the handbook's “{title}”")
TEAM_GROUP = Text("团队的条目", "Your team's entries")
NO_TIPS = Text("手册里还没有贴士。", "The handbook has no tips yet.")
RECENT_LOOKUPS = Text("最近查过", "Recent lookups")
LANG_SET: dict[str, Text] = {
    "zh": Text("以后都用中文回答你。", "以后都用中文回答你。"),
    "en": Text("I will answer you in English.", "I will answer you in English."),
    "auto": Text(
        "语言改为自动：按你的问题和 Slack 界面语言选择。",
        "Your language is chosen automatically: by your question and by that of your Slack.",
    ),
}
IN_SLACK = Text(
    "这个要在 Slack 里用：输入 `{command} help` 看看。",
    "This one works in Slack: type `{command} help` there.",
)
LANG_HELP = Text(
    "选一种：`{command} 语言 中文`、`{command} 语言 英文` 或 `{command} 语言 自动`",
    "Choose one: `{command} lang zh`, `{command} lang en` or `{command} lang auto`",
)
