// The line from a room to an open page. The page carries the event number it was rendered at; the socket hands over
// what happens next; whatever was missed is fetched over HTTP from that number on. Where no socket gets through, a plain
// request at its address waits until something happens; where that fails too, the page asks every half minute while
// somebody looks at it. Parts of the page are put in here; what else changed goes to the page's own
// script as the event "patches". Nothing moves the focus or what the reader is looking at.
const SECOND = 1000;
const ASK = 25 * SECOND; // while there is no socket, give or take a fifth
const MAKE_SURE = 5 * 60 * SECOND; // while there is one
const QUIET = 110 * SECOND; // two heartbeats missed: the line is dead, whatever the phone says
const AWAY = 20 * SECOND; // after so long in a pocket a line that looks open may be dead
const STEADY = 60 * SECOND; // a line that held so long forgives the failures before it
const IN_VAIN = 2; // so many sockets failed one after another: a plain request waits meanwhile
const LONGEST_WAIT = 60 * SECOND;
const PATIENCE = 20 * SECOND; // for one answer

const root = document.querySelector("[data-after]");
const wire = document.getElementById("wire");
const reading = document.getElementById("reading");
const reload = document.getElementById("reload");

const around = (ms) => ms * (0.8 + Math.random() * 0.4);
const counted = new Intl.NumberFormat(document.documentElement.lang === "km" ? "km-u-nu-khmr" : "en");

let seq = Number(root.dataset.after);
let token = root.dataset.token;
let socket = null;
let openedAt = 0;
let heardAt = 0;
let hiddenAt = 0;
let isDeaf = false;
let isGone = false;
let failures = 0;
let filling = null;
let clock = 0;
let returning = 0;
let waiting = null;
let held = [];
let sent = root.dataset.seen;
const later = {};

// The page

function say(state) {
  if (wire) {
    wire.hidden = false;
    wire.dataset.state = state;
    if (wire.textContent !== wire.dataset[state]) wire.textContent = wire.dataset[state];
  }
  if (reload) reload.hidden = state === "on" || state === "poll";
  if (state !== "on") sayReading(0);
}

// How many read now, as the server tells it: nothing of very few, "a few" below ten.
function sayReading(count) {
  if (!reading) return;
  reading.hidden = !count;
  reading.textContent = count < 10 ? reading.dataset.few : reading.dataset.many.replace("{count}", counted.format(count));
}

// Run a change without moving the post (or the control) that the reader has before their eyes.
function holdStill(change) {
  const active = document.activeElement;
  const busy = active && active !== document.body && active.getBoundingClientRect().bottom > 0;
  const posts = [...root.querySelectorAll("[data-number]")];
  const anchor = busy ? active : posts.find((post) => post.getBoundingClientRect().bottom > 0);
  const top = anchor?.getBoundingClientRect().top;
  change();
  if (anchor?.isConnected) scrollBy(0, anchor.getBoundingClientRect().top - top);
}

// Where what a part shows depends on the reader, each page fetches its own; together they come spread over some seconds.
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
  holdStill(() => {
    patches.filter((patch) => patch.part).forEach(putPart);
    root.dispatchEvent(new CustomEvent("patches", { detail: patches.filter((patch) => !patch.part) }));
  });
  seq = Math.max(seq, reached);
}

// What was missed

function addressAfter(isLookedAt = !document.hidden) {
  const query = new URLSearchParams({ after: seq });
  if (isLookedAt && root.dataset.seen !== sent) query.set("seen", (sent = root.dataset.seen));
  return `${root.dataset.url}?${query}`;
}

