// Photos are made small on the phone, so that sending costs less and the place they were taken at never leaves it. The
// server does the same again; without this file all works, with more bytes.
const LONGEST = 1600;
const box = document.querySelector("input[type=file][data-most]");
const list = document.querySelector("[data-chosen]");

async function shrink(file) {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type)) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    return made ? new File([made], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" }) : file;
  } catch {
    return file; // what this phone cannot open, the server tries
  }
}

const size = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} KB` : `${(bytes / 1e6).toFixed(1)} MB`);

function line(words, more, css) {
  const item = document.createElement("li");
  for (const text of [words, more]) if (text) item.append(Object.assign(document.createElement("span"), { textContent: text }), " ");
  item.className = css || "";
  list.append(item);
}

function show() {
  const files = [...box.files];
  const trouble = files.length > 4 ? list.dataset.tooMany : files.some((file) => file.size > box.dataset.most) ? list.dataset.tooLarge : "";
  list.replaceChildren();
  for (const file of files) line(file.name, size(file.size));
  if (trouble) line(trouble, "", "bad");
  box.setCustomValidity(trouble);
}

let asked = 0;
box?.addEventListener("change", async () => {
  const turn = ++asked;
  show();
  if (box.files.length > 4) return;
  const made = [];
  for (const file of box.files) made.push(await shrink(file)); // one by one: a cheap phone has little memory
  if (turn !== asked) return;
  try {
    const bag = new DataTransfer();
    for (const file of made) bag.items.add(file);
    box.files = bag.files;
  } catch {
    // An old browser sends the photos as they are.
  }
  show();
});
