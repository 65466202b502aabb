"""What a workspace's settings and rights say, in both languages."""

from __future__ import annotations

from bot.admin.models import Digest
from bot.admin.rights import Act
from bot.i18n import Text

TITLE = Text("工作区设置", "Workspace settings")
INTRO = Text(
    "只有工作区管理员能改，对整个工作区生效，保存后几秒内起作用。",
    "Only admins can change these. They hold for the whole workspace, within seconds of saving.",
)
CURATORS = Text("编辑", "Curators")
CURATORS_HINT = Text(
    "他们发布、修改和停用团队条目，回答团队的提问。不选则由工作区管理员来做。",
    "They publish, edit and retire the team's entries and answer questions. With none, the "
    "workspace's admins do.",
)
CHANNEL = Text("编辑频道", "The curators' channel")
CHANNEL_HINT = Text(
    "投稿、匿名提问和简报发到这里，先把我请进去；建议用私密频道。不选就不能问团队。",
    "Proposals, questions without names and the digest go here. Invite me first; a private channel "
    "is best. Without one, nobody can ask the team.",
)
LANG = Text("默认语言", "Default language")
LANG_HINT = Text(
    "对自己没选语言、也看不出 Slack 界面语言的人，以及发到频道里的消息。",
    "For people who chose none and whose Slack does not say, and for what I post in channels.",
)
LANG_OPERATOR = Text("跟随安装时的设置", "As the bot was set up")
TIPS = Text("谁能改频道的每周贴士", "Who may change a channel's weekly tips")
TIPS_BOX = Text("只有订阅者和管理员", "Only the subscriber and admins")
TIPS_HINT = Text("不勾则频道里谁都能改。", "Unticked, anybody in the channel may.")
DIGEST = Text("简报", "Digest")
DIGEST_HINT = Text(
    "周一早上发到编辑频道：待答的提问、没帮上忙的条目、该复核的条目、问得最多的。没有个人信息。",
    "On Monday mornings in the curators' channel: open questions, what did not help, entries due "
    "for review, what was asked most. Nothing about persons.",
)
DIGESTS: dict[Digest, Text] = {
    Digest.OFF: Text("不发", "Off"),
    Digest.WEEKLY: Text("每周", "Weekly"),
    Digest.MONTHLY: Text("每月第一个周一", "On the first Monday of a month"),
}
DAYS = Text("查阅记录保留多久", "How long lookups are kept")
DAYS_HINT = Text(
    "每人最近查过的条目（最多十条），只有本人在主页看得到；到期删除。",
    "The last ten entries that a person opened, seen by that person alone on Home; deleted then.",
)
DAYS_OPTION = Text("{days} 天", "{days} days")
QUESTIONS = Text("匿名问团队", "Questions to the team")
QUESTIONS_BOX = Text(
    "手册里没有的，可以不留名问团队", "What is not in the handbook may be asked without a name"
)
QUESTIONS_HINT = Text(
    "按下“匿名问团队”的那句话才会保存，发到编辑频道；30 天没人回答就删除提问人。",
    "Only what somebody sends with “Ask the team” is kept, and goes to the curators' channel; who "
    "asked is deleted with the answer, at the latest after 30 days.",
)
GUESTS = Text("访客", "Guests")
GUESTS_BOX = Text("访客也能看到团队条目", "Guests see the team's entries, too")
GUESTS_HINT = Text(
    "不勾则访客只看到手册。别的公司的人永远只看到手册。",
    "Unticked, guests see the handbook alone. People of other companies always do.",
)
NOT_THERE = Text(
    "我不在这个频道里：先在那里输入 `/invite @{bot}`，再保存。",
    "I am not in that channel: type `/invite @{bot}` there, then save again.",
)
SAVED = Text("设置已保存。", "The settings are saved.")
OPEN_BUTTON = Text("打开设置", "Open settings")
OPEN_HERE = Text("按一下打开工作区设置：", "Press to open the workspace's settings:")

REFUSED: dict[Act, Text] = {
    Act.READ: Text("团队条目只有本工作区成员能看。", "The team's entries are for its members."),
    Act.PROPOSE: Text(
        "只有本工作区的成员能投稿。", "Only members of this workspace can propose entries."
    ),
    Act.PUBLISH: Text("只有编辑能发布。", "Only curators can publish."),
    Act.EDIT: Text(
        "只有编辑能直接修改；你可以提修改建议。",
        "Only curators can edit directly; you can suggest a change.",
    ),
    Act.RETIRE: Text("只有编辑能停用条目。", "Only curators can retire entries."),
    Act.ASK_TEAM: Text(
        "只有本工作区的成员能问团队。", "Only members of this workspace can ask the team."
    ),
    Act.SEE_QUESTIONS: Text(
        "只有编辑能处理提问。", "Only curators can deal with questions to the team."
    ),
    Act.SEE_STATS: Text(
        "只有本工作区的成员能看统计。", "Only members of this workspace can see its figures."
    ),
    Act.IMPORT_EXPORT: Text(
        "只有编辑能导入和导出。团队的条目在 `{command} 定义` 和 `{command} 清单` 里排在最前。",
        "Only curators can import and export. The team's entries come first in `{command} define` "
        "and `{command} checklist`.",
    ),
    Act.CHANGE_SETTINGS: Text(
        "只有工作区管理员能改设置。请找一位管理员输入 `{command} 设置`。",
        "Only admins of the workspace can change its settings. Ask one to type "
        "`{command} settings`.",
    ),
}
WHO_ARE_YOU = Text(
    "Slack 没告诉我你是不是本工作区的成员，这一步没有完成。请过一分钟再试。",
    "Slack did not tell me whether you are a member of this workspace, so this was not done. Try "
    "again in a minute.",
)
