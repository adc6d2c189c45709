/* Typing "@" and a part of a figure's name inserts the figure; and a figure that is chosen tells what it is.

   The list follows the ARIA pattern of a text box with suggestions: the focus stays in the text, the arrows
   choose, Enter or Tab inserts, Escape goes on typing. */

const ASKED = /(?:^|[\s(“"])@([\p{L}\p{N}][\p{L}\p{N} ’'-]{0,40}|)$/u;
const MOST = 8;

const plain = (text) =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase();

/* The figures whose name has every word that was typed; those that begin with it first. */
const matching = (figures, asked) => {
  const words = plain(asked).split(/\s+/).filter(Boolean);
  const found = Object.entries(figures).filter(([, figure]) => {
    const name = plain(`${figure.label} ${figure.unit}`);
    return words.every((word) => name.includes(word));
  });
  const begins = ([, figure]) => (plain(figure.label).startsWith(plain(asked).trim()) ? 0 : 1);
  return found.sort((one, other) => begins(one) - begins(other)).slice(0, MOST);
};

const make = (tag, attributes, text = "") => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  return element;
};

export const naming = (editor, figures, holder) => {
  const list = make("ul", { id: "cijfers-kiezen", role: "listbox", class: "mvi-suggest", "aria-label": "Cijfers", hidden: "" });
  const told = make("p", { role: "status", class: "mvi-hidden" });
  const text = editor.view.dom;
  let range = null;
  let found = [];
  let chosen = 0;
  holder.append(list, told);
  text.setAttribute("aria-haspopup", "listbox");
  text.setAttribute("aria-controls", list.id);

  const close = () => {
    range = null;
    list.hidden = true;
    text.removeAttribute("aria-activedescendant");
  };

  const insert = (key) => {
    const at = range;
    close();
    editor
      .chain()
      .focus()
      .deleteRange(at)
      .insertContent({ type: "figure", attrs: { "data-key": key, "data-form": "number" } })
      .run();
  };

  const mark = () => {
    [...list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === chosen)));
    text.setAttribute("aria-activedescendant", list.children[chosen].id);
    list.children[chosen].scrollIntoView({ block: "nearest" });
  };

  const show = () => {
    list.replaceChildren(
      ...found.map(([key, figure], index) => {
        const option = make("li", { id: `cijfer-keuze-${index}`, role: "option" }, `${figure.label}: ${figure.forms.number}`);
        option.addEventListener("mousedown", (event) => {
          event.preventDefault(); // the focus stays in the text
          insert(key);
        });
        return option;
      }),
    );
    const spot = editor.view.coordsAtPos(range.from);
    const box = holder.getBoundingClientRect();
    list.style.insetBlockStart = `${spot.bottom - box.top}px`;
    list.style.insetInlineStart = `${Math.max(0, Math.min(spot.left - box.left, box.width - 320))}px`;
    list.hidden = false;
    chosen = 0;
    mark();
    told.textContent = `${found.length} ${found.length === 1 ? "cijfer" : "cijfers"}; kies met de pijlen en Enter.`;
  };

  const look = () => {
    const { $from, empty } = editor.state.selection;
    const before = empty ? $from.parent.textBetween(0, $from.parentOffset, null, "\ufffc") : "";
    const asked = before.match(ASKED);
    if (!asked || !editor.isFocused) return close();
    found = matching(figures, asked[1]);
    if (!found.length) return close();
    range = { from: $from.pos - asked[1].length - 1, to: $from.pos };
    return show();
  };

  const KEYS = {
    ArrowDown: () => (chosen = (chosen + 1) % found.length),
    ArrowUp: () => (chosen = (chosen + found.length - 1) % found.length),
    Enter: () => insert(found[chosen][0]),
    Tab: () => insert(found[chosen][0]),
    Escape: close,
  };

  text.addEventListener(
    "keydown",
    (event) => {
      if (!range || !(event.key in KEYS) || event.shiftKey) return;
      event.preventDefault();
      event.stopImmediatePropagation(); // the editor would begin a paragraph
      KEYS[event.key]();
      if (range) mark();
    },
    true,
  );
  text.addEventListener("blur", close);
  editor.on("update", look);
};

/* What the chosen figure is: its definition, its day, its rows; and the forms in which it can be said. */
export const telling = (editor, figures, holder) => {
  const panel = make("section", { class: "mvi-card", "aria-label": "Het gekozen cijfer", hidden: "" });
  holder.append(panel);
  const show = () => {
    const { node, from } = { node: editor.state.selection.node, from: editor.state.selection.from };
    const key = node?.type.name === "figure" ? node.attrs["data-key"] : "";
    const figure = figures[key];
    panel.hidden = !figure;
    if (!figure) return;
    const forms = make("select", { id: "gekozen-vorm" });
    for (const [form, words] of Object.entries(figure.forms)) {
      const option = make("option", { value: form }, words);
      option.selected = form === (node.attrs["data-form"] || "number");
      forms.append(option);
    }
    forms.addEventListener("change", () => {
      editor.chain().insertContentAt({ from, to: from + 1 }, { type: "figure", attrs: { "data-key": key, "data-form": forms.value } }).run();
      editor.commands.setNodeSelection(from);
    });
    const name = make("p", {});
    name.append(make("strong", {}, figure.label));
    const rows = make("a", { href: figure.href, target: "_blank" }, `Definitie, peildatum en de rijen erachter (nieuw tabblad)`);
    const place = make("p", {});
    place.append(rows);
    panel.replaceChildren(name, make("p", { class: "mvi-quiet" }, figure.definition), make("label", { for: "gekozen-vorm" }, "Zo staat het in de zin: "), forms, place);
  };
  editor.on("selectionUpdate", show);
  editor.on("update", show);
};
