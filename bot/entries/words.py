"""What the team's own entries say, in both languages."""

from __future__ import annotations

from bot.entries.models import Note, Refusal
from bot.i18n import Lang, Text

ADD_TITLE = Text("添加团队条目", "Add a team entry")
CHANGE_TITLE = Text("修改条目", "Change an entry")
REVIEW_TITLE = Text("修改后发布", "Edit and publish")
PUBLISH = Text("发布", "Publish")
PROPOSE = Text("交给编辑", "Send to curators")
INTRO_CURATOR = Text(
    "发布后，本工作区马上就能查到；旧版本都会保留。",
    "Once published, this workspace finds it at once. All earlier versions are kept.",
)
INTRO_MEMBER = Text(
    "编辑看过后才发布；结果会私信告诉你。",
    "Curators look at it before it is published. You are told by direct message.",
)
TITLE_FIELDS: dict[Lang, Text] = {
    "zh": Text("中文名称", "Name in Chinese"),
    "en": Text("英文名称", "Name in English"),
}
TITLE_HINT = Text(
    "中英文写一个就行，最多 {limit} 个字。",
    "One language is enough. At most {limit} characters.",
)
SHORT_FIELDS: dict[Lang, Text] = {
    "zh": Text("中文解释", "Explanation in Chinese"),
    "en": Text("英文解释", "Explanation in English"),
}
SHORT_HINT = Text(
    "一到三句话，最多 {limit} 个字；查到时先显示它。",
    "One to three sentences, at most {limit} characters: what an answer shows first.",
)
BODY_FIELDS: dict[Lang, Text] = {
    "zh": Text("中文详情", "Details in Chinese"),
    "en": Text("英文详情", "Details in English"),
}
BODY_HINT = Text(
    "按“展开全文”才显示，最多 {limit} 个字。", "Shown behind “More”. At most {limit} characters."
)
ITEM_FIELDS: dict[Lang, Text] = {
    "zh": Text("中文清单项", "Items in Chinese"),
    "en": Text("英文清单项", "Items in English"),
}
ITEM_HINT = Text(
    "一行一项，最多 {count} 项，每项最多 {limit} 个字。两种语言都写时，行数要一样。",
    "One item a line, at most {count} of {limit} characters. In both languages, line by line.",
)
ALIASES = Text("其他叫法", "Other names")
ALIASES_HINT = Text(
    "用分号隔开，最多 {count} 个，每个最多 {limit} 个字：查哪个都能找到。",
    "Separated by semicolons, at most {count} of {limit} characters: each of them finds the entry.",
)
LINKS = Text("链接", "Links")
LINKS_HINT = Text(
    "一行一个，以 https:// 开头，最多 {count} 个。",
    "One a line, beginning with https://, at most {count}.",
)
REPLACES = Text("手册里的同名条目", "The handbook's own entry")
REPLACES_BOX = Text("在我们这里用它代替“{title}”", "Here we say this instead of “{title}”")
REPLACES_HINT = Text(
    "不勾则两条都显示，团队的在前。", "Unticked, both are shown, the team's first."
)
OWNER = Text("负责人", "Owner")
OWNER_HINT = Text("到复核日期时会问这个人。", "Is asked on the review date.")
REVIEW = Text("复核日期", "Review date")
REVIEW_HINT = Text("那天会问负责人：还对吗？", "The owner is asked on that day: still right?")
MAKE_CHECKLIST = Text("改成清单", "A checklist instead")
MAKE_TERM = Text("改成术语", "A term instead")
IS_TERM = Text("这是一个术语。", "This is a term.")
IS_CHECKLIST = Text("这是一份清单。", "This is a checklist.")
HISTORY = Text("历史版本", "History")
RETIRE = Text("停用", "Retire")
RETIRE_ASK = Text(
    "停用后就查不到了；历史会保留，随时可以恢复。",
    "Nobody will find it any more. Its history stays, and it can be brought back.",
)
OVERVIEW = Text("投稿与最近的改动", "Proposals and changes")
OVERVIEW_COUNT = Text("待处理的投稿：{count}", "Open proposals: {count}")
OPEN_PROPOSALS = Text("待处理的投稿", "Open proposals")
NO_PROPOSALS = Text("没有待处理的投稿。", "There are no open proposals.")
CHANGED_LAST = Text("最近改动的条目", "Changed last")
RETIRED_LAST = Text("已停用的条目", "Retired")
IS_THERE = Text(
    "已经有“{title}”了。可以修改它，也可以在下面另写一条同名的。",
    "“{title}” is there already. Change it, or write another entry of the same name below.",
)
CHANGE_IT = Text("修改它", "Change it")
ANSWERS = Text("回答这个问题：{text}", "Answers the question: {text}")
FROM_PRIVATE = Text(
    "⚠️ 这条消息来自私密频道或私信：发布后，整个工作区都能看到这里的文字。",
    "⚠️ This message comes from a private channel or a direct message: once published, the whole "
    "workspace can read what stands here.",
)
CUT = Text(
    "消息太长，只取了前 {limit} 个字，其余请自己补。",
    "The message is too long: only its first {limit} characters are here.",
)
CHANGED_MEANWHILE = Text(
    "{user} 刚刚改过它（现在是第 {version} 版）。下面是你写的；现在的内容见“历史版本”。"
    "再按一次就在它之上发布你的。",
    "{user} has just changed it (it is version {version} now). Below is what you wrote; History "
    "has what it says now. Press again to publish yours on top of it.",
)
RETIRED_NOW = Text("这个条目已停用。", "This entry is retired.")

