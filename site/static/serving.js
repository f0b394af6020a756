// Keeps the bare forms (check-in, hours) on the phone of whoever serves or comes to a meeting, so that they open without
// network, and remembers whose phone this is: what it keeps is sent only while that person is signed in. The forms are
// fetched without cookies and show nobody's name.
const { owner } = document.documentElement.dataset;
const { look } = document.currentScript.dataset; // the style sheet of the forms

async function keep() {
  const [, language] = location.pathname.split("/");
  const forms = await caches.open("serving");
  for (const path of ["requests/check-in/", "requests/mine/hours/", "meetings/check-in/"]) {
    const address = `/${language}/${path}`;
    const page = await fetch(address, { credentials: "omit", cache: "no-cache" });
    if (page.ok) await forms.put(address, page);
  }
  await forms.add(look);
  await (await caches.open("saved")).put("/saved-owner", new Response(owner));
}

if (owner && "caches" in window && navigator.onLine) keep().catch(() => {});
