"""Time zones as people name them -> IANA names."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache
from unicodedata import normalize

from bot.zones import zone_names

# Abbreviations stand for the zone with its clock changes: IANA's own "EST" has none.
NAMES: dict[str, str] = {
    "beijing": "Asia/Shanghai", "shenzhen": "Asia/Shanghai", "guangzhou": "Asia/Shanghai",
    "hangzhou": "Asia/Shanghai", "china": "Asia/Shanghai", "上海": "Asia/Shanghai",
    "北京": "Asia/Shanghai", "深圳": "Asia/Shanghai", "广州": "Asia/Shanghai",
    "杭州": "Asia/Shanghai", "成都": "Asia/Shanghai", "中国": "Asia/Shanghai",
    "重庆": "Asia/Shanghai", "武汉": "Asia/Shanghai", "南京": "Asia/Shanghai",
    "香港": "Asia/Hong_Kong", "澳门": "Asia/Macau", "台北": "Asia/Taipei", "台湾": "Asia/Taipei",
    "东京": "Asia/Tokyo", "日本": "Asia/Tokyo", "japan": "Asia/Tokyo", "jst": "Asia/Tokyo",
    "首尔": "Asia/Seoul", "韩国": "Asia/Seoul", "korea": "Asia/Seoul", "kst": "Asia/Seoul",
    "新加坡": "Asia/Singapore", "sgt": "Asia/Singapore", "曼谷": "Asia/Bangkok",
    "吉隆坡": "Asia/Kuala_Lumpur", "雅加达": "Asia/Jakarta", "马尼拉": "Asia/Manila",
    "迪拜": "Asia/Dubai", "孟买": "Asia/Kolkata", "班加罗尔": "Asia/Kolkata",
    "india": "Asia/Kolkata", "bangalore": "Asia/Kolkata", "mumbai": "Asia/Kolkata",
    "delhi": "Asia/Kolkata", "印度": "Asia/Kolkata",
    "伦敦": "Europe/London", "英国": "Europe/London", "uk": "Europe/London",
    "bst": "Europe/London", "巴黎": "Europe/Paris", "柏林": "Europe/Berlin",
    "munich": "Europe/Berlin", "德国": "Europe/Berlin", "法国": "Europe/Paris",
    "cet": "Europe/Berlin", "cest": "Europe/Berlin", "莫斯科": "Europe/Moscow",
    "阿姆斯特丹": "Europe/Amsterdam", "苏黎世": "Europe/Zurich",
    "纽约": "America/New_York", "波士顿": "America/New_York", "boston": "America/New_York",
    "nyc": "America/New_York", "et": "America/New_York", "est": "America/New_York",
    "edt": "America/New_York", "eastern": "America/New_York", "美东": "America/New_York",
    "芝加哥": "America/Chicago", "central": "America/Chicago", "austin": "America/Chicago",
    "mt": "America/Denver", "mst": "America/Denver", "mdt": "America/Denver",
    "旧金山": "America/Los_Angeles", "硅谷": "America/Los_Angeles",
    "洛杉矶": "America/Los_Angeles", "西雅图": "America/Los_Angeles",
    "san francisco": "America/Los_Angeles", "sf": "America/Los_Angeles",
    "seattle": "America/Los_Angeles", "la": "America/Los_Angeles", "pt": "America/Los_Angeles",
    "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles",
    "pacific": "America/Los_Angeles", "美西": "America/Los_Angeles",
    "多伦多": "America/Toronto", "温哥华": "America/Vancouver",
    "悉尼": "Australia/Sydney", "墨尔本": "Australia/Melbourne", "aest": "Australia/Sydney",
    "奥克兰": "Pacific/Auckland", "gmt": "Etc/UTC", "utc": "Etc/UTC", "z": "Etc/UTC",
}  # fmt: skip
AMBIGUOUS: dict[str, tuple[str, str]] = {
    "cst": ("Asia/Shanghai", "America/Chicago"),
    "ist": ("Asia/Kolkata", "Europe/Dublin"),
}
# An offset needs its sign and UTC or GMT: a bare -10 may be the end of a range of hours.
OFFSET = re.compile(r"\b(?:utc|gmt)\s*([+-])\s*(\d{1,2})(?::?([0-5]\d))?(?![\d:])")
WRONG_OFFSET = re.compile(r"[+-]\s*\d{1,2}:?\d*|(?:utc|gmt)\b.*|(?:utc|gmt)\d+")
# Of the offsets with minutes, those that are a zone's own the whole year.
WITH_MINUTES: dict[str, str] = {
    "+3:30": "Asia/Tehran", "+4:30": "Asia/Kabul", "+5:30": "Asia/Kolkata",
    "+5:45": "Asia/Kathmandu", "+6:30": "Asia/Yangon", "+8:45": "Australia/Eucla",
    "+9:30": "Australia/Darwin", "-9:30": "Pacific/Marquesas",
}  # fmt: skip
ETC = re.compile(r"Etc/GMT([+-])(\d+)")
SUFFIX = re.compile(r"(\s+time|时间|时区)$")
ACCENT = re.compile(r"[\u0300-\u036f]")


def find_zone(text: str) -> str:
    """The IANA name for what was typed in lower case; "" if there is none or several."""
    name = SUFFIX.sub("", _plain(text.strip())).strip()
    if name in AMBIGUOUS:
        return ""
    if name in NAMES:
        return NAMES[name]
    if found := OFFSET.fullmatch(name):
        return _of_offset(found)
    return _known().get(name.replace(" ", "_"), "")


def take_offset(text: str) -> tuple[str, str]:
    """The zone of an offset such as UTC+8 or GMT-3:30 in `text`, or "", and the text without it. An
    offset that is no zone's stays in the text."""
    found = OFFSET.search(text)
    zone = _of_offset(found) if found else ""
    if found is None or not zone:
        return "", text
    return zone, f"{text[: found.start()]} {text[found.end() :]}"


def name_offset(zone: str) -> str:
    """A zone as a person would type it: Etc/GMT-8, which counts the other way round, is UTC+8."""
    found = ETC.fullmatch(zone)
    return f"UTC{'-' if found[1] == '+' else '+'}{found[2]}" if found else zone


def _of_offset(found: re.Match[str]) -> str:
    sign, hours, minutes = found[1], int(found[2]), int(found[3] or 0)
    if minutes:
        return WITH_MINUTES.get(f"{sign}{hours}:{minutes:02}", "")
    if hours == 0:
        return "Etc/UTC"
    posix = "-" if sign == "+" else "+"  # POSIX counts west of Greenwich as plus
    return _known().get(f"etc/gmt{posix}{hours}", "")


def _plain(text: str) -> str:
    """Without accents: zürich, são paulo."""
    return text if text.isascii() else ACCENT.sub("", normalize("NFD", text))


def closest_zone(text: str) -> str:
    """The zone that was probably meant by a misspelt name, or "" if none is near."""
    name = _plain(text.strip()).replace(" ", "_")
    names = [known for known in (*_known(), *NAMES) if len(known) > 4]
    near = get_close_matches(name, names, n=1, cutoff=0.75) if len(name) > 4 else []
    return find_zone(near[0]) if near else ""


@cache
def _known() -> dict[str, str]:
    """Lower-case name, and city alone where it is one zone's, -> IANA name."""
    names = {name.lower(): name for name in sorted(zone_names())}
    cities: dict[str, str] = {}
    for low, name in names.items():
        if low.count("/") >= 1 and not low.startswith("etc/"):
            cities.setdefault(low.rpartition("/")[2], name)
    return cities | names
