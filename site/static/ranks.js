// Up and down without a new page; the form sends the numbers. Without this script each button is a request of its own.
const list = document.querySelector("[data-ranks]");
const form = list?.closest("form");

function number() {
  [...list.children].forEach((line, index) => {
    line.querySelector(".rank").value = index + 1;
    line.querySelector('[value^="up:"]').disabled = index === 0;
    line.querySelector('[value^="down:"]').disabled = index === list.children.length - 1;
  });
}

let last = Promise.resolve();

// One after the other, so that the last order sent is the last one kept; also when the reader goes on to another page.
function save() {
  const data = new FormData(form);
  data.set("do", "save");
  const said = form.querySelector("[data-saved]");
  said.textContent = "";
  last = last.then(async () => {
    const answer = await fetch(form.action, { method: "POST", body: data, keepalive: true }).catch(() => null);
    if (answer?.ok) said.textContent = said.dataset.saved;
    else form.submit();
  });
}

form?.addEventListener("submit", (event) => {
  const [verb] = (event.submitter?.value ?? "").split(":");
  if (verb !== "up" && verb !== "down") return;
  event.preventDefault();
  const line = event.submitter.closest("li");
  if (verb === "up") line.previousElementSibling?.before(line);
  else line.nextElementSibling?.after(line);
  number();
  (event.submitter.disabled ? line.querySelector(".rank") : event.submitter).focus();
  save();
});
