"""What the server says to agents, and through them to people, in both languages. What only an agent
reads, the descriptions of the tools, is in descriptions.py."""

from __future__ import annotations

from bot.i18n import Text

ADVICE = {
    "answer": Text(
        "手册里有答案：依据 answer 里的文字回答，附上来源和核对日期。",
        "The handbook answers this: use the text of `answer`, with its sources and the date it "
        "was checked.",
    ),
    "suggestions": Text(
        "手册不确定问的是哪一条：请用户从 matches 里选，或先用 read_entry 读过再答，不要猜。",
        "The handbook is not sure which entry is meant: let the user choose from `matches`, or "
        "read one with read_entry before you answer. Do not guess.",
    ),
    "nothing": Text(
        "手册里没有这个内容：请如实说明，别把其他来源的说法当作手册的内容。",
        "This is not in the handbook: say so, and do not present anything else as coming from it.",
    ),
    "chatter": Text(
        "这里没有问题可查。",
        "Nothing was asked here, so there is nothing to look up.",
    ),
}

NO_QUERY = Text("请写一个问题或条目名。", "Write a question or the name of an entry.")
LONG_QUERY = Text(
    "内容太长，有 {chars} 个字符，最多 {most} 个。请只写要查的问题或名称。",
    "This is too long: {chars} characters, at most {most} are read. "
    "Send only the question or the name.",
)
BAD_ARGUMENT = Text(
    "参数 {name} 有误：{fault}。", "The argument {name} does not fit its schema: {fault}."
)
UNKNOWN_LANG = Text(
    "lang 是“{given}”，应为 zh、en 或 auto。", "lang is “{given}”; it should be zh, en or auto."
)
UNKNOWN_NAME = Text(
    "手册里没有叫“{name}”的条目，请用 search_handbook 查找。",
    "The handbook has no entry called “{name}”. Look for it with search_handbook.",
)
UNKNOWN_KIND = Text(
    "没有“{kind}”这种条目，可选：{kinds}。",
    "“{kind}” is not a kind of entry; the kinds are {kinds}.",
)
UNKNOWN_ID = Text(
    "没有 id 为“{id}”的条目，请用 search_handbook 查找。",
    "No entry has the id “{id}”. Find it with search_handbook.",
)
UNKNOWN_ID_NEAR = Text(
    "没有 id 为“{id}”的条目，相近的有：{near}。",
    "No entry has the id “{id}”. Close to it: {near}.",
)
NO_CHECKLIST = Text(
    "“{id}”不是清单，请用 read_entry 读取。",
    "“{id}” is not a checklist. Read it with read_entry.",
)
UNCLEAR_NAME = Text(
    "不确定“{name}”指哪一条，可能是：{near}。请改用 id。",
    "It is not clear which entry “{name}” is. It may be one of: {near}. Use an id.",
)
COMPARE_COUNT = Text(
    "compare 一次比较两到三个条目，收到了 {count} 个。",
    "compare takes two or three entries, not {count}.",
)
COMPARE_SAME = Text(
    "“{name}”和另一个名称是同一条目（{id}），没有可比较的。",
    "“{name}” is the same entry as another of these names ({id}).",
)
PROMPT = Text(
    "请用大模型创业手册解释：{question}\n\n"
    "先调用 search_handbook。outcome 为 answer 时，用自己的话讲清楚，并写明来源和核对日期；"
    "status 不是 verified 或 stable、checked 为空，或者 overdue 为 true 时，要说出来。"
    "outcome 为 suggestions 时，先问我指的是哪一条。"
    "outcome 为 nothing 时，告诉我手册里没有，不要猜。",
    "Explain this with the LLM startup handbook: {question}\n\n"
    "Call search_handbook first. If the outcome is `answer`, explain it in your own words and name "
    "the sources and the date they were checked; if the status is neither verified nor stable, "
    "checked is null, or the entry is overdue, say so. If it is `suggestions`, ask me which entry "
    "I mean. If it is `nothing`, tell me that the handbook does not have it, and do not guess.",
)
