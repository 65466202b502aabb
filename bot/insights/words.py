"""What questions to the team, figures and the digest say, in both languages."""

from __future__ import annotations

from bot.i18n import Text
from bot.insights.models import AskOutcome

# Whoever asks
ASK_BUTTON = Text("匿名问团队", "Ask the team, without my name")
ASK_TITLE = Text("匿名问团队", "Ask the team")
ASK_FIELD = Text("你的问题", "Your question")
ASK_HINT = Text(
    "编辑看到的就是这段话：不想让人认出你，就别写名字、项目和只有你知道的事。最多 {count} 字。",
    "Curators see these words: leave out names and whatever only you could know. At most {count} "
    "characters.",
)
ASK_HONEST = Text(
    "问题会不带名字地发到编辑频道，有了答案我私信你。工作区里没人能看到是谁问的；为了能私信你，"
    "我会记下你的账号，告诉你以后就删除，最多 30 天。说实话：在此期间，运行这个机器人的人从技术上"
    "能查到。",
    "It goes to the curators' channel without your name, and I send you the answer directly. "
    "Nobody in the workspace sees who asked. To reach you I keep your account until you are told, "
    "at most 30 days, then delete it. To be honest: whoever operates this bot could technically "
    "see it until then.",
)
ASK_SUBMIT = Text("匿名发送", "Send")
ASKED: dict[AskOutcome, Text] = {
    AskOutcome.SENT: Text(
        "已匿名发到编辑频道。有了答案我私信你。",
        "Sent to the curators without your name. I will send you the answer directly.",
    ),
    AskOutcome.COUNTED: Text(
        "已经有人问过同样的问题，我记上了你这一次。有了答案我私信你。",
        "Somebody asked the same already, and yours is counted. I will send you the answer "
        "directly.",
    ),
    AskOutcome.ALREADY: Text(
        "这个问题你已经问过，还在等回答。有了答案我私信你。",
        "You asked this already, and it still waits. I will send you the answer directly.",
    ),
    AskOutcome.DECLINED: Text(
        "编辑不久前看过这个问题，认为不归这里回答，所以没有再发。",
        "The curators saw this lately and said that it is not for the handbook, so it was not sent "
        "again.",
    ),
    AskOutcome.TOO_MANY_OPEN: Text(
        "你有 3 个问题还在等回答，等到一个再问吧。",
        "Three of your questions still wait: ask again when one is answered.",
    ),
    AskOutcome.TOO_MANY_TODAY: Text(
        "今天这个工作区问团队的已经很多了，请明天再试。",
        "The team has been asked a lot today: please try again tomorrow.",
    ),
    AskOutcome.EMPTY: Text("请写下你的问题。", "Write your question."),
}
NOT_TAKEN = Text(
    "现在不能问团队了：管理员关掉了这个功能，或者没有编辑频道。",
    "The team cannot be asked any more: an admin turned it off, or there is no curators' channel.",
)
NOT_KEPT = Text(
    "数据库没有及时回应，问题没有发出。请过一分钟再试。",
    "The database did not answer in time, and the question was not sent. Try again in a minute.",
)
ANSWERED_HEAD = Text("你匿名问的问题有答案了：", "Your question to the team has an answer:")
ANSWERED_GONE = Text(
    "答案已写进团队条目，再问我一次就能看到。",
    "The answer is in the team's entries now: ask me again to see it.",
)
DECLINED_HEAD = Text(
    "编辑看了你匿名问的问题，认为不归手册回答，可以直接问同事：",
    "The curators saw your question and said that it is not for the handbook; a colleague may "
    "know:",
)
OPEN_ANSWER = Text("看全文", "Open it")
SEEN_BY_NONE = Text("没有人知道是你问的。", "Nobody was told that it was you.")

