"""What weekly tips say, in both languages."""

from __future__ import annotations

from bot.i18n import Text

WEEKLY_TIP = Text("本周策略贴士", "This week's strategy tip")
TIP_NUMBER = Text("本轮第 {number}/{total} 条", "{number} of {total} in this round")
START = Text("开始清单：{title}", "Start “{title}”")
SHOW_IN = Text("Show in English", "用中文看")  # on a Chinese tip the button offers English
SETTINGS = Text("设置", "Settings")
END_NOTICE = Text(
    "每周贴士已在这些频道停止：{channels}。原因：{reasons}。频道恢复后，在频道里输入 "
    "`{command} 每周贴士 开` 可重新开启。",
    "Weekly tips have ended in {channels}. Reason: {reasons}. Once the channel works again, type "
    "`{command} tips on` there to turn them on again.",
)
TITLE = Text("每周贴士", "Weekly tips")
EVERY = Text("每{weekday} {time}（{zone}）", "{weekday}s at {time} ({zone})")
NEXT = Text("下一条：{date} {time}（{zone}）", "Next: {date}, {time} ({zone})")
NEXT_TIP = Text("> {tip}", "> {tip}")
OFF = Text("这个频道没有开启每周贴士。", "Weekly tips are off in this channel.")
PAUSED = Text("已暂停，直到有人恢复。", "Paused until someone resumes.")
PAUSED_UNTIL = Text("已暂停到 {date}。", "Paused until {date}.")
SUBSCRIBER = Text("订阅人：{user}", "Subscribed by {user}")
STOPPED = Text(
    "⚠️ 现在发不出任何消息：Slack 不接受我的令牌（{error}）。"
    "我会不断重试；请管理员重新安装应用，或更新令牌。",
    "⚠️ Nothing can be sent at the moment: Slack does not accept my token ({error}). I keep trying; "
    "an admin can reinstall the app or renew its token.",
)
LAST = Text("最近几次", "Last deliveries")
NONE_LEFT = Text("所选主题没有贴士。", "There is no tip on the chosen topics.")
STATES: dict[str, Text] = {
    "sent": Text("已发", "sent"),
    "claimed": Text("正在发", "being sent"),
    "waiting": Text("等待重试", "waiting to be tried again"),
    "unconfirmed": Text(
        "未确认：可能已发，不会重发", "unconfirmed: may have been sent, will not be sent again"
    ),
    "missed": Text("错过：晚了 12 小时以上，没有发", "missed: over 12 hours late, not sent"),
    "failed": Text("没发成（{error}）", "failed ({error})"),
}
FIELD_ON = Text("状态", "Status")
FIELD_WEEKDAY = Text("星期", "Day")
FIELD_TIME = Text("时间", "Time")
FIELD_ZONE = Text("时区", "Time zone")
ZONE_HINT = Text(
    "城市或时区名，如 上海、Asia/Shanghai、New York",
    "A city or zone: Shanghai, Europe/Berlin, New York",
)
FIELD_SECTIONS = Text("主题（不选即全部）", "Topics (leave empty for all)")
FIELD_RESTRICTED = Text("谁可以改", "Who may change this")
RESTRICTED = Text(
    "整个工作区：只有订阅人和管理员可以改贴士设置",
    "In the whole workspace, only the subscriber and admins",
)
IS_ON = Text("开启", "On")
IS_OFF = Text("关闭", "Off")
BAD_ZONE = Text(
    "没有“{word}”这个时区，例如：{example}", "“{word}” is not a time zone. Try {example}"
)
ZONE_NEEDED = Text(
    "Slack 这次没有告诉我你的时区，所以还没开启。请把城市一起写上：`{command} 每周贴士 开 上海`。",
    "Slack did not tell me your time zone just now, so nothing was turned on. Say a city with it: "
    "`{command} tips on London`.",
)
CHANGED: dict[str, Text] = {
    "on": Text("{user} 开启了每周贴士：{every}。", "{user} turned weekly tips on: {every}."),
    "changed": Text("{user} 改了每周贴士：{every}。", "{user} changed the weekly tips: {every}."),
    "off": Text("{user} 关闭了每周贴士。", "{user} turned the weekly tips off."),
    "pause": Text("{user} 暂停了每周贴士。", "{user} paused the weekly tips."),
    "resume": Text("{user} 恢复了每周贴士。", "{user} resumed the weekly tips."),
    "skip": Text(
        "{user} 跳过了一条贴士，同一天改发下一条。",
        "{user} skipped a tip; the one after it comes on the same day.",
    ),
}
UNCHANGED = Text("没有变化。", "Nothing to change.")
NOT_YOURS = Text(
    "这个工作区规定：只有订阅人 {user} 和管理员可以改这个频道的贴士设置。",
    "In this workspace only the subscriber, {user}, and admins may change this channel's tips.",
)
MISTAKES: dict[str, Text] = {
    "action": Text("没看懂“{word}”。", "I did not understand “{word}”."),
    "weekday": Text("“{word}”不是星期几。", "“{word}” is not a day of the week."),
    "time": Text("“{word}”不是一个时间。", "“{word}” is not a time of day."),
    "days": Text(
        "贴士每周一次，“{word}”不行：选一天。",
        "Tips come once a week, not “{word}”: choose one day.",
    ),
    "unsure": Text(
        "“{word}”说不准是几点，请用 24 小时制。",
        "“{word}” may be more than one time: use the 24-hour clock.",
    ),
    "week_off": Text(
        "“{word}”：想停一周或几周不发，用暂停；跳过只是换下一条，同一天照发。",
        "“{word}”: for weeks without a tip, pause; a skip only brings another tip on the same day.",
    ),
    "zone": Text("不认识时区“{word}”。", "I do not know the time zone “{word}”."),
    "ambiguous": Text(
        "“{word}”有不止一个意思，请写城市。", "“{word}” has more than one meaning: name a city."
    ),
    "weeks": Text("暂停可以是 1 到 52 周。", "A pause may last 1 to 52 weeks."),
}
HELP = Text(
    "`{c} 每周贴士`　本频道的设置\n`{c} 每周贴士 开 周一 9点半 上海`　开启，或改时间\n"
    "`{c} 每周贴士 暂停 2`　停两周\n`{c} 每周贴士 恢复`　继续发\n"
    "`{c} 每周贴士 跳过`　跳过下一条\n`{c} 每周贴士 下一条`　看下一条\n"
    "`{c} 每周贴士 关`　关闭",
    "`{c} tips`  this channel's settings\n`{c} tips on mon 9:30`  turn on, or change the time\n"
    "`{c} tips pause 2`  pause for two weeks\n`{c} tips resume`  send them again\n"
    "`{c} tips skip`  another tip instead of the next\n`{c} tips next`  see what comes next\n"
    "`{c} tips off`  turn off",
)
TRY = Text("试试：`{command} 每周贴士 {example}`", "Try `{command} tips {example}`")
OFFER = Text("每周一条策略贴士，发到频道里", "One strategy tip a week, in a channel")
PICK_CHANNEL = Text("选一个频道", "Choose a channel")
PAUSE = Text("暂停", "Pause")
RESUME = Text("恢复", "Resume")
