// Tells how long a lesson was looked at, for people whose progress is kept anyway (<article data-study="lesson key">).
// Only time with the page in sight counts, a minute without a touch ends it.
const { study } = document.querySelector("[data-study]").dataset;
const PAUSE = 60_000, LEAST = 5;
let began = performance.now(), touched = began, spent = 0;

const now = () => performance.now();
function count() {
  if (began !== null) spent += Math.max(Math.min(now(), touched + PAUSE) - began, 0);
  began = null;
}
function touch() {
  if (began !== null && now() > touched + PAUSE) count();
  began ??= now();
  touched = now();
}
function tell() {
  count();
  const seconds = Math.round(spent / 1000);
  if (seconds < LEAST) return;
  spent = 0;
  const at = new Date().toISOString();
  const event = { id: crypto.randomUUID(), kind: "studied", key: study, happened_at: at, seconds: Math.min(seconds, 14_400) };
  fetch("/api/v1/me/events/", {
    method: "POST",
    keepalive: true,
    headers: { "Content-Type": "application/json", "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value },
    body: JSON.stringify({ sent_at: at, events: [event] }),
  }).catch(() => {});
}
for (const name of ["scroll", "pointerdown", "keydown"]) addEventListener(name, touch, { passive: true });
addEventListener("visibilitychange", () => (document.hidden ? tell() : touch()));
