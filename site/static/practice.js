// A practice question is judged in its place; without this file the page is loaded again at the same question.
addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form[data-practice]")) return;
  event.preventDefault();
  const section = form.closest("section");
  const query = new URLSearchParams(new FormData(form));
  try {
    const answer = await fetch(`${location.pathname}?${query}&part=1`, { headers: { "HX-Request": "true" } });
    if (!answer.ok) throw new Error(answer.status);
    section.outerHTML = await answer.text();
    document.getElementById(section.id).querySelector(".note")?.scrollIntoView({ block: "nearest" });
  } catch {
    form.submit();
  }
});