# Curators
QUESTION_HEAD = Text("有人匿名问团队", "Somebody asks the team, without a name")
QUESTION_TIMES = Text("有 {times} 人匿名问团队", "{times} people ask the team, without names")
QUESTION_HELP = Text(
    "谁问的谁都看不到；回答后我私信提问的人。",
    "Nobody sees who asked; I send them what you answer.",
)
ANSWER = Text("写答案", "Answer")
IT_IS = Text("就是这个条目", "It is this one")
NOT_FOR_US = Text("不归我们", "Not for us")
DONE_ANSWERED = Text("已回答：{title}", "Answered with {title}")
DONE_DECLINED = Text("不归我们", "Not for us")
DONE_EXPIRED = Text(
    "30 天没有回答，已结束，提问人已删除。",
    "Ended after 30 days without an answer; who asked is deleted.",
)
DECIDED = Text("这个问题已经处理过了。", "This question has been dealt with already.")
QUESTION_GONE = Text("这个问题已经没有了。", "This question is no longer there.")
PICK_TITLE = Text("选一个条目", "Which entry is it?")
PICK_ASKED = Text("问题：{text}", "The question: {text}")
PICK_NEAR = Text("是这里面的哪个", "One of these")
PICK_OTHER = Text("不在里面？写它的名字再找", "Not among them? Find it by its name")
PICK_HINT = Text(
    "选中后，这个问法下次直接找得到，并私信提问的人。",
    "Next time this wording finds it, and I tell those who asked.",
)
PICK_SUBMIT = Text("就是它", "It is this one")
PICK_NONE = Text("选一个条目，或写它的名字。", "Pick an entry, or type its name.")
PICK_NOT_FOUND = Text("没有叫“{name}”的条目，换个名字试试。", "No entry is called “{name}”.")
NAME_OFFER = Text(
    "大家把 *{title}* 叫作“{name}”（匿名提问里已有两次）。加为别名吗？",
    "People call *{title}* “{name}” (in two questions to the team). Make it one of its names?",
)
NAME_ADD = Text("加为别名", "Add the name")
NAME_DROP = Text("不加", "No")
NAME_ADDED = Text(
    "“{name}”已加为 *{title}* 的别名（{user}）。", "“{name}” is a name of *{title}* now, by {user}."
)
NAME_DROPPED = Text("“{name}”没有加为别名（{user}）。", "“{name}” was not added, said {user}.")

# Figures
STATS_TITLE = Text("本工作区统计", "This workspace's figures")
STATS_PERIODS = Text("近 {days} 天", "Last {days} days")
STATS_NONE = Text("还没有数据：问几个问题再来看。", "No figures yet: ask a few questions first.")
QUESTIONS = Text("提问", "Questions")
ANSWERED = Text("直接答上", "Answered")
OFFERED = Text("给出选择", "Offered a choice")
NOTHING = Text("手册里没有", "Not in the handbook")
HELPFUL = Text("评为有用", "Found helpful")
FINISHED = Text("完成的清单", "Checklists finished")
DELIVERED = Text("发出的贴士", "Tips delivered")
NOW = Text("此刻", "Now")
OPEN_QUESTIONS = Text("待答的匿名提问", "Open questions to the team")
RUNNING = Text("进行中的清单", "Checklists running")
MOST_ASKED = Text("近 30 天问得最多", "Asked most in 30 days")
NOTHING_PERSONAL = Text(
    "只有次数，没有人名，也没有问题的内容。", "Counts only: no names, and no texts."
)
STATS_BUTTON = Text("看统计", "Show figures")

# Digest
DIGEST_TITLE = Text("近 {days} 天简报", "The last {days} days")
DIGEST_FOUND = Text(
    "{questions} 次提问，{rate} 直接答上", "{questions} questions, {rate} answered at once"
)
DIGEST_QUIET = Text("没有人提问", "Nobody asked anything")
DIGEST_OPEN = Text("待答的匿名提问（{count}）", "Open questions to the team ({count})")
DIGEST_UNHELPFUL = Text("没帮上忙", "Did not help")
DIGEST_DUE = Text("该复核的条目", "Entries due for review")
DIGEST_MOST = Text("问得最多", "Asked most")
DIGEST_END = Text(
    "输入 `{command} 设置` 可以改频率或关掉。", "Change or stop this in `{command} settings`."
)
TIMES = Text("{title} × {count}", "{title} × {count}")
AND_MORE = Text("…另有 {count} 条", "…and {count} more")
