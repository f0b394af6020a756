// Long texts survive a lost connection. <textarea data-draft="topic-7f3a"> is kept on this phone while it is typed and
// comes back into an empty box of the same person: <html data-owner> keeps the drafts of a shared phone apart. Only the
// server's own word, [data-draft-saved="topic-7f3a"], removes it, or signing out (app.js).
// Beside the box goes a line of the form: its "title", or the one that data-title names. A box "topic-7f3a:poll" belongs to
// the draft "topic-7f3a" and goes with it.
// With data-save (an address) and data-saving (a number) the server has a copy too, for other phones. Each saving says
// which one it goes on from; "saved" is said once the server has said so. One window at a time writes a draft.
const PREFIX = "draft:";
const OWN = `${PREFIX}${document.documentElement.dataset.owner || ""}:`;
const OLD = 30 * 24 * 3600 * 1000;
const PAUSE = navigator.connection?.saveData ? 20_000 : 4000;

const read = (key) => JSON.parse(localStorage.getItem(OWN + key) || "null");

function forget(root) {
  for (const { dataset } of root.querySelectorAll("[data-draft-saved]")) {
    for (const beside of ["", ":poll"]) localStorage.removeItem(OWN + dataset.draftSaved + beside);
  }
}

function tidy() {
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith(PREFIX) && Date.now() - JSON.parse(localStorage.getItem(name)).at > OLD) localStorage.removeItem(name);
  }
}

class Draft {
  constructor(box) {
    this.box = box;
    this.key = box.dataset.draft;
    this.form = box.form;
    this.title = this.form?.elements[box.dataset.title || "title"];
    this.note = this.form?.querySelector("[data-draft-note]");
    this.saving = Number(box.dataset.saving || 0);
    this.first = box.value;
    this.isOwner = true;
    this.restore();
    if (box.dataset.save) this.own();
  }

  get words() {
    return { text: this.box.value, title: this.title?.value ?? "" };
  }

  restore() {
    const kept = read(this.key);
    const { save, begun } = this.box.dataset;
    if (!kept?.text.trim() || kept.text === this.box.value) return;
    if (!save || kept.saving === undefined) {
      if (this.box.value.trim()) return;
      this.put(kept);
    } else if (kept.saving === this.saving) {
      this.put(begun ? { ...kept, text: `${kept.text.trimEnd()}\n\n${begun}` } : kept);
    } else if (!kept.isSynced) {
      return this.offer(kept.text);
    }
    this.say("phone");
    if (save && !kept.isSynced) this.timer = setTimeout(() => this.send(), PAUSE);
  }

  put({ text, title, base }) {
    this.box.value = text;
    this.box.closest("details")?.setAttribute("open", "");
    if (this.title && title && !this.title.value) this.title.value = title;
    if (base && this.form.elements.version) this.form.elements.version.value = base;
  }

  // The words stand in the page, hidden until they are true: <span data-draft-note hidden data-saved="…">.
  say(word) {
    if (!this.note) return;
    this.note.hidden = !this.box.value.trim() && (word === "phone" || word === "saved");
    if (this.note.dataset[word]) this.note.textContent = this.note.dataset[word];
  }

