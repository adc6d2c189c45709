// Several files at once: dropped or chosen, sent one by one, each with its own progress.
// Without this script the same form sends them together.
(() => {
  const form = document.querySelector("[data-upload]");
  if (!form) return;
  const input = form.querySelector('input[type="file"]');
  const list = form.querySelector("[data-upload-list]");
  const hint = form.querySelector("[data-upload-hint]");
  hint.textContent = "Sleep bestanden hierheen, of kies ze. U kunt meer bestanden tegelijk kiezen.";
  let waiting = [];
  let busy = false;
  let failed = false;

  const line = (file) => {
    const item = document.createElement("li");
    const name = document.createElement("span");
    name.textContent = file.name;
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", `Voortgang van ${file.name}`);
    const told = document.createElement("span");
    told.className = "mvi-quiet";
    told.textContent = "wacht";
    item.append(name, bar, told);
    list.append(item);
    return { item, bar, told };
  };

  const refuse = (entry, text) => {
    failed = true;
    entry.told.textContent = text;
    entry.told.className = "mvi-field__error";
    const again = document.createElement("button");
    again.type = "button";
    again.className = "mvi-button mvi-button--quiet mvi-button--small";
    again.textContent = "Probeer opnieuw";
    again.addEventListener("click", () => {
      again.remove();
      add([entry.file], entry);
    });
    entry.item.append(again);
  };

  const answer = (request) => {
    try {
      return JSON.parse(request.responseText);
    } catch {
      return {};
    }
  };

  const send = (entry, done) => {
    if (entry.file.size > Number(form.dataset.limit)) {
      refuse(entry, `Dit bestand is te groot: hooguit ${Math.floor(form.dataset.limit / 1048576)} MB.`);
      done();
      return;
    }
    const request = new XMLHttpRequest();
    const body = new FormData(form);
    body.delete("files");
    body.append("files", entry.file);
    request.open("POST", form.action || location.href);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      entry.bar.value = Math.round((event.loaded / event.total) * 100);
      entry.told.textContent = event.loaded < event.total ? `${entry.bar.value} %` : "wordt bekeken";
    });
    request.addEventListener("load", () => {
      const told = answer(request).message || answer(request).error;
      if (request.status === 200) {
        entry.bar.value = 100;
        entry.told.textContent = "bewaard";
      } else {
        refuse(entry, told || "Niet bewaard. Ververs de pagina en probeer het opnieuw.");
      }
      done();
    });
    request.addEventListener("error", () => {
      refuse(entry, "De verbinding viel weg. Dit bestand is niet bewaard.");
      done();
    });
    request.send(body);
  };

  const showKept = () => {
    if (list.querySelector("a")) return;
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = location.pathname;
    link.textContent = "Toon wat wel is bewaard";
    item.append(link);
    list.append(item);
  };

  const next = () => {
    const entry = waiting.shift();
    if (!entry) {
      busy = false;
      if (!failed) location.assign(form.action || location.href);
      else showKept();
      return;
    }
    busy = true;
    send(entry, next);
  };

  function add(files, known) {
    for (const file of files) waiting.push(known ? Object.assign(known, { file }) : { ...line(file), file });
    if (known) {
      failed = false;
      known.told.className = "mvi-quiet";
      known.told.textContent = "wacht";
    }
    if (!busy) next();
  }

  form.addEventListener("submit", (event) => {
    if (!input.files.length) return;
    event.preventDefault();
    const files = [...input.files];
    input.value = "";
    add(files);
  });
  for (const name of ["dragover", "dragenter"]) {
    form.addEventListener(name, (event) => {
      event.preventDefault();
      form.classList.add("mvi-drop--over");
    });
  }
  form.addEventListener("dragleave", () => form.classList.remove("mvi-drop--over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("mvi-drop--over");
    if (event.dataTransfer.files.length) add([...event.dataTransfer.files]);
  });
})();
