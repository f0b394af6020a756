// Taps at the door without a reload: each is kept on the phone at once and sent when there is network, once each.
const form = document.querySelector("[data-door]");
const key = `door:${form.dataset.door}`;
const people = form.querySelector("[data-people]");
const waits = form.querySelector("[data-waits]");
const khmer = document.documentElement.lang === "km";
const read = (text) => Number(text.replace(/[០-៩]/g, (sign) => sign.charCodeAt(0) - 0x17e0).replace(/\D/g, ""));
const write = (number) => (khmer ? `${number}`.replace(/\d/g, (sign) => String.fromCharCode(0x17e0 + Number(sign))) : `${number}`);
const load = () => JSON.parse(localStorage.getItem(key) || "[]");

function keep(taps) {
  localStorage.setItem(key, JSON.stringify(taps));
  waits.hidden = !taps.length;
  waits.querySelector("b").textContent = write(taps.length);
}

const move = (place, step) => (place.textContent = write(Math.max(0, read(place.textContent) + step)));

function show({ cell, takes_away }) {
  const step = takes_away ? -1 : 1;
  const button = form.querySelector(`[name=cell][value="${cell}"] b`);
  if (step < 0 && !read(button.textContent)) return false;
  move(button, step);
  move(people, step);
  return true;
}

let sending = false;
async function send() {
  if (sending) return;
  sending = true;
  try {
    for (let [first] = load(); first; [first] = load()) {
      const body = new URLSearchParams({ ...first, sent_at: new Date().toISOString() });
      body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      const answer = await fetch(location.pathname, { method: "POST", body, headers: { "X-Tap": "1" }, redirect: "manual" });
      if (answer.status !== 204) break; // signed out, or not open: a tap is never thrown away
      keep(load().filter((tap) => tap.client_id !== first.client_id)); // another tab may have sent or kept some meanwhile
    }
  } catch {
    // no network: the next tap, or the network, tries again
  }
  sending = false;
}

form.addEventListener("submit", (event) => {
  const cell = event.submitter?.value;
  if (!cell || !crypto.randomUUID) return; // without it (plain http) the form goes by itself
  event.preventDefault();
  const undo = form.elements.takes_away;
  const tap = { cell, ...(undo.checked && { takes_away: "on" }), client_id: crypto.randomUUID(), happened_at: new Date().toISOString() };
  undo.checked = false;
  if (show(tap)) keep([...load(), tap]);
  send();
});
addEventListener("online", send);
load().forEach(show);
keep(load());
send();
