// Shows our own page when there is no network. Nothing else is kept: what a reader opens comes from the server.
{% load static %}const LANGUAGE = new URL(location).searchParams.get("l") === "en" ? "en" : "km";
const OFFLINE = `/${LANGUAGE}/offline/`;
const KEPT = ["{% static "style.css" %}", "{% static "app.js" %}"];
const CACHE = `offline-${LANGUAGE}-${KEPT.join()}`;

async function keep() {
  const cache = await caches.open(CACHE);
  // Without cookies: the kept page shows nobody's name.
  const page = await fetch(OFFLINE, { credentials: "omit", cache: "no-cache" });
  if (!page.ok) throw new Error(`offline page: ${page.status}`);
  await Promise.all([cache.put(OFFLINE, page), cache.addAll(KEPT)]);
  await self.skipWaiting();
}

async function clear() {
  for (const name of await caches.keys()) if (name.startsWith("offline-") && name !== CACHE) await caches.delete(name);
}

async function answer(request) {
  try {
    return await fetch(request);
  } catch (failure) {
    const kept = await caches.match(request.mode === "navigate" ? OFFLINE : request.url);
    if (kept) return kept;
    throw failure;
  }
}

addEventListener("install", (event) => event.waitUntil(keep()));
addEventListener("activate", (event) => event.waitUntil(clear()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const ours = KEPT.includes(new URL(request.url).pathname);
  if (request.method === "GET" && (request.mode === "navigate" || ours)) event.respondWith(answer(request));
});
