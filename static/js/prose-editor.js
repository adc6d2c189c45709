/* The rich-text editor of a page. Without it the page's textarea holds the same HTML. */

import {
  Blockquote,
  Bold,
  BulletList,
  Document,
  Dropcursor,
  Editor,
  Gapcursor,
  HardBreak,
  Heading,
  History,
  Italic,
  Link,
  ListItem,
  OrderedList,
  Paragraph,
  Text,
} from "django-prose-editor/editor";
import { Chart, Citation, Figure, FigureTable, Footnote, PLAIN_TABLE } from "mvi/prose-nodes";
import { naming, telling } from "mvi/prose-naming";
import { fromElsewhere } from "mvi/prose-paste";

const textarea = document.querySelector("[data-prose-editor]");
const figures = JSON.parse(document.getElementById("cijfers").textContent);
const series = JSON.parse(document.getElementById("reeksen")?.textContent ?? "{}");
const drawable = { ...figures };
for (const [key, label] of Object.entries(series)) drawable[key] = { label };

/* Only an item's or cell's first paragraph is written without a tag: that is how texts are stored. */
const asStored = (html) => {
  const held = new DOMParser().parseFromString(html, "text/html").body;
  for (const first of held.querySelectorAll("li > p:first-child, td > p:first-child")) {
    if (!first.parentElement.querySelector(":scope > p ~ p")) first.replaceWith(...first.childNodes);
  }
  for (const element of held.querySelectorAll("[class]")) element.removeAttribute("class");
  for (const paragraph of held.querySelectorAll("p:empty")) paragraph.remove();
  return held.innerHTML;
};

/* What must not be lost: the words, and every element with what it says; a space at the end of a line may. */
const told = (html) => asStored(html).replace(/\s+/g, "");

const extensions = [
  Document,
  Paragraph,
  Text,
  Bold,
  Italic,
  Heading.configure({ levels: [3, 4] }),
  BulletList,
  OrderedList,
  ListItem,
  Blockquote,
  HardBreak,
  Link.configure({ enableTarget: false, autolink: false, protocols: ["mailto"] }),
  History,
  Dropcursor,
  Gapcursor,
  Figure.configure({ figures }),
  Citation,
  Footnote,
  FigureTable.configure({ figures }),
  Chart.configure({ figures: drawable }),
  ...PLAIN_TABLE,
];

