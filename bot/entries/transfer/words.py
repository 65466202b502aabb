"""What importing and exporting say, in both languages."""

from __future__ import annotations

from bot.i18n import Text

ROW = Text("第 {row} 行：{said}", "Row {row}: {said}")
NO_ROWS = Text("文件是空的", "the file is empty")
NO_COLUMNS = Text(
    "没有找到列名：第一行要有 title_zh 或 title_en",
    "no columns found: the first row has to name title_zh or title_en",
)
BAD_COLUMN = Text("不认识的列“{name}”，没有读取", "unknown column “{name}”, which is not read")
MANY_CELLS = Text("单元格太多：有逗号的文字要加引号", "too many cells: put quotes around commas")
BAD_QUOTES = Text(
    "引号没有成对，从这里起读不下去", "a quote is not closed; nothing after it can be read"
)
BAD_JSON = Text("不是导出的那种 JSON", "not JSON of the kind that is exported")
BAD_ENTRY = Text(
    "字段的类型不对：文字是字符串，列表是字符串的数组",
    "a field of the wrong type: texts are strings, lists are arrays of strings",
)
BAD_KIND = Text("kind 只能是 term 或 checklist", "kind is term or checklist")
BAD_STATE = Text("state 只能是 published 或 retired", "state is published or retired")
BAD_ID = Text(
    "id 只能用小写字母、数字和连字符，最多 100 个字符",
    "an id has small letters, digits and hyphens, at most 100 characters",
)
BAD_DATE = Text("review_by 要写成 2027-03-01 这样", "review_by is a date such as 2027-03-01")
BAD_OWNER = Text(
    "owner 要是 Slack 的成员 ID，例如 U012AB3CD", "owner is a member ID such as U012AB3CD"
)
BAD_REPLACES = Text("手册里没有“{name}”这个条目", "the handbook has no entry “{name}”")
TWICE = Text("同一个条目前面已经有一行了", "the same entry has a row above")
NO_TITLE = Text("缺名称：title_zh 和 title_en 至少写一个", "no name: title_zh or title_en")
NO_TEXT = Text("缺内容：写解释，清单写条目", "no text: an explanation, or a checklist's items")
TOO_LONG = Text(
    "{column} 太长，最多 {limit} 个字", "{column} is too long: at most {limit} characters"
)
TOO_MANY = Text("{column} 太多，最多 {limit} 个", "{column} has too many: at most {limit}")
BAD_LINK = Text("链接要以 https:// 开头", "a link begins with https://")
UNKNOWN_ENTRY = Text("没有“{name}”这个条目", "there is no entry “{name}”")

COUNTS = Text(
    "新增 {new} 条，改动 {changed} 条，不变 {same} 条，有误 {faults} 行",
    "{new} new, {changed} changed, {same} the same, {faults} faulty",
)

OFFER = Text(
    "团队条目：{count} 条，另有 {retired} 条已下架。",
    "Your team's entries: {count}, and {retired} retired.",
)
EXPORT = Text("导出 {format}", "Export {format}")
IMPORT = Text("导入条目", "Import entries")
IMPORT_INTRO = Text(
    "粘贴 CSV 或导出的 JSON，先预览，再应用。第一行是列名：`{columns}`；"
    "名称和解释之外的列可以不要。"
    "最多 {limit} 个字；更大的文件请管理员用 `python -m bot entries import`。",
    "Paste CSV, or JSON that was exported: first you see a preview, then you apply it. The first "
    "row names the columns: `{columns}`. All but the names and explanations may be left out. At "
    "most {limit} characters; for more, the operator has `python -m bot entries import`.",
)
IMPORT_FIELD = Text("内容", "Content")
PREVIEW = Text("预览", "Preview")
APPLY = Text("应用", "Apply")
NEW = Text("新增", "New")
CHANGED = Text("改动", "Changed")
FAULTY = Text("有误，不会导入", "Faulty, and not imported")
AND_MORE = Text("……还有 {count} 条", "… and {count} more")
APPLIED = Text("已导入 {count} 条，马上就能查到。", "{count} imported, and found at once.")
APPLIED_SOME = Text(
    "已导入 {count} 条；{left} 条刚被别人改过，没有覆盖。",
    "{count} imported. {left} were changed by somebody else meanwhile, and left as they are.",
)
EXPORTED = Text("团队的全部条目", "All of your team's entries")
IN_DM = Text("已私信发给你。", "It is in your direct messages.")
TOO_LARGE = Text(
    "应用没有上传文件的权限，内容又太长。请管理员用 `python -m bot entries export`。",
    "The app may not upload files here, and it is too much for messages. The operator has "
    "`python -m bot entries export`.",
)
