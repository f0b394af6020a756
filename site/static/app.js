// What every page needs, and nothing breaks without it.

// A second tap within a moment sends nothing twice. The lock opens again by itself, so a retry is never blocked.
const HOLD = 4000;
addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (Date.now() - Number(form.dataset.sent || 0) < HOLD) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = Date.now();
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// Whoever signs out of a shared phone leaves no unsent words behind.
addEventListener("submit", ({ target: form }) => {
  if (!form.matches("form[data-sign-out]")) return;
  try {
    for (const name of Object.keys(localStorage)) if (/^(draft|cell):/.test(name)) localStorage.removeItem(name);
  } catch {
    // Private windows may forbid the store.
  }
});

// After a form came back with errors, start reading at the summary.
document.querySelector('.note.bad[role="alert"]')?.focus();

// A page of our own for when there is no network: about 6 KB, once, after everything else, and not when saving data.
const { serviceWorker, connection } = navigator;
if (serviceWorker && !connection?.saveData) {
  addEventListener("load", () => serviceWorker.register("/sw.js").catch(() => {}));
}
for (const link of document.querySelectorAll("[data-reload]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    location.reload();
  });
}
