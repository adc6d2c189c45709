/* The desk of an evaluator. Everything here is a shorter way: without it the form works as any other. */

const form = document.querySelector(".mvi-desk__form");
const plan = document.querySelector(".mvi-desk__plan");
const dialog = document.querySelector("[data-remarks]");
const questions = [...form.querySelectorAll("[data-criterion]")];

const radios = (question) => [...question.querySelectorAll("input[type=radio]")];
const remarkOf = (question) => question.querySelector("textarea");
const questionOf = (element) => element.closest("[data-criterion]");

/* Where one begins in a question: the chosen answer, else the first, else the first field. */
const start = (question) => {
  const answers = radios(question);
  return answers.find((answer) => answer.checked) ?? answers[0] ?? question.querySelector("input, textarea");
};

const go = (question, step) => {
  const next = questions[questions.indexOf(question) + step];
  const target = next ? start(next) : form.querySelector("#geheel").parentElement.querySelector("textarea");
  if (step < 0 && !next) return;
  target.focus();
  target.scrollIntoView({ block: "center" });
};

const choose = (question, value) => {
  const answer = radios(question).find((radio) => radio.value === value);
  if (!answer) return false;
  answer.checked = true;
  answer.focus();
  answer.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
};

/* What a key stands for among the answers of a question. */
const valueOf = (question, key) => {
  if (key === "g") return "";
  if (question.dataset.criterion === "yes-no") return { j: "1", n: "0" }[key];
  return /^[1-5]$/.test(key) ? key : undefined;
};

const amongAnswers = (event, question) => {
  const key = event.key.toLowerCase();
  const value = valueOf(question, key);
  if (value !== undefined) return choose(question, value);
  if (key === "enter") go(question, 1);
  else if (key === "o") remarkOf(question).focus();
  else return false;
  return true;
};

form.addEventListener("keydown", (event) => {
  const question = questionOf(event.target);
  if (!question || event.altKey || event.metaKey || event.isComposing) return;
  let done = false;
  if (event.key === "Enter" && event.ctrlKey) {
    go(question, event.shiftKey ? -1 : 1);
    done = true;
  } else if (event.ctrlKey) return;
  else if (event.target.type === "radio") done = amongAnswers(event, question);
  else if (event.key === "Enter" && event.target.name?.startsWith("page-")) done = show(event.target.value);
  if (done) event.preventDefault();
});

/* The page of the plan that a criterion names. */
const show = (number) => {
  document.getElementById(`bladzijde-${number}`)?.scrollIntoView({ block: "start" });
  return true;
};

form.addEventListener("change", (event) => {
  if (event.target.name?.startsWith("page-") && document.getElementById(`bladzijde-${event.target.value}`)) {
    plan.scrollTop = document.getElementById(`bladzijde-${event.target.value}`).offsetTop;
  }
});

/* As the server counts: a score, or words that say why there is none. */
const isAnswered = (question) => {
  const chosen = radios(question).some((answer) => answer.checked && answer.value !== "");
  const points = question.querySelector("input[name^=value-]:not([type=radio])")?.value;
  return chosen || Boolean(points) || Boolean(remarkOf(question).value.trim());
};

const count = () => {
  const answered = questions.filter(isAnswered).length;
  form.querySelector("progress").value = answered;
  form.querySelector("[data-count]").textContent = `${answered} van ${questions.length} ingevuld`;
};
form.addEventListener("input", count);
form.addEventListener("change", count);
form.addEventListener("autosave:written", count);
count();

/* Reusable remarks: a button at each remark, one list for all. */
const insert = (textarea, text) => {
  const before = textarea.value.trim();
  textarea.value = before ? `${before} ${text}` : text;
  textarea.dispatchEvent(new Event("input", { bubbles: true }));
};

const choice = dialog.querySelector("select");
let asked = null;
for (const question of questions) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "mvi-button mvi-button--quiet mvi-button--small";
  button.textContent = "Vaste opmerking";
  button.setAttribute("aria-label", `Vaste opmerking bij ${question.querySelector("h3").textContent}`);
  button.addEventListener("click", () => {
    asked = question;
    dialog.returnValue = "";
    dialog.showModal();
    choice?.focus();
  });
  remarkOf(question).after(button);
}
dialog.addEventListener("close", () => {
  if (dialog.returnValue === "ok" && choice?.value) insert(remarkOf(asked), choice.value);
  remarkOf(asked).focus();
});
choice?.addEventListener("keydown", (event) => {
  if (event.key === "Enter") dialog.close("ok");
});
choice?.addEventListener("dblclick", () => dialog.close("ok"));

/* A restored draft may have a page or quote that is folded away. */
form.addEventListener("autosave:written", (event) => {
  const folded = event.target.closest("details");
  if (folded && event.target.value) folded.open = true;
});
