// Shows only the box for the chosen way to sign in. Without this file both stand there and the other one may stay empty.
const form = document.querySelector("[data-sign-up]");

function show() {
  const chosen = form.elements.way.value;
  for (const part of form.querySelectorAll("[data-way]")) part.hidden = part.dataset.way !== chosen;
}

if (form) {
  form.addEventListener("change", show);
  show();
}
