// Lists the courses that are saved on this phone (<section data-saved hidden> with a list and a template of a row), each
// with the face that its own saved page has, and counts what waits to be sent (<div data-waiting hidden>).
const box = document.querySelector("[data-saved]");
const row = box.querySelector("template").content;

// A part of a saved page, with those icons that this page lacks.
function take(page, selector) {
  const part = document.importNode(page.querySelector(selector), true);
  for (const use of part.querySelectorAll("use")) {
    const icon = use.getAttribute("href");
    if (!document.querySelector(icon)) document.querySelector("symbol").after(document.importNode(page.querySelector(icon), true));
  }
  return part;
}

async function list(name) {
  const cache = await caches.open(name);
  const [first] = await cache.keys(); // the course itself, its lessons follow
  const page = new DOMParser().parseFromString(await (await cache.match(first)).text(), "text/html");
  const line = document.importNode(row, true);
  const link = line.querySelector("a");
  link.href = new URL(first.url).pathname;
  link.textContent = page.querySelector("h1").textContent;
  if (page.documentElement.lang !== document.documentElement.lang) link.lang = page.documentElement.lang;
  line.querySelector("li").prepend(take(page, ".krama"));
  link.after(take(page, ".meta"));
  box.querySelector("ul").append(line);
  box.hidden = false;
}

async function count() {
  const note = document.querySelector("[data-waiting]");
  if (!note || !(await caches.has("outbox"))) return;
  const { length } = await (await caches.open("outbox")).keys();
  // Not by Intl: browsers that know no Khmer would write other digits.
  const digits = document.documentElement.lang === "km" ? "០១២៣៤៥៦៧៨៩" : "0123456789";
  note.querySelector("[data-count]").textContent = `${length}`.replace(/\d/g, (digit) => digits[digit]);
  note.hidden = !length;
}

if ("caches" in window) {
  count();
  caches.keys().then(async (names) => {
    for (const name of names) if (/^course:.*-(km|en)$/.test(name)) await list(name).catch(() => {});
  });
}