const start = () => {
  const place = document.createElement("div");
  place.className = "mvi-editor__text";
  textarea.before(place);
  return new Editor({
    element: place,
    extensions,
    content: textarea.value,
    injectCSS: false,
    editorProps: {
      transformPastedHTML: (html) => {
        const { html: kept, dropped } = fromElsewhere(html);
        tellDropped(dropped);
        return kept;
      },
      attributes: {
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": textarea.dataset.label,
        "aria-describedby": "hulp-bij-schrijven",
      },
    },
    onUpdate: ({ editor }) => {
      textarea.value = asStored(editor.getHTML());
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
};

/* What a text processor brings along is told, when something of it cannot come in. */
const tellDropped = (dropped) => {
  const place = holder.querySelector("[data-dropped]");
  place.hidden = !dropped.length;
  place.textContent = dropped.length ? `Geplakt. Dit kon niet mee: ${dropped.join(", ")}.` : "";
};

const COMMANDS = {
  bold: (editor) => editor.chain().focus().toggleBold().run(),
  italic: (editor) => editor.chain().focus().toggleItalic().run(),
  h3: (editor) => editor.chain().focus().toggleHeading({ level: 3 }).run(),
  h4: (editor) => editor.chain().focus().toggleHeading({ level: 4 }).run(),
  bulletList: (editor) => editor.chain().focus().toggleBulletList().run(),
  orderedList: (editor) => editor.chain().focus().toggleOrderedList().run(),
  blockquote: (editor) => editor.chain().focus().toggleBlockquote().run(),
  undo: (editor) => editor.chain().focus().undo().run(),
  redo: (editor) => editor.chain().focus().redo().run(),
  footnote: (editor) => {
    const { from, to } = editor.state.selection;
    const text = editor.state.doc.textBetween(from, to) || "tekst van de voetnoot";
    const chain = editor.chain().focus().insertContent({ type: "footnote", content: [{ type: "text", text }] });
    chain.setTextSelection({ from: from + 1, to: from + 1 + text.length }).run();
  },
  figure: (editor) => ask(editor, "figure", ["data-key", "data-form"]),
  citation: (editor) => ask(editor, "citation", ["data-ref"]),
  figureTable: (editor) => askTable(editor),
  chart: (editor) => ask(editor, "chart", ["data-key", "data-from", "data-title"]),
  link: (editor) => askLink(editor),
};

const ACTIVE = {
  bold: ["bold"],
  italic: ["italic"],
  h3: ["heading", { level: 3 }],
  h4: ["heading", { level: 4 }],
  bulletList: ["bulletList"],
  orderedList: ["orderedList"],
  blockquote: ["blockquote"],
  link: ["link"],
};

/* A dialog of the page; `done` gets the form when it was not left. */
const open = (dialog, values, done) => {
  const form = dialog.querySelector("form");
  for (const [name, value] of Object.entries(values)) form.elements[name].value = value ?? "";
  form.dispatchEvent(new Event("change"));
  dialog.addEventListener("close", () => dialog.returnValue === "ok" && done(form), { once: true });
  dialog.returnValue = "";
  dialog.showModal();
};

/* Insert a node, or change the one that is selected. */
const ask = (editor, name, names) => {
  const selected = editor.state.selection.node;
  const isSame = selected?.type.name === name;
  const values = isSame ? selected.attrs : {};
  const dialog = document.querySelector(`[data-dialog="${name}"]`);
  const first = Object.fromEntries(names.map((key) => [key, values[key] ?? defaultOf(dialog, key)]));
  open(dialog, first, (form) => {
    const attrs = Object.fromEntries(names.map((key) => [key, form.elements[key].value]));
    editor.chain().focus().insertContent({ type: name, attrs }).run();
  });
};

/* The figures that are ticked, in the order of the list. */
const askTable = (editor) => {
  const selected = editor.state.selection.node;
  const attrs = selected?.type.name === "figureTable" ? selected.attrs : {};
  const dialog = document.querySelector('[data-dialog="figureTable"]');
  const chosen = (attrs["data-keys"] ?? "").split(/\s+/);
  for (const box of dialog.querySelectorAll("[type=checkbox]")) box.checked = chosen.includes(box.value);
  open(dialog, { "data-title": attrs["data-title"] }, (form) => {
    const keys = [...form.querySelectorAll(":checked")].map((box) => box.value).join(" ");
    const title = form.elements["data-title"].value;
    if (keys) editor.chain().focus().insertContent({ type: "figureTable", attrs: { "data-keys": keys, "data-title": title } }).run();
  });
};

const defaultOf = (dialog, name) => {
  const field = dialog.querySelector("form").elements[name];
  return field.options?.[0]?.value ?? "";
};

const askLink = (editor) => {
  const dialog = document.querySelector('[data-dialog="link"]');
  open(dialog, { href: editor.getAttributes("link").href }, (form) => {
    const href = form.elements.href.value;
    const chain = editor.chain().focus().extendMarkRange("link");
    if (!href) chain.unsetLink().run();
    else if (editor.state.selection.empty && !editor.isActive("link"))
      chain.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] }).run();
    else chain.setMark("link", { href }).run();
  });
};

/* How the chosen figure reads in the chosen form. */
const showValue = (form) => {
  const figure = figures[form.elements["data-key"].value];
  const value = figure?.forms[form.elements["data-form"].value];
  const shown = form.querySelector("[data-value]");
  shown.textContent = value ?? "Deze vorm kan hier niet: er is niets om mee te vergelijken, of 'alle' klopt niet.";
};

const connect = (editor, toolbar) => {
  const buttons = [...toolbar.querySelectorAll("button")];
  for (const button of buttons) {
    button.addEventListener("click", () => COMMANDS[button.dataset.do](editor));
  }
  editor.on("transaction", () => {
    for (const button of buttons) {
      const active = ACTIVE[button.dataset.do];
      if (active) button.setAttribute("aria-pressed", String(editor.isActive(...active)));
    }
  });
  const form = document.querySelector('[data-dialog="figure"] form');
  form.addEventListener("change", () => showValue(form));
  editor.view.dom.addEventListener("dblclick", (event) => {
    const kind = editor.state.selection.node?.type.name;
    if (kind in COMMANDS) COMMANDS[kind](editor, event);
  });
};

const holder = textarea.closest(".mvi-editor");
const editor = start();
if (told(editor.getHTML()) === told(textarea.value)) {
  holder.classList.add("mvi-editor--rich");
  connect(editor, holder.querySelector("[role=toolbar]"));
  naming(editor, figures, holder);
  telling(editor, figures, holder);
  /* A form that saves itself puts a text back, or takes over what somebody else wrote. */
  textarea.addEventListener("autosave:written", () => editor.commands.setContent(textarea.value, { emitUpdate: false }));
} else {
  editor.destroy();
  holder.querySelector("[data-unknown]").hidden = false;
}
holder.dataset.ready = "true";
