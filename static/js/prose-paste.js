/* Pasting from a text processor: headings, lists and links stay; what cannot come in is counted, so that the
   page can say so. The server cleans once more whatever is saved. */

const NAMES = {
  IMG: ["afbeelding", "afbeeldingen"],
  TABLE: ["tabel (de tekst ervan is gebleven)", "tabellen (de tekst ervan is gebleven)"],
  NOTE: ["opmerking", "opmerkingen"],
  FOOTNOTE: ["voetnoot zonder plaats in de tekst", "voetnoten zonder plaats in de tekst"],
  SHAPE: ["tekening of vorm", "tekeningen of vormen"],
  LOCAL: ["link naar een bestand (de tekst is gebleven)", "links naar bestanden (de tekst is gebleven)"],
  DELETED: ["verwijderde tekst met wijzigingen bijhouden", "verwijderde teksten met wijzigingen bijhouden"],
};
const HEADINGS = { H1: "h3", H2: "h3", H3: "h4", H4: "h4", H5: "h4", H6: "h4" };
const ORDERED = /^\s*\(?([0-9]+|[a-z]|[ivx]+)[.)]/i;

const count = (dropped, kind, size = 1) => size && dropped.set(kind, (dropped.get(kind) ?? 0) + size);

const renamed = (element, name) => {
  const other = element.ownerDocument.createElement(name);
  other.append(...element.childNodes);
  element.replaceWith(other);
  return other;
};

const unwrap = (element) => element.replaceWith(...element.childNodes);

