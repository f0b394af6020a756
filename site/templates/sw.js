// Without network: the pages that a reader saved on this phone, else a page of our own. A form of a saved lesson,
// a check-in and a claim of hours are kept and sent when the network is back. With network, every page comes from the server.
// One worker for both languages, and a new one waits its turn: one that takes over at once (skipWaiting) leaves a page
// that is being opened in Chromium waiting for ever.
{% load static %}const languageOf = (address) => (new URL(address).pathname.startsWith("/en/") ? "en" : "km");
const offlineFor = (address) => `/${languageOf(address)}/offline/`;
const OFFLINE = ["/km/offline/", "/en/offline/"];
const KEPT = ["{% static "style.css" %}", "{% static "app.js" %}", "{% static "saved.js" %}"];
const CACHE = `offline-${KEPT.join()}`;
const OUTBOX = "outbox";
const OWNER = "/saved-owner"; // in the cache "saved": whose phone this was when the lessons were saved
const FORMS = /\/learn\/lessons\/[^/]+\/done\/$|\/quiz\/$|\/(?:requests\/(?:check-in|mine\/hours)|meetings\/check-in)\/$/;
const SERVING = /^\/(?:km|en)(\/(?:requests\/(?:check-in|mine\/hours)|meetings\/check-in)\/)$/;
const GONE = [404, 410];
const signInFor = (address) => `/${languageOf(address)}/accounts/login/`; // it, or the page it leads to, has a form
const LATER = [403, 408, 429]; // try again with the next page; any other answer is the server's last word

async function keep() {
  const cache = await caches.open(CACHE);
  // Without cookies: the kept pages show nobody's name.
  const pages = OFFLINE.map((address) => new Request(address, { credentials: "omit", cache: "no-cache" }));
  await cache.addAll([...pages, ...KEPT]);
}

async function clear() {
  for (const name of await caches.keys()) if (name.startsWith("offline-") && name !== CACHE) await caches.delete(name);
}

// A saved page, whatever attempt it was saved with. `waiting` says how it says that a form is kept; `code`, from the QR
// code of a shift or a meeting, and `at`, the meeting, are filled in. A QR code on an office's screen speaks the office's
// language, the phone its owner's.
async function find(address) {
  const url = new URL(address);
  const waiting = url.searchParams.has("waiting");
  const code = url.searchParams.get("code")?.match(/^\d{6}$/)?.[0];
  const at = url.searchParams.get("at")?.match(/^[\da-f-]{36}$/)?.[0];
  for (const name of ["attempt", "waiting", "code", "at"]) url.searchParams.delete(name);
  const page = (await caches.match(url)) || (await findInOther(url));
  if (!page || !(waiting || code || at)) return page;
  let html = await page.text();
  if (waiting) html = html.replace("data-waiting hidden", "data-waiting");
  if (code) html = html.replace('name="code"', `name="code" value="${code}"`);
  if (at) html = html.replace('name="at"', `name="at" value="${at}"`);
  return new Response(html, { headers: page.headers });
}

async function findInOther(url) {
  const [, path] = url.pathname.match(SERVING) || [];
  if (path) for (const language of ["km", "en"]) {
    const page = await caches.match(new URL(`/${language}${path}`, url));
    if (page) return page;
  }
}

async function show(event) {
  try {
    const page = await fetch(event.request);
    event.waitUntil(send());
    return page;
  } catch (failure) {
    return (await find(event.request.url)) || (await caches.match(offlineFor(event.request.url)));
  }
}

async function load(request) {
  try {
    return await fetch(request);
  } catch (failure) {
    const kept = await caches.match(request.url);
    if (kept) return kept;
    throw failure;
  }
}

// A form that did not get through is kept with the page it stood on; the reader goes on to the next saved page.
async function post(request) {
  const copy = request.clone();
  try {
    return await fetch(request);
  } catch (failure) {
    const fields = new URLSearchParams(await copy.text());
    fields.delete("csrfmiddlewaretoken");
    if (fields.get("client_id") === "") fields.set("client_id", crypto.randomUUID()); // a kept page has none of its own
    const owner = await caches.match(OWNER);
    const entry = {
      url: request.url,
      from: request.referrer,
      body: `${fields}`,
      owner: fields.get("owner") || (owner ? await owner.text() : ""),
      at: new Date().toISOString(),
    };
    const box = await caches.open(OUTBOX);
    await box.put(`/outbox/${Date.now()}-${crypto.randomUUID()}`, new Response(JSON.stringify(entry)));
    registration.sync?.register("send").catch(() => {});
    const next = follow(entry, fields);
    return Response.redirect((await find(next)) ? next : `${offlineFor(request.url)}?waiting=1`, 303);
  }
}

function follow({ url, from }, fields) {
  const next = new URL(fields.get("then") || url, url);
  if (!fields.get("then")) next.searchParams.set("q", Number(new URL(from).searchParams.get("q") || 1) + 1);
  next.searchParams.set("waiting", 1);
  return next.href;
}

// What waits is sent in its order, each with the two clocks; the server knows what came before.
let sending = null;
function send() {
  sending ??= empty().finally(() => (sending = null));
  return sending;
}

async function empty() {
  const box = await caches.open(OUTBOX);
  const held = new Set(); // what one person's phone keeps waits in its order, but holds up nobody else's
  for (const key of await box.keys()) {
    const entry = await (await box.match(key)).json();
    if (held.has(entry.owner)) continue;
    if (await deliver(entry)) await box.delete(key);
    else held.add(entry.owner);
  }
}

const findToken = (html) => html.match(/name="csrfmiddlewaretoken" value="([^"]*)"/)?.[1];
const readToken = async (html, from) =>
  findToken(html) || findToken(await (await fetch(signInFor(from), { cache: "no-store" })).text()) || "";

async function deliver({ url, from, body, owner, at }) {
  const page = await fetch(from, { cache: "no-store" });
  if (!page.ok) return GONE.includes(page.status);
  const html = await page.text();
  const reader = html.match(/ data-owner="([^"]*)"/)?.[1] || "";
  if (owner && owner !== reader) return false; // it waits until that person is back
  const fields = new URLSearchParams(body);
  fields.set("csrfmiddlewaretoken", await readToken(html, from));
  fields.set("happened_at", at);
  fields.set("sent_at", new Date().toISOString());
  const answer = await fetch(url, { method: "POST", body: fields });
  return answer.status < 500 && !LATER.includes(answer.status);
}

addEventListener("install", (event) => event.waitUntil(keep()));
addEventListener("activate", (event) => event.waitUntil(clear()));
addEventListener("sync", (event) => event.waitUntil(send()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.mode === "navigate" && request.method === "GET") event.respondWith(show(event));
  else if (request.mode === "navigate" && FORMS.test(pathname)) event.respondWith(post(request));
  else if (request.method === "GET" && ["style", "script", "image"].includes(request.destination)) event.respondWith(load(request));
});
