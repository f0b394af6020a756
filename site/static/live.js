// A topic that is open shows what others write: line.js brings the patches, here they become posts.
const thread = document.getElementById("thread");
const news = document.getElementById("news");

const numberOf = (post) => Number(post.dataset.number);
const shown = () => Math.max(...[...thread.querySelectorAll("[data-number]")].map(numberOf));
const counted = new Intl.NumberFormat(document.documentElement.lang === "km" ? "km-u-nu-khmr" : "en");
const lastAtFirst = shown();
const fresh = new Set();
thread.dataset.seen = lastAtFirst;

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

function tell() {
  if (!fresh.size) return;
  const words = fresh.size === 1 ? news.dataset.one : news.dataset.many.replace("{count}", counted.format(fresh.size));
  if (news.textContent !== words) news.textContent = words;
}

thread.addEventListener("patches", ({ detail: patches }) => {
  for (const { number } of patches) if (number > lastAtFirst) fresh.add(number);
  patches.forEach(put);
  thread.dataset.seen = shown();
  tell();
});

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
  thread.dispatchEvent(new Event("fill"));
});

// What quotes and names comes along when somebody begins to write or to mark words.
const reply = document.querySelector("#reply[data-words]");
const begin = (event) => {
  const isBox = event.target === reply.querySelector("textarea");
  if (!isBox && !(event.type === "selectionchange" && getSelection().toString())) return;
  document.removeEventListener("focusin", begin);
  document.removeEventListener("selectionchange", begin);
  import(reply.dataset.words);
};
if (reply) {
  document.addEventListener("focusin", begin);
  document.addEventListener("selectionchange", begin);
}
