// Copy and print the recovery codes; without this file they are written down by hand.
const tools = document.querySelector("[data-codes-tools]");

if (tools) {
  tools.hidden = false;
  tools.querySelector("[data-print]").addEventListener("click", () => print());
  tools.querySelector("[data-copy]").addEventListener("click", async ({ currentTarget: button }) => {
    const codes = [...document.querySelectorAll("#codes code")].map((code) => code.textContent);
    await navigator.clipboard.writeText(codes.join("\n"));
    button.textContent = tools.dataset.copied;
  });
}
