// The live room of a meeting: line.js brings the patches, here they become questions. The order of the list changes only
// when the page is loaded: nothing moves away under a finger.
const room = document.getElementById("room");
const list = document.getElementById("questions");
const stale = document.getElementById("stale");
const supported = new Set([...room.querySelectorAll('[form="support"][aria-pressed]')].map(({ value }) => value.replace("-", "")));

function mark(root) {
  for (const button of root.querySelectorAll('[form="support"]')) {
    const number = button.value.replace("-", "");
    const isOn = supported.has(number);
    button.value = isOn ? `-${number}` : number;
    if (isOn) button.setAttribute("aria-pressed", "true");
    else button.removeAttribute("aria-pressed");
  }
}

function put({ number, html }) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const question = holder.content.firstElementChild;
  mark(question);
  const old = document.getElementById(`q-${number}`);
  const hadFocus = old?.contains(document.activeElement);
  if (old) old.replaceWith(question);
  else list.append(question);
  document.getElementById("none")?.remove();
  if (hadFocus) question.querySelector("button")?.focus({ preventScroll: true });
}

room.addEventListener("patches", ({ detail: patches }) => {
  if (list) patches.forEach(put);
  if (stale && patches.length) stale.hidden = false;
});

// Which hand is up stays marked when the tally comes in: the fragment is everybody's. Its value says of which question it is.
const hands = document.getElementById("part-hands");
let chosen = hands?.querySelector("[aria-pressed]")?.value;

function markHand() {
  for (const button of hands.querySelectorAll("button")) {
    if (button.value === chosen) button.setAttribute("aria-pressed", "true");
    else button.removeAttribute("aria-pressed");
  }
}

if (hands)
  new MutationObserver(markHand).observe(hands, { childList: true });

// Support and hands need no new page: the tallies come back as everybody else gets them.
async function send(event) {
  const { target: form, submitter: button } = event;
  if (!("voice" in room.dataset) || form.dataset.plain || !button) return;
  event.preventDefault();
  const body = new FormData(form);
  body.append(button.name, button.value);
  const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } }).catch(() => null);
  if (answer?.status !== 204) {
    form.dataset.plain = "yes";
    return form.requestSubmit(button);
  }
  if (form.id === "choose") {
    chosen = button.value;
    markHand();
  } else {
    const number = button.value.replace("-", "");
    if (button.value.startsWith("-")) supported.delete(number);
    else supported.add(number);
    mark(list);
  }
  room.dispatchEvent(new Event("fill"));
}

if (hands && !document.getElementById("choose")) hands.inert = true; // the list and the projector only look on
for (const id of ["support", "choose"]) document.getElementById(id)?.addEventListener("submit", send);