async function fetchAfter() {
  const signal = AbortSignal.timeout?.(PATIENCE);
  const response = await fetch(addressAfter(), { headers: { Accept: "application/json" }, signal });
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

// data-own: what this reader sees of it differs from what everybody is sent, so the page asks for its own.
function take(message) {
  if (filling) held.push(message);
  else if (message.seq <= seq) return;
  else if (message.first <= seq + 1 && !("own" in root.dataset)) apply(message.patches, message.seq);
  else fill();
}

// The line

const isOpen = () => socket?.readyState === WebSocket.OPEN && !isDeaf;

function hear(message) {
  heardAt = Date.now();
  if (message.type === "beat") socket.send("."); // answered at once, while the radio is awake
  else if (message.type === "patch") take(message);
  else if (message.type === "gone") stop();
  else if (message.type === "deaf") isDeaf = true;
  else if (message.type === "hello") {
    isDeaf = Boolean(message.deaf);
    fill();
  } else if (message.type === "resync") {
    isDeaf = false;
    setTimeout(fill, Math.random() * 5 * SECOND);
  }
  if (message.type === "hello") waiting?.abort();
  if (!isGone) say(isDeaf ? "poll" : "on");
  if (message.type === "reading" || message.reading) sayReading(message.count ?? message.reading);
  plan();
}

function addressOfRoom() {
  const address = new URL(root.dataset.socket, location.href);
  address.search = new URLSearchParams({ token });
  return address;
}

function connect() {
  if (isGone || socket || !root.dataset.socket || document.hidden) return;
  const address = addressOfRoom();
  address.protocol = address.protocol.replace("http", "ws");
  const line = (socket = new WebSocket(address));
  openedAt = heardAt = Date.now();
  line.onmessage = ({ data }) => line === socket && hear(JSON.parse(data));
  line.onclose = ({ code }) => line === socket && hangUp(code);
}

// Let go of a line without waiting for its end to say so: a dead one says it after minutes.
function drop() {
  const dead = socket;
  socket = null;
  dead?.close();
}

function hangUp(code) {
  socket = null;
  isDeaf = false;
  if (code === 4404) return stop();
  failures = openedAt && Date.now() - openedAt > STEADY ? 1 : failures + 1;
  openedAt = 0;
  comeBackLater();
  plan();
}

// In place of a socket. The head of the answer says that from now on nothing is missed, its end that something happened.
async function wait() {
  if (waiting || failures < IN_VAIN) return;
  waiting = new AbortController();
  try {
    while (!isGone && !isOpen() && !document.hidden) {
      const answer = await fetch(addressOfRoom(), { signal: waiting.signal });
      if (!answer.ok || !(await fill())) break;
      say("poll");
      plan();
      await answer.text();
      await new Promise((resolve) => setTimeout(resolve, Math.random() * SECOND)); // not all pages at once
      if (!(await fill())) break;
    }
  } catch {
    // no network, or nobody waits any more: the clock goes on
  }
  waiting = null;
}

// A server that starts again meets its pages spread out, not all at once.
function comeBackLater() {
  clearTimeout(returning);
  const wait = 300 + Math.random() * Math.min(LONGEST_WAIT, 2 ** failures * 2 * SECOND);
  if (!isGone) returning = setTimeout(comeBack, wait);
}

// A new line needs a fresh token, and asking for one closes the gap at the same time.
async function comeBack() {
  clearTimeout(returning);
  if (isGone || socket || document.hidden) return;
  const isUp = await fill();
  if (isGone || socket) return;
  say(isUp ? "poll" : "off");
  if (isUp) connect();
  else hangUp();
  if (isUp) wait();
}

function stop() {
  isGone = true;
  clearTimeout(clock);
  clearTimeout(returning);
  say("gone");
  waiting?.abort();
  socket?.close();
}

// The clock: the next look at whether the page is still up to date.
function plan() {
  clearTimeout(clock);
  if (!isGone && !document.hidden) clock = setTimeout(look, around(isOpen() ? QUIET : ASK));
}

let madeSureAt = Date.now();

async function look() {
  if (socket && Date.now() - heardAt > QUIET) {
    drop();
    await comeBack();
  } else if (!isOpen() || Date.now() - madeSureAt > MAKE_SURE) {
    madeSureAt = Date.now();
    const isUp = await fill();
    if (!isGone && !isOpen()) say(isUp ? "poll" : "off");
    if (isUp && failures > 6) connect();
    if (isUp && !isOpen()) wait();
  }
  plan();
}

// A page that comes back from the pocket may hold a line that died long ago.
function wake() {
  if (hiddenAt && Date.now() - hiddenAt > AWAY) drop();
  hiddenAt = 0;
  if (socket) fill();
  else comeBack();
  plan();
}

function sleep() {
  hiddenAt = Date.now();
  clearTimeout(clock);
  waiting?.abort();
  if (root.dataset.seen !== sent) fetch(addressAfter(true), { keepalive: true }).catch(() => null);
}

document.addEventListener("visibilitychange", () => {
  if (isGone) return;
  if (document.hidden) sleep();
  else wake();
});
addEventListener("offline", () => isGone || say("off"));
addEventListener("online", () => {
  drop(); // another network: the old line goes nowhere
  waiting?.abort();
  comeBack();
});

root.addEventListener("fill", fill);

document.documentElement.style.overflowAnchor = "none"; // holdStill does it, in every browser
if (!root.dataset.socket) say("poll");
connect();
plan();
