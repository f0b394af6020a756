// Words that are written protected wait on this phone, locked: <form data-box="key" data-place="topic:…">. The key comes
// with the page and only for the person's own sign-in; the phone never keeps it. Four cells a person, all of one size:
// full of noise where nothing is kept, on every phone on which somebody writes (draft.js), so that they tell nothing.
// A cell is emptied by the server's word that the words arrived, by the button, by signing out (app.js) or by time.
const CELLS = [0, 1, 2, 3];
const BLOCK = 8192;
const NONCE = 12;
const DAYS = 3 * 24 * 3600 * 1000;
const PAUSE = 500;

const toBytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const toText = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
const nameOf = (cell) => `cell:${document.documentElement.dataset.owner}:${cell}`;
const clear = (cell) => localStorage.setItem(nameOf(cell), toText(crypto.getRandomValues(new Uint8Array(NONCE + BLOCK + 16))));

class Box {
  constructor(form, key) {
    this.form = form;
    this.key = key;
    this.place = form.dataset.place;
  }

  async open(cell) {
    try {
      const locked = toBytes(localStorage.getItem(nameOf(cell)));
      const how = { name: "AES-GCM", iv: locked.slice(0, NONCE) };
      const row = JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, this.key, locked.slice(NONCE))));
      if (Date.now() - row.at < DAYS) return row;
      clear(cell);
    } catch {
      // Noise, or another's.
    }
    return null;
  }

  // The cell of this place; else an empty one; else the oldest.
  async choose() {
    const rows = await Promise.all(CELLS.map((cell) => this.open(cell)));
    const own = rows.findIndex((row) => row?.place === this.place);
    const empty = rows.indexOf(null);
    const oldest = rows.reduce((best, row, at) => (row && row.at < (rows[best]?.at ?? Infinity) ? at : best), 0);
    this.cell = own >= 0 ? own : empty >= 0 ? empty : oldest;
    this.form.elements.cell.value = this.cell;
    return own >= 0 ? rows[own] : null;
  }

  put(row) {
    const { source, title, kind, client_id } = this.form.elements;
    source.value = row.source;
    client_id.value = row.id; // the same words sent twice are one post
    if (title) title.value = row.title;
    if (kind && row.kind) kind.value = row.kind;
  }

  async save() {
    clearTimeout(this.timer);
    const { source, title, kind, client_id } = this.form.elements;
    if (!source.value.trim() && !title?.value.trim()) return clear(this.cell);
    const row = { place: this.place, source: source.value, title: title?.value, kind: kind?.value, id: client_id.value };
    const words = new TextEncoder().encode(JSON.stringify({ ...row, at: Date.now() }));
    const padded = new Uint8Array(Math.ceil(words.length / BLOCK) * BLOCK).fill(32);
    padded.set(words);
    const iv = crypto.getRandomValues(new Uint8Array(NONCE));
    const locked = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, this.key, padded);
    localStorage.setItem(nameOf(this.cell), toText([...iv, ...new Uint8Array(locked)]));
  }

  typed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }
}

function say(word) {
  for (const part of ["none", "kept", "gone"]) document.querySelector(`[data-box-${part}]`).hidden = part !== word;
}

async function begin(form) {
  const how = ["raw", toBytes(form.dataset.box), "AES-GCM", false, ["encrypt", "decrypt"]];
  const box = new Box(form, await crypto.subtle.importKey(...how));
  for (const cell of CELLS) if (!localStorage.getItem(nameOf(cell))) clear(cell);
  const { source, title } = form.elements;
  const kept = await box.choose();
  if (source.value.trim() || title?.value.trim()) await box.save();
  else if (kept) box.put(kept);
  say("kept");
  form.addEventListener("input", () => {
    say("kept");
    box.typed();
  });
  document.addEventListener("visibilitychange", () => document.hidden && box.timer && box.save());
  document.querySelector("[data-box-clear]").addEventListener("click", () => {
    clearTimeout(box.timer);
    box.timer = null;
    CELLS.forEach(clear);
    say("gone");
  });
}

const form = document.querySelector("form[data-box]");
// Without a lock (an address without https) or a store (a private window) nothing is kept, and the page says so.
if (form && globalThis.crypto?.subtle && document.documentElement.dataset.owner) begin(form).catch(() => say("none"));
