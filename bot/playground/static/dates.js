// Moments as Slack shows them: in the reader's own zone and language.

import { view } from "./memory.js";
import { store } from "./store.js";

const DAY = 86_400_000;
const UNITS = [["year", 365 * DAY], ["month", 30 * DAY], ["day", DAY], ["hour", DAY / 24], ["minute", DAY / 1440], ["second", 1000]];
const TOKENS = {
  date: { dateStyle: "long" }, date_long: { dateStyle: "full" }, date_short: { dateStyle: "medium" },
  date_slash: { year: "numeric", month: "numeric", day: "numeric" },
  time: { timeStyle: "short" }, time_secs: { timeStyle: "medium" },
};

export function reader() {
  return store.state.users.find((u) => u.id === view.user);
}

// `format` as in <!date^…^{date_short_pretty} {time}|…>; null if it cannot be shown.
export function dateText(seconds, format) {
  if (!Number.isFinite(seconds)) return null;
  const shown = format.replace(/\{(\w+?)(_pretty)?\}/g, (whole, name, pretty) => token(seconds * 1000, name, pretty) ?? whole);
  return /\{\w+\}/.test(shown) ? null : shown;
}

function token(moment, name, pretty) {
  if (name === "ago") return ago(moment - now());
  if (name === "date_num") return dayKey(moment);
  if (!Object.hasOwn(TOKENS, name)) return null;
  return (pretty && nearDay(moment)) || show(moment, TOKENS[name]);
}

const now = () => Date.parse(store.state.now);
const moment = (ts) => Number(ts.split(".")[0]) * 1000;
const relative = (count, unit) => new Intl.RelativeTimeFormat(reader().locale, { numeric: "auto" }).format(count, unit);

function ago(difference) {
  const [unit, length] = UNITS.find(([, length]) => Math.abs(difference) >= length) || UNITS.at(-1);
  return relative(Math.round(difference / length), unit);
}

// "today", "yesterday", "tomorrow", or nothing.
function nearDay(at) {
  const days = Math.round((Date.parse(dayKey(at)) - Date.parse(dayKey(now()))) / DAY);
  return Math.abs(days) <= 1 ? relative(days, "day") : "";
}

// A day as 2026-11-24, which is also how Slack's date_num reads.
const dayKey = (at) => new Intl.DateTimeFormat("sv-SE", { timeZone: reader().tz }).format(at);

export const clock = (ts) => show(moment(ts), { timeStyle: "short" });

export const fullTime = (ts) => show(moment(ts), { dateStyle: "full", timeStyle: "medium" });

export const day = (ts) => dayKey(moment(ts));

export function dayName(ts) {
  const near = nearDay(moment(ts));
  return near ? near[0].toUpperCase() + near.slice(1) : show(moment(ts), { weekday: "long", month: "long", day: "numeric" });
}

// [day, time, zone] of the workspace's clock.
export const clockParts = () => [show(now(), { dateStyle: "medium" }), show(now(), { timeStyle: "short" }), reader().tz];

function show(milliseconds, style) {
  const { locale, tz } = reader();
  return new Intl.DateTimeFormat(locale, { ...style, timeZone: tz, hourCycle: "h23" }).format(milliseconds);
}
