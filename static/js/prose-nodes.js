/* What a text of ours is made of beside words: our own nodes, and tables as they were stored.
   Each is read from and written as the very element that the database holds. */

import { Node } from "django-prose-editor/editor";

const attributesOf = (names) =>
  Object.fromEntries(
    names.map((name) => [
      name,
      {
        default: null,
        parseHTML: (element) => element.getAttribute(name),
        renderHTML: (attributes) => (attributes[name] ? { [name]: attributes[name] } : {}),
      },
    ]),
  );

const chip = (kind, told) => {
  const dom = document.createElement("span");
  dom.className = `mvi-chip mvi-chip--${kind}`;
  dom.contentEditable = "false";
  const { text, title } = told;
  dom.textContent = text;
  dom.title = title;
  return dom;
};

/* A node that is one piece; `tell` gives its words from its attributes. */
const leaf = ({ name, element, names, inline, kind, tell }) =>
  Node.create({
    name,
    group: inline ? "inline" : "block",
    inline,
    atom: true,
    selectable: true,
    draggable: true,
    addOptions: () => ({ figures: {} }),
    addAttributes: () => attributesOf(names),
    parseHTML: () => [{ tag: element }],
    renderHTML: ({ HTMLAttributes }) => [element, HTMLAttributes],
    addNodeView() {
      const { figures } = this.options;
      return ({ node }) => ({ dom: chip(kind, tell(node.attrs, figures)) });
    },
  });

const labelOf = (key, figures) => figures[key]?.label ?? `onbekend cijfer (${key})`;

export const Figure = leaf({
  name: "figure",
  element: "mvi-figure",
  names: ["data-key", "data-form"],
  inline: true,
  kind: "figure",
  tell: (attributes, figures) => {
    const figure = figures[attributes["data-key"]];
    const value = figure?.forms[attributes["data-form"] || "number"];
    return {
      text: value ?? `${attributes["data-key"]}?`,
      title: figure ? `${figure.label}, ${figure.unit}` : labelOf(attributes["data-key"], figures),
    };
  },
});

export const Citation = leaf({
  name: "citation",
  element: "mvi-citation",
  names: ["data-ref"],
  inline: true,
  kind: "citation",
  tell: (attributes) => ({ text: attributes["data-ref"] || "?", title: "Verwijzing: komt in een voetnoot" }),
});

export const FigureTable = leaf({
  name: "figureTable",
  element: "mvi-table",
  names: ["data-keys", "data-title"],
  inline: false,
  kind: "block",
  tell: (attributes, figures) => {
    const keys = (attributes["data-keys"] || "").split(/\s+/).filter(Boolean);
    const names = keys.map((key) => labelOf(key, figures)).join("; ");
    return { text: `Tabel: ${attributes["data-title"] || "Cijfers"} (${names})`, title: "Tabel met cijfers" };
  },
});

export const Chart = leaf({
  name: "chart",
  element: "mvi-chart",
  names: ["data-key", "data-from", "data-title"],
  inline: false,
  kind: "block",
  tell: (attributes, figures) => {
    const label = labelOf(attributes["data-key"], figures);
    return { text: `Grafiek: ${attributes["data-title"] || label}`, title: label };
  },
});

/* Words of its own within the sentence; Enter goes on behind it. */
export const Footnote = Node.create({
  name: "footnote",
  group: "inline",
  inline: true,
  content: "(text | figure | citation | hardBreak)*",
  parseHTML: () => [{ tag: "mvi-footnote" }],
  renderHTML: () => ["mvi-footnote", { class: "mvi-chip mvi-chip--footnote" }, 0],
  addKeyboardShortcuts() {
    return { Enter: ({ editor }) => leave(editor) };
  },
});

const leave = (editor) => {
  const { $from } = editor.state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    if ($from.node(depth).type.name === "footnote") {
      return editor.chain().insertContentAt($from.after(depth), " ").focus().run();
    }
  }
  return false;
};

const part = (name, element, content, names = []) =>
  Node.create({
    name,
    group: name === "plainTable" ? "block" : undefined,
    content,
    isolating: true,
    addAttributes: () => attributesOf(names),
    parseHTML: () => [{ tag: element }],
    renderHTML: ({ HTMLAttributes }) => [element, HTMLAttributes, 0],
  });

export const PLAIN_TABLE = [
  part("plainTable", "table", "(plainCaption | plainHead | plainBody)*"),
  part("plainCaption", "caption", "inline*"),
  part("plainHead", "thead", "plainRow*"),
  part("plainBody", "tbody", "plainRow*"),
  part("plainRow", "tr", "(plainHeadCell | plainCell)*"),
  part("plainHeadCell", "th", "inline*", ["scope"]),
  part("plainCell", "td", "block+"),
];
