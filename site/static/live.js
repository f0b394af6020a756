// A topic that is open shows what others write. The page carries the event number it was rendered at; the socket hands
// over what happens next; whatever was missed is fetched over HTTP from that number on. Without sockets the page asks
// every half minute while somebody looks at it. Nothing here moves the focus or what the reader is looking at.
const SECOND = 1000;
const ASK = 25 * SECOND; // while there is no socket, give or take a fifth
const MAKE_SURE = 5 * 60 * SECOND; // while there is one
const QUIET = 110 * SECOND; // two heartbeats missed: the line is dead, whatever the phone says
const LONGEST_WAIT = 60 * SECOND;

const thread = document.getElementById("thread");
const wire = document.getElementById("wire");
const news = document.getElementById("news");
const reload = document.getElementById("reload");

const numberOf = (post) => Number(post.dataset.number);
const shown = () => Math.max(...[...thread.querySelectorAll("[data-number]")].map(numberOf));
const around = (ms) => ms * (0.8 + Math.random() * 0.4);
const counted = new Intl.NumberFormat(document.documentElement.lang === "km" ? "km-u-nu-khmr" : "en");

let seq = Number(thread.dataset.after);
let token = thread.dataset.token;
let socket = null;
let heardAt = 0;
let isDeaf = false;
let isGone = false;
let failures = 0;
let filling = null;
let timer = 0;
let held = [];
let seen = shown();
const lastAtFirst = seen;
const fresh = new Set();
const later = {};

// The page

function say(state) {
  wire.hidden = false;
  wire.dataset.state = state;
  wire.textContent = wire.dataset[state];
  if (reload) reload.hidden = state === "on" || state === "poll";
}

// Run a change without moving the post (or the control) that the reader has before their eyes.
function holdStill(change) {
  const active = document.activeElement;
  const busy = active && active !== document.body && active.getBoundingClientRect().bottom > 0;
  const posts = [...thread.querySelectorAll("[data-number]")];
  const anchor = busy ? active : posts.find((post) => post.getBoundingClientRect().bottom > 0);
  const top = anchor?.getBoundingClientRect().top;
  change();
  if (anchor?.isConnected) scrollBy(0, anchor.getBoundingClientRect().top - top);
}

function belongsHere(number) {
  const { start, end } = thread.dataset;
  return number >= Number(start) && (end === undefined || number < Number(end));
}

// A patch says how a post looks now and in which part of the page it stands. Putting it twice changes nothing.
function put({ number, place, html }) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const post = holder.content.firstElementChild;
  const old = document.getElementById(`p-${number}`);
  const box = document.getElementById(place);
  const mine = old?.querySelectorAll("[aria-pressed]") ?? [];
  const hadFocus = old?.contains(document.activeElement);
  for (const { name, value } of mine) {
    const button = post.querySelector(`[form="react"][name="${name}"]`);
    button?.setAttribute("aria-pressed", "true");
    if (button) button.value = value;
  }
  if (place === "replies") {
    old?.remove();
    if (!belongsHere(number)) return;
    box.insertBefore(post, [...box.children].find((other) => numberOf(other) > number) ?? null);
  } else {
    if (old?.parentElement !== box) old?.remove();
    box.replaceChildren(post);
  }
  if (hadFocus) {
    post.tabIndex = -1;
    post.focus({ preventScroll: true });
  }
}

// A part of the page beside its posts. Where what it shows depends on the reader, each page fetches its own; together
// they come spread over some seconds.
function putPart({ part, html }) {
  const box = document.getElementById(`part-${part}`);
  if (!box) return;
  if (html !== null) box.innerHTML = html;
  else if (box.dataset.url) later[part] ??= setTimeout(() => fetchPart(part, box), Math.random() * 4 * SECOND);
}

async function fetchPart(part, box) {
  delete later[part];
  const response = await fetch(box.dataset.url).catch(() => null);
  if (response?.ok && !box.contains(document.activeElement)) {
    const html = await response.text();
    holdStill(() => (box.innerHTML = html));
  }
}

function apply(patches, reached) {
  for (const { number } of patches) if (number > lastAtFirst) fresh.add(number);
  holdStill(() => {
    patches.forEach((patch) => (patch.part ? putPart(patch) : put(patch)));
    tell();
  });
  seq = Math.max(seq, reached);
}

function tell() {
  if (!fresh.size) return;
  const words = fresh.size === 1 ? news.dataset.one : news.dataset.many.replace("{count}", counted.format(fresh.size));
  if (news.textContent !== words) news.textContent = words;
}

