// Long texts survive a lost connection. <textarea data-draft="topic-7f3a"> is kept on this phone while it is typed and
// comes back into an empty box of the same person: <html data-owner> keeps the drafts of a shared phone apart. Only the
// server's own word, [data-draft-saved="topic-7f3a"], removes it, or signing out (app.js).
const PREFIX = "draft:";
const OWN = `${PREFIX}${document.documentElement.dataset.owner || ""}:`;
const OLD = 30 * 24 * 3600 * 1000;

const read = (key) => JSON.parse(localStorage.getItem(OWN + key) || "null");

function forget(root) {
  for (const mark of root.querySelectorAll("[data-draft-saved]")) localStorage.removeItem(OWN + mark.dataset.draftSaved);
}

function restore(root) {
  for (const box of root.querySelectorAll("textarea[data-draft]")) {
    const kept = read(box.dataset.draft);
    if (!kept || box.value.trim()) continue;
    box.value = kept.text;
    say(box);
  }
}

// The words stand in the page, hidden until they are true: <span data-draft-note hidden>.
function say(box) {
  const note = box.form?.querySelector("[data-draft-note]");
  if (note) note.hidden = !box.value.trim();
}

function tidy() {
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith(PREFIX) && Date.now() - JSON.parse(localStorage.getItem(name)).at > OLD) localStorage.removeItem(name);
  }
}

addEventListener("input", ({ target: box }) => {
  if (!box.matches?.("textarea[data-draft]")) return;
  try {
    if (box.value.trim()) localStorage.setItem(OWN + box.dataset.draft, JSON.stringify({ text: box.value, at: Date.now() }));
    else localStorage.removeItem(OWN + box.dataset.draft);
    say(box);
  } catch {
    // A full or forbidden store: the text is still in the box.
  }
});

document.addEventListener("htmx:afterSwap", ({ target }) => {
  forget(target);
  restore(target);
});

try {
  tidy();
  forget(document);
  restore(document);
} catch {
  // Private windows may forbid the store.
}