/* Under another name, as a page that allows no inline style is told of each, also in what is only read. */
const withoutStyles = (html) => html.replace(/<[^>]+>/g, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style="));

const styleOf = (element) => element.getAttribute("data-style") ?? "";

/* Word writes a list as paragraphs: the level in the style, the sign in front as words of its own. */
const listItem = (paragraph) => {
  const level = styleOf(paragraph).match(/mso-list:\s*l\d+\s+level(\d+)/i);
  if (!level) return null;
  const sign = [...paragraph.querySelectorAll("span")].find((span) => /mso-list:\s*Ignore/i.test(styleOf(span)));
  const ordered = ORDERED.test(sign?.textContent ?? "");
  sign?.remove();
  return { level: Number(level[1]), ordered };
};

const lists = (body) => {
  let open = []; // the lists that are open, the deepest last
  let last = null;
  for (const paragraph of [...body.querySelectorAll("p")]) {
    const item = listItem(paragraph);
    if (!item) continue;
    if (last !== paragraph.previousElementSibling && open[0] !== paragraph.previousElementSibling) open = [];
    while (open.length > item.level) open.pop();
    while (open.length < item.level) {
      const list = body.ownerDocument.createElement(item.ordered ? "ol" : "ul");
      const parent = open.at(-1);
      if (parent) (parent.lastElementChild ?? parent.appendChild(body.ownerDocument.createElement("li"))).append(list);
      else paragraph.before(list);
      open.push(list);
    }
    const entry = body.ownerDocument.createElement("li");
    const text = body.ownerDocument.createElement("p");
    text.append(...paragraph.childNodes);
    entry.append(text);
    open.at(-1).append(entry);
    paragraph.remove();
    last = open[0];
  }
};

const drop = (body, dropped, selector, kind) => {
  const found = body.querySelectorAll(selector);
  count(dropped, kind, found.length);
  for (const element of found) element.remove();
};

/* A note stands below the text, under the id that its sign leads to; ours stands in the sentence. */
const footnotes = (body, dropped) => {
  const isSign = (link) => /mso-(foot|end)note-id/i.test(styleOf(link));
  const below = [...body.querySelectorAll("div[id]")].filter((part) => /mso-element:\s*(foot|end)note/i.test(styleOf(part)));
  for (const part of below) {
    for (const back of [...part.querySelectorAll("a")].filter(isSign)) back.remove();
    const text = part.textContent.replace(/\s+/g, " ").trim();
    part.remove();
    const sign = [...body.querySelectorAll("a")].find((link) => isSign(link) && link.getAttribute("href")?.endsWith(`_${part.id}`));
    if (!sign || !text) count(dropped, "FOOTNOTE");
    if (!sign || !text) continue;
    const note = body.ownerDocument.createElement("mvi-footnote");
    note.textContent = text;
    sign.replaceWith(note);
  }
  const left = [...body.querySelectorAll("a")].filter(isSign);
  count(dropped, "FOOTNOTE", left.length);
  const lists = [...body.querySelectorAll("div")].filter((part) => /mso-element:\s*(foot|end)note/i.test(styleOf(part)));
  for (const element of [...left, ...lists]) element.remove();
};

const notes = (body, dropped) => {
  const found = [...body.querySelectorAll("[data-style]")].filter((part) => /mso-element:\s*comment(?!-list)/i.test(styleOf(part)));
  const signs = body.querySelectorAll(".MsoCommentReference, a[href^='#_msocom']");
  count(dropped, "NOTE", found.length || signs.length);
  for (const element of [...found, ...signs]) element.remove();
};

const links = (body, dropped) => {
  for (const link of body.querySelectorAll("a")) {
    const href = link.getAttribute("href") ?? "";
    if (/^(https?:|mailto:)/i.test(href)) continue;
    if (/^(file:|[a-z]:\\|\\\\)/i.test(href)) count(dropped, "LOCAL");
    unwrap(link);
  }
};

const tables = (body, dropped) => {
  for (const table of body.querySelectorAll("table")) {
    count(dropped, "TABLE");
    for (const row of table.querySelectorAll("tr")) {
      const line = body.ownerDocument.createElement("p");
      line.textContent = [...row.children].map((cell) => cell.textContent.trim()).join("; ");
      table.before(line);
    }
    table.remove();
  }
};

/* What looks as a heading without being one: a paragraph with the name of Word's own style. */
const headings = (body) => {
  for (const element of [...body.querySelectorAll("h1, h2, h3, h4, h5, h6")]) renamed(element, HEADINGS[element.tagName]);
  for (const element of body.querySelectorAll("p.MsoTitle, p.MsoHeading7, p.MsoHeading8, p.MsoHeading9")) renamed(element, "h3");
};

const bare = (body) => {
  for (const element of body.querySelectorAll("o\\:p, font, span, div, center, u, ins")) unwrap(element);
  for (const element of body.querySelectorAll("*")) {
    for (const { name } of [...element.attributes]) {
      const ours = name === "href" || name === "scope" || (name.startsWith("data-") && name !== "data-style");
      if (!ours) element.removeAttribute(name);
    }
  }
  for (const element of body.querySelectorAll("p, li, h3, h4")) {
    if (!element.textContent.trim() && !element.querySelector("mvi-figure, mvi-citation, mvi-footnote, ul, ol")) element.remove();
  }
};

/* The HTML that the editor can take, and in words what it cannot. What the editor itself copied stays as it is. */
export const fromElsewhere = (html) => {
  const { body } = new DOMParser().parseFromString(withoutStyles(html), "text/html");
  if (body.querySelector("[data-pm-slice]")) return { html, dropped: [] };
  const dropped = new Map();
  for (const element of body.querySelectorAll("script, style, meta, link, title, xml, o\\:p:empty")) element.remove();
  notes(body, dropped);
  footnotes(body, dropped);
  drop(body, dropped, "img", "IMG");
  drop(body, dropped, "v\\:shape, v\\:group, svg, canvas, object, iframe, video", "SHAPE");
  drop(body, dropped, "del", "DELETED");
  links(body, dropped);
  lists(body);
  tables(body, dropped);
  headings(body);
  bare(body);
  const told = [...dropped].map(([kind, size]) => `${size} ${NAMES[kind][size === 1 ? 0 : 1]}`);
  return { html: body.innerHTML, dropped: told };
};
