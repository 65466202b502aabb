"""The pages of “Add to Slack”, in both languages."""

from __future__ import annotations

from bot.i18n import Text

ADDED = Text("已添加到 {name}", "Added to {name}")
WHAT_TO_TYPE = Text(
    "回到 Slack，在任意频道输入 `/llm-startup 微调是什么`，马上试一下。",
    "Go back to Slack, and in any channel type `/llm-startup what is fine-tuning`.",
)
WHAT_NEXT = Text(
    "要在频道里收每周贴士：先输入 `/invite @{bot}`，再输入 `/llm-startup 每周贴士 开`。",
    "For weekly tips in a channel: type `/invite @{bot}`, then `/llm-startup tips on`.",
)
OPEN_SLACK = Text("打开 Slack", "Open Slack")
NOT_ADDED = Text("没有装上", "Not added")
AGAIN = Text("重新添加到 Slack", "Add to Slack again")
DECLINED = Text(
    "你在 Slack 的页面上点了取消，什么都没有安装。",
    "You chose Cancel on Slack's page, and nothing was installed.",
)
STALE = Text(
    "这个链接用过了，或者已经超过十分钟。请重新开始。",
    "This link was used already, or is older than ten minutes. Start again.",
)
OTHER_BROWSER = Text(
    "安装不是在这个浏览器里开始的，或者浏览器没有保存 Cookie。请在这里重新开始。",
    "This installation was not begun in this browser, or the browser keeps no cookies. Start again "
    "here.",
)
CODE_REFUSED = Text(
    "Slack 的安装码已经失效。请重新开始。",
    "Slack's installation code is no longer valid. Start again.",
)
MISCONFIGURED = Text(
    "这个应用的设置有误，安装不了，再试也没有用。请告诉运营它的人（{code}）。",
    "The app's settings are wrong, and trying again will not help. Tell whoever runs it ({code}).",
)
SLACK_SAID = Text(
    "Slack 没有同意安装（{code}）。请重新开始；还是不行，请问工作区管理员。",
    "Slack did not allow it ({code}). Start again, or ask an admin of your workspace.",
)
UNREACHABLE = Text(
    "连不上 Slack，没有装上。请过一分钟重新开始。",
    "Slack could not be reached. Start again in a minute.",
)
NOT_STORED = Text(
    "数据库没有及时回应，安装没有保存下来。请过一分钟重新开始。",
    "The database did not answer in time, and the installation was not saved. Start again in a "
    "minute.",
)