  ask(word, label, text, act) {
    this.say(word);
    if (!this.note) return;
    this.note.hidden = false;
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "tool", textContent: this.note.dataset[label] });
    button.addEventListener("click", act);
    this.note.append(text ? ` “${text.length > 200 ? `${text.slice(0, 200)}…` : text}” ` : " ", button);
  }

  // Words from elsewhere are never put over what is in the box: they stand below, to be added.
  offer(text) {
    this.ask("clash", "add", text, () => {
      this.box.value = `${this.box.value.trimEnd()}\n\n${text}`.trimStart();
      this.box.focus();
      this.typed();
    });
  }

  typed() {
    if (!this.isOwner || this.isSent) return;
    const base = this.form?.elements.version?.value;
    try {
      if (this.box.value.trim()) {
        const row = { ...this.words, at: Date.now(), ...(this.box.dataset.save && { saving: this.saving, base }) };
        localStorage.setItem(OWN + this.key, JSON.stringify(row));
      } else localStorage.removeItem(OWN + this.key);
      this.say("phone");
    } catch {
      // A full or forbidden store: the text is still in the box.
    }
    if (this.box.dataset.save) this.timer ??= setTimeout(() => this.send(), PAUSE);
  }

  async send(keepalive = false) {
    clearTimeout(this.timer);
    this.timer = null;
    if (!this.isOwner || this.isSent || this.isSending) return;
    this.isSending = new AbortController();
    const sent = this.words;
    const body = new FormData();
    const fields = { key: this.key, source: sent.text, title: sent.title, saving: this.saving };
    fields.base = this.form.elements.version?.value ?? "";
    fields.csrfmiddlewaretoken = this.form.elements.csrfmiddlewaretoken.value;
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    const options = { method: "POST", body, keepalive, signal: this.isSending.signal };
    const answer = await fetch(this.box.dataset.save, options).catch(() => null);
    this.isSending = null;
    if (answer?.status === 409) this.clash(await answer.json());
    else if (answer?.ok) this.saved((await answer.json()).saving, sent);
  }

  saved(saving, sent) {
    this.saving = saving;
    const isWhole = sent.text === this.box.value;
    try {
      const kept = read(this.key);
      if (kept) localStorage.setItem(OWN + this.key, JSON.stringify({ ...kept, saving, isSynced: isWhole }));
    } catch {
      // As above.
    }
    if (isWhole) this.say("saved");
    else this.timer ??= setTimeout(() => this.send(), PAUSE);
  }

  clash({ saving, source }) {
    this.saving = saving;
    if (source === undefined) this.say("sent");
    else this.offer(source);
  }

  // One window owns a draft for as long as it is open; another may take it over.
  own() {
    if (!navigator.locks) return;
    navigator.locks
      .request(OWN + this.key, { ifAvailable: true }, (lock) => {
        if (lock) return new Promise(() => {});
        this.isOwner = false;
        this.ask("other", "take", "", () => this.take());
      })
      .catch(() => this.lose());
  }

  take() {
    this.isOwner = true;
    navigator.locks.request(OWN + this.key, { steal: true }, () => new Promise(() => {})).catch(() => this.lose());
    const kept = read(this.key);
    if (kept) this.saving = kept.saving ?? this.saving;
    const isUntouched = this.box.value === this.first;
    this.say("phone");
    if (kept && isUntouched) this.put(kept);
    else if (kept && kept.text !== this.box.value) this.offer(kept.text);
    this.box.focus();
  }

  lose() {
    this.isOwner = false;
    this.say("moved");
  }
}

// Every phone on which somebody writes has four locked cells (box.js), full of noise where nothing is kept: having them
// tells nothing. The server's word that something arrived empties one, by a cookie that goes at once.
function fill(cell) {
  const noise = crypto.getRandomValues(new Uint8Array(12 + 8192 + 16));
  localStorage.setItem(cell, btoa(String.fromCharCode(...noise)));
}

function keepCells() {
  const { owner } = document.documentElement.dataset;
  if (!owner) return;
  const sent = document.cookie.match(/(?:^|; )box=([0-3])/)?.[1];
  if (sent) document.cookie = "box=; path=/; max-age=0";
  for (const number of "0123") {
    const cell = `cell:${owner}:${number}`;
    if (number === sent || !localStorage.getItem(cell)) fill(cell);
  }
}

// What makes photos small comes along once somebody is about to choose one.
for (const list of document.querySelectorAll("[data-chosen][data-script]")) {
  list.closest("details").addEventListener("toggle", () => import(list.dataset.script), { once: true });
}

const drafts = new Map();

function start(root) {
  for (const box of root.querySelectorAll("textarea[data-draft]")) {
    if (!drafts.has(box)) drafts.set(box, new Draft(box));
  }
}

addEventListener("input", ({ target }) => {
  for (const draft of drafts.values()) if (target === draft.box || target === draft.title) draft.typed();
});

// What is sent as a post needs no saving any more: one on its way is called back.
addEventListener("submit", ({ target, defaultPrevented }) => {
  for (const draft of drafts.values()) {
    if (draft.form !== target || defaultPrevented) continue;
    clearTimeout(draft.timer);
    draft.isSending?.abort();
    draft.isSent = true;
  }
});
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) for (const draft of drafts.values()) draft.isSent = false;
});
document.addEventListener("visibilitychange", () => {
  for (const draft of drafts.values()) if (document.hidden && draft.timer) draft.send(true);
});
addEventListener("online", () => {
  for (const draft of drafts.values()) if (draft.box.dataset.save && !read(draft.key)?.isSynced) draft.typed();
});

document.addEventListener("htmx:afterSwap", ({ target }) => {
  forget(target);
  start(target);
});

try {
  tidy();
  forget(document);
} catch {
  // Private windows may forbid the store.
}
try {
  keepCells();
} catch {
  // As above.
}
try {
  start(document);
} catch {
  // As above: without a store the words are only in the box.
}