NO_TITLE = Text("请至少用一种语言写名称。", "Give it a name, in one language at least.")
NO_TEXT = Text("请写解释（清单请写清单项）。", "Write an explanation (for a checklist, its items).")
TOO_LONG = Text("最多 {limit} 个字。", "At most {limit} characters.")
TOO_MANY = Text("最多 {count} 个。", "At most {count}.")
LONG_ONE = Text(
    "“{text}”太长：每个最多 {limit} 个字。", "“{text}” is too long: {limit} characters."
)
BAD_LINK = Text(
    "“{text}”不是链接：一行一个，以 https:// 开头。",
    "“{text}” is not a link: one a line, beginning with https://.",
)
UNEQUAL = Text(
    "两种语言的行数不一样（{zh} 和 {en}）。",
    "The languages have {zh} and {en} lines: make them equal.",
)

PUBLISHED_DONE = Text(
    "✅ 已发布（第 {version} 版）。现在就能查到。",
    "✅ Published (version {version}). It can be found now.",
)
PROPOSED_DONE = Text(
    "✅ 已交给编辑，结果会私信告诉你。",
    "✅ Sent to the curators. You are told by direct message what becomes of it.",
)
PROPOSED_NOBODY = Text(
    "✅ 已保存。但还没有人负责审阅：请工作区管理员输入 `{command} 设置` 选编辑和频道。",
    "✅ Saved. But nobody looks at proposals yet: ask an admin to type `{command} settings` and "
    "choose curators and a channel.",
)
SHOW_ENTRY = Text("打开", "Open")
DONE_TITLE = Text("完成", "Done")

REFUSALS: dict[Refusal, Text] = {
    Refusal.GONE: Text("它已经不在了。", "It is not there any more."),
    Refusal.OUTDATED: Text(
        "条目在这之后改过了。请打开它看过再改。",
        "The entry has been changed since. Open it, look, then change it.",
    ),
    Refusal.DECIDED: Text("这份投稿已经处理过了。", "This proposal has been dealt with already."),
    Refusal.FULL: Text(
        "本工作区的条目已满（一万条），请先让编辑整理。",
        "This workspace has 10,000 entries, which is the most. Ask a curator to clear some.",
    ),
    Refusal.TOO_MANY: Text(
        "你有 20 份投稿还没处理，请等编辑看过再交。",
        "You have 20 open proposals. Wait until curators have looked at them.",
    ),
    Refusal.SAME: Text("内容没有变化。", "Nothing was changed."),
}

