/* Saves a form while somebody types in it. docs/architecture.md ("Autosave") tells what a page gives and what
   the server answers. Whatever is not with the server yet lies on this computer, until it is. */

const PAUSE = 1200; // milliseconds after the last key
const RETRIES = [5, 15, 30, 60]; // seconds between tries while nothing answers
const TIMEOUT = 20_000; // milliseconds
const KEPT_DAYS = 30; // what nobody came back for
const PREFIX = "mvi-draft:";
const ASIDE = new Set(["csrfmiddlewaretoken", "edition"]);
const NO_TEXT = new Set(["submit", "button", "reset", "image", "file", "password"]);

const TOLD = {
  idle: "Wat u invult, wordt vanzelf bewaard.",
  saved: "Bewaard.",
  partly: "Bewaard, behalve wat hieronder staat.",
  lost: "Geen verbinding. Wat u invult, blijft op deze computer staan en wordt bewaard zodra er weer verbinding is.",
  failed: "Bewaren lukt nu niet. Wat u invult, blijft op deze computer staan; we proberen het opnieuw.",
  out: "U bent uitgelogd. Wat u invult, blijft op deze computer staan.",
  refused: "Bewaren kan hier niet meer. Uw tekst staat nog op deze pagina en op deze computer.",
  conflict: "Iemand anders heeft dit intussen gewijzigd. Vergelijk de teksten en kies.",
};

/* The drafts on this computer. Without a place for them everything else still works. */
const drafts = {
  get(key) {
    try {
      return JSON.parse(localStorage.getItem(PREFIX + key));
    } catch {
      return null;
    }
  },
  set(key, draft) {
    try {
      localStorage.setItem(PREFIX + key, JSON.stringify(draft));
      return true;
    } catch {
      return false;
    }
  },
  remove(key) {
    try {
      localStorage.removeItem(PREFIX + key);
    } catch {
      /* then there was nothing either */
    }
  },
  sweep() {
    const oldest = Date.now() - KEPT_DAYS * 24 * 3600 * 1000;
    try {
      for (const name of Object.keys(localStorage).filter((found) => found.startsWith(PREFIX))) {
        const draft = drafts.get(name.slice(PREFIX.length));
        if (!(Date.parse(draft?.at) > oldest)) localStorage.removeItem(name);
      }
    } catch {
      /* no place for drafts */
    }
  },
};

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/* A field with data-autosave-aside only goes along when the form is sent. */
const fieldsOf = (form) =>
  [...form.elements].filter(
    (field) => field.name && !ASIDE.has(field.name) && !NO_TEXT.has(field.type) && !("autosaveAside" in field.dataset),
  );

/* What the form says: per name the values that it would send. */
const read = (form) => {
  const values = {};
  for (const field of fieldsOf(form)) values[field.name] ??= [];
  for (const [name, value] of new FormData(form)) if (name in values) values[name].push(value);
  return values;
};

const write = (form, name, values) => {
  for (const field of fieldsOf(form).filter((found) => found.name === name)) {
    if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
    else if (field.options) for (const option of field.options) option.selected = values.includes(option.value);
    else field.value = values[0] ?? "";
    field.dispatchEvent(new CustomEvent("autosave:written", { bubbles: true }));
  }
};

/* Read anew each time: who logs in again, gets another token. */
const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";

const clock = (moment) => moment.toLocaleTimeString("nl-NL", { hour: "2-digit", minute: "2-digit" });
const day = (moment) => moment.toLocaleDateString("nl-NL", { day: "numeric", month: "long", year: "numeric" });

const make = (tag, text = "", attributes = {}) => {
  const element = document.createElement(tag);
  element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
};

class Autosave {
  constructor(form) {
    this.form = form;
    this.key = `${form.dataset.autosaveOwner}:${form.dataset.autosaveKey}`;
    this.box = form.querySelector("[data-autosave-status]");
    this.base = read(form); // as the server has it
    this.conflicts = new Map(); // by name, until the reader chose
    this.tries = 0;
    this.tell("idle");
    this.listen();
    this.restore();
  }

  get edition() {
    return this.form.elements.edition;
  }

  get dirty() {
    const now = read(this.form);
    return Object.fromEntries(Object.entries(now).filter(([name, values]) => !same(values, this.base[name])));
  }

  get isDirty() {
    return Object.keys(this.dirty).length > 0;
  }

