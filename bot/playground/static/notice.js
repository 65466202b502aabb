// Two lines above everything: that the workspace is away, and what it refused.

const $ = (id) => document.getElementById(id);

export function showOffline(away) {
  $("offline").hidden = !away;
}

export function showRefusal(said) {
  $("refusal").hidden = !said;
  $("refusal-text").textContent = said;
}
