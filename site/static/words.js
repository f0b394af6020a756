// Comes along once somebody writes or marks words in a topic: quoting what is marked, and naming people after "@".
// Without it the page behind "More" quotes, and a name is typed in full.
const reply = document.getElementById("reply");
const thread = document.getElementById("thread");
const box = reply.querySelector("textarea");
const { quoteWords, people } = reply.dataset;

function insert(text) {
  const end = box.value.trimEnd();
  box.value = end ? `${end}\n\n${text}` : text;
  box.dispatchEvent(new InputEvent("input", { bubbles: true }));
  box.focus();
  box.setSelectionRange(box.value.length, box.value.length);
}

// Quoting

const button = Object.assign(document.createElement("button"), { type: "button", className: "btn sun small", hidden: true });
button.textContent = quoteWords;
Object.assign(button.style, { position: "fixed", insetBlockEnd: "5rem", insetInlineEnd: "1rem", zIndex: 9 });
document.body.append(button);

function marked() {
  const selection = getSelection();
  const text = selection.toString().trim();
  const range = text && selection.rangeCount ? selection.getRangeAt(0) : null;
  const node = range?.commonAncestorContainer;
  const said = (node?.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest?.(".said");
  const number = said?.closest("[data-number]")?.dataset.number;
  return number && thread.contains(said) ? { text, number } : null;
}

document.addEventListener("selectionchange", () => {
  button.hidden = !marked();
});
button.addEventListener("pointerdown", (event) => event.preventDefault()); // a tap must not clear the selection
button.addEventListener("click", async () => {
  const { text, number } = marked() ?? {};
  if (!number) return;
  button.disabled = true;
  const answer = await fetch(`posts/${number}/quote/?${new URLSearchParams({ text })}`).catch(() => null);
  button.disabled = false;
  if (!answer?.ok) return;
  button.hidden = true;
  getSelection().removeAllRanges();
  insert(await answer.text());
});

// Naming

const list = Object.assign(document.createElement("p"), { className: "btns", hidden: true });
box.after(list);
let asked = null;

const ask = () =>
  (asked ??= fetch(people)
    .then((answer) => (answer.ok ? answer.json() : { people: [] }))
    .catch(() => ({ people: [] })));

function typed() {
  const before = box.value.slice(0, box.selectionStart);
  const found = before.match(/(?:^|[\s(])@([^@\n]{0,40})$/);
  return found ? { start: before.length - found[1].length - 1, text: found[1].toLowerCase() } : null;
}

async function suggest() {
  if (!typed()) return (list.hidden = true);
  const { people: known } = await ask();
  const now = typed();
  const fits = now ? known.filter(({ name }) => name.toLowerCase().startsWith(now.text)).slice(0, 5) : [];
  list.hidden = !fits.length;
  list.replaceChildren(
    ...fits.map(({ text }) => {
      const choice = Object.assign(document.createElement("button"), { type: "button", className: "btn line small", textContent: text });
      choice.addEventListener("click", () => {
        const { start } = typed() ?? { start: box.selectionStart };
        box.setRangeText(`${text} `, start, box.selectionStart, "end");
        box.dispatchEvent(new InputEvent("input", { bubbles: true }));
        box.focus();
      });
      return choice;
    }),
  );
}

box.addEventListener("input", suggest);
