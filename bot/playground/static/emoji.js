// The shortcodes that people type most; Slack knows some thousands.

const CODES = {
  smile: "😄", grinning: "😀", joy: "😂", slightly_smiling_face: "🙂", wink: "😉", thinking_face: "🤔", sob: "😭",
  sweat_smile: "😅", heart: "❤️", fire: "🔥", tada: "🎉", rocket: "🚀", eyes: "👀", pray: "🙏", clap: "👏", muscle: "💪",
  wave: "👋", ok_hand: "👌", "+1": "👍", thumbsup: "👍", "-1": "👎", thumbsdown: "👎", point_right: "👉", raised_hands: "🙌",
  white_check_mark: "✅", heavy_check_mark: "✔️", x: "❌", warning: "⚠️", exclamation: "❗", question: "❓", bulb: "💡",
  memo: "📝", books: "📚", book: "📖", pushpin: "📌", calendar: "📅", chart_with_upwards_trend: "📈", bar_chart: "📊",
  hourglass: "⌛", alarm_clock: "⏰", lock: "🔒", key: "🔑", link: "🔗", mag: "🔍", star: "⭐", sparkles: "✨", robot_face: "🤖",
  bug: "🐛", construction: "🚧", money_with_wings: "💸", moneybag: "💰", coffee: "☕", bell: "🔔", no_bell: "🔕",
};

export const emoji = (name) => (Object.hasOwn(CODES, name) ? CODES[name] : `:${name}:`);

export const emojis = (text) => text.replace(/:([a-z0-9_+-]+):/g, (_, name) => emoji(name));
