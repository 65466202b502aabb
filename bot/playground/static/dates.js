// Moments as Slack shows them: in the reader's own zone and language.

import { store, view } from "./store.js";

const TOKENS = {
  date: { dateStyle: "long" }, date_long: { dateStyle: "full" }, date_short: { dateStyle: "medium" },
  date_num: { dateStyle: "short" }, time: { timeStyle: "short" }, time_secs: { timeStyle: "medium" },
};

export function reader() {
  return store.state.users.find((u) => u.id === view.user);
}

// `format` as in <!date^…^{date_short_pretty} {time}|…>.
export function dateText(seconds, format) {
  return format.replace(/\{(\w+?)(_pretty)?\}/g, (whole, token) => TOKENS[token] ? show(seconds * 1000, TOKENS[token]) : whole);
}

// Of a message: the time, and on another day the day as well.
export function clock(ts) {
  const moment = Number(ts.split(".")[0]) * 1000;
  const day = (at) => show(at, { dateStyle: "medium" });
  const today = day(moment) === day(Date.parse(store.state.now));
  return show(moment, today ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" });
}

export function now(iso) {
  return `${show(Date.parse(iso), { dateStyle: "medium", timeStyle: "short" })} ${reader().tz}`;
}

function show(milliseconds, style) {
  const { locale, tz } = reader();
  return new Intl.DateTimeFormat(locale, { ...style, timeZone: tz, hourCycle: "h23" }).format(milliseconds);
}