PROPOSED_NEW = Text("{user} 投稿：新条目", "{user} proposes a new entry")
PROPOSED_CHANGE = Text(
    "{user} 建议修改“{title}”（第 {version} 版）",
    "{user} suggests a change to “{title}” (version {version})",
)
HAS_CHANGED = Text(
    "⚠️ 在这之后条目改过了：请按“修改”合并。",
    "⚠️ The entry has been changed since: press Edit to merge the two.",
)
REPLACES_NOTE = Text("代替手册的“{title}”", "Instead of the handbook's “{title}”")
FROM_MESSAGE = Text("来自这条消息", "From this message")
OTHER_NAMES = Text("其他叫法：{names}", "Other names: {names}")
EDIT = Text("修改", "Edit")
DECLINE = Text("不采用", "Decline")
DECLINE_TITLE = Text("不采用这份投稿", "Decline a proposal")
REASON = Text("理由", "Reason")
REASON_HINT = Text(
    "会原样告诉投稿人，最多 {limit} 个字。", "The proposer reads it. At most {limit} characters."
)
DECLINED_DONE = Text(
    "已记下，理由会私信告诉投稿人。",
    "Declined. The proposer is told the reason by direct message.",
)
PUBLISHED_BY = Text("✅ {user} 已发布", "✅ Published by {user}")
DECLINED_BY = Text("🚫 {user} 未采用：{reason}", "🚫 Declined by {user}: {reason}")
SEE_WHOLE = Text("…全文见“修改”。", "… the whole is behind Edit.")
BEFORE = Text("原来", "Before")
AFTER = Text("改为", "After")
NOTHING = Text("（空）", "(empty)")
FIELD_NAMES: dict[str, Text] = {
    "title": Text("名称", "Name"),
    "short": Text("解释", "Explanation"),
    "body": Text("详情", "Details"),
    "aliases": Text("其他叫法", "Other names"),
    "links": Text("链接", "Links"),
    "items": Text("清单项", "Items"),
}
TOLD_PUBLISHED = Text(
    "{user} 发布了你的投稿“{title}”。现在就能查到。",
    "{user} published your proposal “{title}”. It can be found now.",
)
TOLD_EDITED = Text(
    "{user} 修改后发布了你的投稿“{title}”。",
    "{user} published your proposal “{title}” with changes.",
)
TOLD_DECLINED = Text(
    "{user} 没有采用你的投稿“{title}”。理由：{reason}",
    "{user} did not take your proposal “{title}”. The reason: {reason}",
)
TOLD_UNREACHED = Text(
    "你的投稿“{title}”已保存，但发不到编辑频道。请工作区管理员输入 `{command} 设置` 看看。",
    "Your proposal “{title}” is saved, but the curators' channel takes no message from me. Ask an "
    "admin to look at `{command} settings`.",
)

ASKED = Text("你负责的“{title}”，还对吗？", "You own “{title}”: is it still right?")
ASKED_CURATORS = Text(
    "“{title}”该复核了，负责人 {user} 没有回应。还对吗？",
    "“{title}” is due for review, and its owner {user} has not answered. Is it still right?",
)
ASKED_OWNERLESS = Text(
    "“{title}”该复核了，它没有负责人。还对吗？",
    "“{title}” is due for review and has no owner. Is it still right?",
)
YES = Text("还对", "Yes")
ASKED_THANKS = Text(
    "{user} 说“{title}”还对。{day} 再问。",
    "“{title}” is still right, says {user}. I ask again on {day}.",
)
ONLY_OWNER = Text("只有负责人和编辑能回答。", "Only the owner and curators can answer this.")
PASSED_ON = Text(
    "谢谢。停用要由编辑来做，我去问他们。",
    "Thank you. Only curators retire entries: I am asking them.",
)
RETIRED_DONE = Text("“{title}”已停用（{user}）。", "“{title}” is retired, by {user}.")

HISTORY_LINE = Text("第 {number} 版 · {day} · {user}", "Version {number} · {day} · {user}")
BY_TWO = Text("{author} 写，{user} 发布", "by {author}, published by {user}")
BY_ONE = Text("{user}", "by {user}")
IS_CURRENT = Text("现在的版本", "current")
ROLL_BACK = Text("恢复这一版", "Roll back to this")
ROLL_BACK_ASK = Text(
    "把这一版作为新版本发布；现在的版本留在历史里。",
    "Publishes this version once more, as a new one. What stands now stays in the history.",
)
OLDER = Text("更早的 {count} 版没有显示。", "{count} earlier versions are not shown.")
NOTES: dict[Note, Text] = {
    Note.EDITED: Text("编辑改过", "edited by the curator"),
    Note.ROLLBACK: Text("恢复到第 {number} 版", "rolled back to version {number}"),
    Note.RETIRED: Text("停用", "retired"),
    Note.ALIAS: Text("学到一个叫法", "a name was learnt"),
}
PRESS_ADD = Text("按一下写新条目：", "Press to write a new entry:")
HOME_TITLE = Text("团队自己的术语和清单", "Your team's own terms and checklists")
NOT_TERM = Text("只有术语和清单可以在这里修改。", "Only terms and checklists can be changed here.")
TOO_LARGE = Text(
    "它太长，Slack 的表单放不下。请编辑用 `{command} 条目` 导出，改好再导入。",
    "It is too long for Slack's form. A curator can export it with `{command} entries`, change it "
    "and import it again.",
)
RUN_GONE = Text("这份清单已不在了。", "This checklist is not there any more.")
NOT_READABLE = Text(
    "这条消息里没有文字可存。", "There is no text in this message that could be saved."
)