  listen() {
    const { form } = this;
    form.addEventListener("input", () => this.typed());
    form.addEventListener("change", () => this.typed());
    form.addEventListener("focusout", () => this.isDirty && this.later(250));
    form.addEventListener("submit", (event) => this.submitting(event));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.leave();
      else if (this.state === "out" || this.state === "lost") this.save();
    });
    window.addEventListener("pagehide", () => this.leave());
    window.addEventListener("pageshow", () => (this.passed = false));
    window.addEventListener("online", () => this.save());
    window.addEventListener("beforeunload", (event) => {
      if (!this.passed && this.isDirty && !this.keep()) event.preventDefault();
    });
  }

  typed() {
    clearTimeout(this.keeper);
    this.keeper = setTimeout(() => this.keep(), 250);
    if (this.state === "out" || this.state === "lost" || this.state === "failed") return; // these try again by themselves
    this.later(PAUSE);
  }

  later(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), milliseconds);
  }

  /* On this computer, what the server does not have; whether that could be done. */
  keep() {
    clearTimeout(this.keeper);
    const values = this.dirty;
    const edition = this.conflicts.size ? "" : (this.edition?.value ?? ""); // not chosen yet: asked again
    const base = Object.fromEntries(Object.keys(values).map((name) => [name, this.base[name]]));
    if (Object.keys(values).length) return drafts.set(this.key, { at: new Date(), edition, values, base });
    drafts.remove(this.key);
    return true;
  }

  leave() {
    this.keep();
    if (this.isDirty) this.save({ keepalive: true });
  }

  /* What was typed before the connection or the browser went away. */
  restore() {
    const draft = drafts.get(this.key);
    if ("autosaveUnsaved" in this.form.dataset) this.base = {}; // the page shows what was refused: newer than any draft
    else if (draft) this.putBack(draft);
    if (this.isDirty) this.save();
    else this.keep();
  }

  putBack(draft) {
    const lost = Object.entries(draft.values).filter(([name, values]) => name in this.base && !same(values, this.base[name]));
    if (!lost.length) return;
    for (const [name, values] of lost) {
      write(this.form, name, values);
      this.base[name] = draft.base[name]; // what it was typed over, to see whether somebody else wrote since
    }
    if (this.edition) this.edition.value = draft.edition;
    const at = new Date(draft.at);
    this.note = `Teruggezet: wat u op ${day(at)} om ${clock(at)} had ingevuld en wat toen niet kon worden bewaard.`;
  }

  /* One at a time; tells how it ended: a key of TOLD. */
  async save(options = {}) {
    clearTimeout(this.timer);
    if (this.saving) return this.saving.then(() => (this.isDirty && this.state === "saved" ? this.save(options) : this.state));
    if (!this.isDirty || this.conflicts.size) return this.conflicts.size ? "conflict" : this.state;
    this.saving = this.send(read(this.form), options).finally(() => (this.saving = null));
    return this.saving;
  }

  async send(sent, options) {
    const body = new FormData();
    for (const [name, values] of Object.entries(sent)) for (const value of values) body.append(name, value);
    if (this.edition) body.append("edition", this.edition.value);
    try {
      const answer = await fetch(this.form.dataset.autosave, {
        method: "POST",
        body,
        headers: { "X-CSRFToken": token(), Accept: "application/json" },
        redirect: "manual", // to the login
        signal: AbortSignal.timeout(TIMEOUT),
        ...options,
      });
      return this.end(...(await this.outcome(answer, sent)));
    } catch {
      return this.end("lost");
    }
  }

  async outcome(answer, sent) {
    const isOut = answer.type === "opaqueredirect" || answer.status === 401;
    if (isOut || (answer.status === 403 && !token())) return ["out"]; // all cookies gone: nobody is known here
    if (answer.status >= 500) return ["failed"];
    if (![200, 409, 422].includes(answer.status)) return ["refused"];
    const told = await answer.json();
    if (this.edition && told.edition) this.edition.value = told.edition;
    if (answer.status === 409) return this.compare(told.conflicts);
    const wrong = told.errors ?? [];
    const kept = new Set(answer.status === 200 ? wrong.map((error) => error.name) : Object.keys(sent));
    for (const [name, values] of Object.entries(sent)) if (!kept.has(name)) this.base[name] = values;
    return [wrong.length ? "partly" : "saved", told];
  }

  end(state, told = {}) {
    const waits = state === "lost" || state === "failed" || state === "out";
    this.tries = waits ? this.tries + 1 : 0;
    if (waits) this.later(RETRIES[Math.min(this.tries, RETRIES.length) - 1] * 1000);
    if (state === "saved") {
      const field = this.form.elements.csrfmiddlewaretoken;
      if (field && token()) field.value = token(); // of the session that saved it
    }
    this.keep();
    this.tell(state, told.errors);
    this.form.dispatchEvent(new CustomEvent("autosave:ended", { bubbles: true, detail: { state, told } }));
    return state;
  }

  /* What only the other changed is taken over; for what both changed, the reader chooses. The page knows what
     each field was before. */
  compare(conflicts) {
    const mine = this.dirty;
    let taken = 0;
    for (const conflict of conflicts) {
      if (same(conflict.value, this.base[conflict.name])) continue; // only changed here
      if (conflict.name in mine) {
        this.conflicts.set(conflict.name, conflict);
        continue;
      }
      this.base[conflict.name] = conflict.value;
      write(this.form, conflict.name, conflict.value);
      taken += 1;
    }
    if (taken && !this.conflicts.size) this.note = "Iemand anders heeft dit intussen ook gewijzigd. Wat die invulde, staat nu in het formulier.";
    this.show();
    if (this.conflicts.size) return ["conflict"];
    setTimeout(() => this.save(), 0); // once this one has ended
    return ["saved"];
  }

  show() {
    const place = this.box?.querySelector("[data-autosave-conflicts]");
    if (!place) return;
    place.replaceChildren(...[...this.conflicts.values()].map((conflict) => this.choice(conflict)));
    place.closest("section").hidden = !this.conflicts.size;
  }

  choice(conflict) {
    const part = make("div");
    const pair = make("div", "", { class: "mvi-conflict__pair" });
    pair.append(
      this.side("Nu bewaard", conflict.theirs, ["Neem dit over", conflict.label], () => {
        write(this.form, conflict.name, conflict.value);
        this.chosen(conflict.name);
      }),
      this.side("Door u ingevuld", conflict.mine, ["Houd dit", conflict.label], () => this.chosen(conflict.name)),
    );
    part.append(make("h3", conflict.label), pair);
    return part;
  }

  side(title, text, [verb, field], choose) {
    const side = make("div");
    const looks = "mvi-button mvi-button--quiet mvi-button--small";
    const button = make("button", verb, { type: "button", class: looks, "aria-label": `${verb}: ${field}` });
    button.addEventListener("click", choose);
    side.append(make("p", title, { class: "mvi-quiet" }), make("div", text, { class: "mvi-conflict__text" }), button);
    return side;
  }

  chosen(name) {
    this.base[name] = this.conflicts.get(name).value;
    this.conflicts.delete(name);
    this.show();
    fieldsOf(this.form).find((field) => field.name === name)?.focus();
    if (this.conflicts.size) return;
    if (this.isDirty) this.save();
    else this.end("saved");
  }

  /* The page goes on once the draft is with the server: what it refuses, the next page tells. */
  async submitting(event) {
    if (this.passed || (!this.isDirty && !this.saving)) return;
    event.preventDefault();
    const { submitter } = event;
    const state = await this.save();
    if (state === "lost" || state === "out" || state === "conflict") {
      this.box?.scrollIntoView({ block: "nearest" });
      this.box?.querySelector("[data-autosave-conflicts] button, [data-autosave-login]:not([hidden])")?.focus();
      return;
    }
    this.passed = true;
    this.form.requestSubmit(submitter);
  }

  /* A reader hears it when it becomes something else, not at each save: the time stands beside it. */
  tell(state, errors = []) {
    this.state = state;
    this.form.dataset.autosaveState = state;
    if (!this.box) return;
    const words = [this.note, TOLD[state], ...errors.map((error) => `${error.label}: ${error.message}`)].filter(Boolean).join(" ");
    const line = this.box.querySelector("[role=status]");
    if (line.textContent !== words) line.textContent = words;
    const isSaved = state === "saved" || state === "partly";
    this.box.querySelector("[data-autosave-time]").textContent = isSaved ? `om ${clock(new Date())}` : "";
    this.box.querySelector("[data-autosave-login]").hidden = state !== "out";
    this.note = state === "saved" ? "" : this.note;
  }
}

drafts.sweep();
for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);
