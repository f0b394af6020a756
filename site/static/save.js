// Keeps a course on this phone: <div data-save="cache name" hidden> with a button, and a link [data-pages] to each lesson
// (data-pages: how many questions its quiz asks). Pages are fetched without cookies, so they show nobody's name.
const box = document.querySelector("[data-save]");
const name = `course:${box.dataset.save}`;
const [button, remove] = box.querySelectorAll("button");
const say = (word) => {
  for (const line of box.querySelectorAll("[data-say]")) line.hidden = line.dataset.say !== word;
  button.hidden = word === "saving";
  remove.hidden = word !== "saved";
};

async function put(cache, address, as = address) {
  const page = await fetch(address, { credentials: "omit" });
  if (!page.ok) throw new Error(`${page.status} ${address}`);
  const text = await page.clone().text();
  await cache.put(as, page);
  return new DOMParser().parseFromString(text, "text/html");
}

// Style, scripts and pictures of a page; what plays is too large to keep unasked.
const SOURCES = { LINK: "href", SCRIPT: "src", IMG: "src" };
const parts = (page) =>
  [...page.querySelectorAll('link[rel="stylesheet"], script[src], main img[src]')].map((part) => part.getAttribute(SOURCES[part.tagName]));

async function save() {
  await navigator.serviceWorker.register("/sw.js"); // also on a phone that saves data
  const cache = await caches.open(`${name}:new`);
  const wanted = new Set();
  const keep = async (address, as) => parts(await put(cache, address, as)).forEach((part) => wanted.add(part));
  await keep(location.pathname);
  for (const link of document.querySelectorAll("a[data-pages]")) {
    const lesson = new URL(link.href).pathname;
    await keep(lesson);
    const attempt = crypto.randomUUID(); // one for all its questions, as in one sitting
    for (let number = 1; number <= Number(link.dataset.pages); number++) {
      const as = `${lesson}quiz/?q=${number}`;
      await keep(`${lesson}quiz/?attempt=${attempt}&q=${number}`, as);
      if (number === 1) await cache.put(`${lesson}quiz/`, await cache.match(as));
    }
  }
  await cache.addAll([...wanted]);
  await caches.delete(name);
  const kept = await caches.open(name);
  for (const request of await cache.keys()) await kept.put(request, await cache.match(request));
  await (await caches.open("saved")).put("/saved-owner", new Response(document.documentElement.dataset.owner || ""));
}

async function run(work, done) {
  say("saving");
  try {
    await work();
    say(done);
  } catch {
    say("failed");
  } finally {
    await caches.delete(`${name}:new`);
  }
}

if ("caches" in window && navigator.serviceWorker) {
  button.addEventListener("click", () => run(save, "saved"));
  remove.addEventListener("click", () => run(() => caches.delete(name), "unsaved"));
  caches.has(name).then((is) => {
    say(is ? "saved" : "unsaved");
    box.hidden = false;
  });
}
