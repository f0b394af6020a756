// A long form survives a closed page: <form data-keep="request-new:letters"> is kept on this phone while it is typed.
// Coming back, [data-keep-note] offers it; nothing is filled in unasked, for the page may hold newer words. The server's
// own word, [data-draft-saved="request-new:letters"], removes it, or signing out (app.js), as for drafts (draft.js).
const form = document.querySelector("form[data-keep]");
const note = document.querySelector("[data-keep-note]");
const own = `draft:${document.documentElement.dataset.owner || ""}:`;
const LEFT_OUT = new Set(["csrfmiddlewaretoken", "version", "changed_at", "form_id"]);

const read = () => JSON.stringify([...new FormData(form)].filter(([name]) => !LEFT_OUT.has(name)));
const drop = (key) => localStorage.removeItem(own + key);

function fill(pairs) {
  const typed = new Map();
  for (const [name, value] of pairs) typed.set(name, [...(typed.get(name) || []), value]);
  for (const field of form.elements) {
    if (!field.name || LEFT_OUT.has(field.name) || field.type === "hidden" || field.type === "submit") continue;
    const values = typed.get(field.name) || [];
    if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
    else if (values.length) [field.value] = values;
  }
}

try {
  for (const mark of document.querySelectorAll("[data-draft-saved]")) drop(mark.dataset.draftSaved);
  if (form) {
    const key = form.dataset.keep;
    const shown = read();
    const kept = JSON.parse(localStorage.getItem(own + key) || "null");
    note.hidden = !kept || kept.text === shown || form.querySelector(".err") !== null;
    note.addEventListener("click", ({ target }) => {
      if (target.closest("[data-keep-restore]")) fill(JSON.parse(kept.text));
      else if (target.closest("[data-keep-drop]")) drop(key);
      else return;
      note.hidden = true;
    });
    form.addEventListener("input", () => {
      localStorage.setItem(own + key, JSON.stringify({ text: read(), at: Date.now() }));
      form.querySelector("[data-draft-note]").hidden = false;
    });
  }
} catch {
  // A full or forbidden store: the words are still in the form.
}