// A reaction needs no new page: the tallies come back as everybody else gets them.
document.getElementById("react").addEventListener("submit", async (event) => {
  const { target: form, submitter: button } = event;
  if (!document.documentElement.dataset.owner || form.dataset.plain || !button) return;
  event.preventDefault();
  const body = new FormData(form);
  const { name, value } = button;
  body.append(name, value);
  const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } }).catch(() => null);
  if (answer?.status !== 204) {
    form.dataset.plain = "yes";
    return form.requestSubmit(button);
  }
  const isOn = !value.startsWith("-");
  for (const same of document.querySelectorAll(`[form="react"][name="${name}"][value="${value}"]`)) {
    if (isOn) same.setAttribute("aria-pressed", "true");
    else same.removeAttribute("aria-pressed");
    same.value = isOn ? `-${value}` : value.slice(1);
  }
  fill();
});

// What was missed

async function fetchAfter() {
  const query = new URLSearchParams({ after: seq });
  if (!document.hidden && shown() > seen) query.set("seen", (seen = shown()));
  const response = await fetch(`${thread.dataset.url}?${query}`, { headers: { Accept: "application/json" } });
  if (response.status === 403 || response.status === 404) return stop();
  if (!response.ok) throw new Error(response.status);
  const answer = await response.json();
  token = answer.token;
  apply(answer.patches, answer.seq);
  return answer.more ? fetchAfter() : undefined;
}

// One at a time; what the socket brings meanwhile waits. Resolves to whether the page is up to date now.
function fill() {
  filling ??= fetchAfter().then(
    () => true,
    () => false,
  ).finally(() => {
    filling = null;
    const late = held;
    held = [];
    late.forEach(take);
  });
  return filling;
}

function take(message) {
  if (filling) held.push(message);
  else if (message.seq <= seq) return;
  else if (message.first <= seq + 1) apply(message.patches, message.seq);
  else fill();
}

// The line

const isOpen = () => socket?.readyState === WebSocket.OPEN && !isDeaf;

function hear(message) {
  heardAt = Date.now();
  if (message.type === "patch") take(message);
  else if (message.type === "gone") stop();
  else if (message.type === "deaf") isDeaf = true;
  else if (message.type === "hello" || message.type === "resync") {
    isDeaf = Boolean(message.deaf);
    failures = 0;
    if (message.type === "hello") fill();
    else setTimeout(fill, Math.random() * 5 * SECOND);
  }
  if (!isGone) say(isDeaf ? "poll" : "on");
  plan();
}

function connect() {
  if (isGone || socket || !thread.dataset.socket || document.hidden) return;
  const address = new URL(thread.dataset.socket, location.href);
  address.protocol = address.protocol.replace("http", "ws");
  address.search = new URLSearchParams({ token });
  const line = (socket = new WebSocket(address));
  heardAt = Date.now();
  line.onmessage = ({ data }) => line === socket && hear(JSON.parse(data));
  line.onclose = ({ code }) => line === socket && hangUp(code);
}

function hangUp(code) {
  socket = null;
  isDeaf = false;
  if (code === 4404) return stop();
  failures += 1;
  if (!isGone) setTimeout(comeBack, around(Math.min(LONGEST_WAIT, 2 ** failures * 500)));
  plan();
}

// A new line needs a fresh token, and asking for one closes the gap at the same time.
async function comeBack() {
  if (isGone || socket || document.hidden) return;
  const isUp = await fill();
  if (isGone) return;
  say(isUp ? "poll" : "off");
  if (isUp) connect();
  else hangUp();
}

function stop() {
  isGone = true;
  clearTimeout(timer);
  say("gone");
  socket?.close();
}

// The clock: the next look at whether the page is still up to date.
function plan() {
  clearTimeout(timer);
  if (!isGone && !document.hidden) timer = setTimeout(look, around(isOpen() ? Math.min(MAKE_SURE, QUIET) : ASK));
}

let madeSureAt = Date.now();

async function look() {
  if (socket && Date.now() - heardAt > QUIET) {
    const dead = socket;
    socket = null;
    dead.close();
    await comeBack();
  } else if (!isOpen() || Date.now() - madeSureAt > MAKE_SURE) {
    madeSureAt = Date.now();
    const isUp = await fill();
    if (!isGone && !isOpen()) say(isUp ? "poll" : "off");
    if (isUp && failures > 6) connect();
  }
  plan();
}

// A page that comes back from the pocket may hold a line that died long ago.
document.addEventListener("visibilitychange", () => {
  if (isGone) return;
  if (document.hidden) {
    clearTimeout(timer);
    if (shown() > seen) fetch(`${thread.dataset.url}?${new URLSearchParams({ after: seq, seen: (seen = shown()) })}`, { keepalive: true });
  } else {
    fill();
    if (!socket || Date.now() - heardAt > QUIET) {
      socket?.close();
      socket = null;
      comeBack();
    }
    plan();
  }
});
addEventListener("online", () => !socket && comeBack());

document.documentElement.style.overflowAnchor = "none"; // holdStill does it, in every browser
if (!thread.dataset.socket) say("poll");
connect();
plan();
