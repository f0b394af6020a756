// The answers of a place picker appear while the name is typed. Without this file the "Find" button brings the same ones.
const WAIT = 250;
const timers = new WeakMap();

async function find(picker, box) {
  const address = new URL(picker.dataset.places, location.href);
  address.search = new URLSearchParams({ q: box.value.trim(), name: picker.dataset.name });
  const typed = box.value;
  const response = await fetch(address);
  if (!response.ok || box.value !== typed) return;
  picker.querySelector("[data-places-answers]").innerHTML = await response.text();
}

addEventListener("input", ({ target: box }) => {
  const picker = box.closest?.("[data-places]");
  if (!picker || box.name !== `${picker.dataset.name}_q`) return;
  clearTimeout(timers.get(box));
  if (box.value.trim().length < 2) return;
  timers.set(box, setTimeout(() => find(picker, box).catch(() => {}), WAIT));
});

// In the box, Enter looks for the place; it does not send the form.
addEventListener("keydown", (event) => {
  const picker = event.key === "Enter" && event.target.closest?.("[data-places]");
  if (!picker || event.target.name !== `${picker.dataset.name}_q` || event.isComposing) return;
  event.preventDefault();
  find(picker, event.target).catch(() => picker.querySelector("[value=find]").click());
});

// A village belongs to one commune: another choice takes its list away.
addEventListener("change", ({ target: radio }) => {
  const picker = radio.closest?.("[data-places]");
  if (picker && radio.type === "radio") picker.querySelector(`select[name="${picker.dataset.name}_village"]`)?.closest(".field").remove();
});
