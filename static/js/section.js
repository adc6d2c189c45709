/* Beside a text that is written: how it is printed, after a pause in typing; and its checks, once it is saved.
   Without it the page shows both as they were when it was opened. */

const PAUSE = 350; // milliseconds after the last key

const form = document.querySelector("form[data-preview]");
const place = document.querySelector("[data-preview-place]");
const checks = document.querySelector("[data-checks-place]");
let timer = 0;
let asked = 0;

const ask = async (address, options = {}) => {
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" }, redirect: "manual", ...options });
    return answer.ok ? await answer.text() : null;
  } catch {
    return null; // no connection: what is shown stays, and the form tells so
  }
};

const preview = async () => {
  const mine = ++asked;
  const html = await ask(form.dataset.preview, { method: "POST", body: new FormData(form) });
  if (html !== null && mine === asked) place.innerHTML = html; // of the last question only; the server cleaned it
};

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(preview, PAUSE);
});
form.addEventListener("autosave:written", () => {
  clearTimeout(timer);
  timer = setTimeout(preview, PAUSE);
});
const check = async () => {
  const html = await ask(form.dataset.checks);
  if (html !== null) checks.innerHTML = html;
};

form.addEventListener("autosave:ended", ({ detail }) => detail.state === "saved" && check());
check();

/* A remark that was typed and not placed: the browser asks before it goes. */
let sent = false;
window.addEventListener("submit", (event) => (sent = !event.defaultPrevented));
window.addEventListener("beforeunload", (event) => {
  const typed = [...form.elements].some((field) => "autosaveAside" in field.dataset && field.type === "textarea" && field.value !== field.defaultValue);
  if (typed && !sent) event.preventDefault();
});
