"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const data = JSON.parse(byId("data").textContent);
  const figures = data.figures;
  const list = byId("rows");
  const made = new Map();
  for (const row of list.children) made.set(row.querySelector(".inside").id, row);

  // ------------------------------------------------------------ rows

  function build(node) {
    if (typeof node === "string") return document.createTextNode(node);
    const [tag, attributes, ...children] = node;
    const element = document.createElement(tag);
    for (const name of Object.keys(attributes)) element.setAttribute(name, attributes[name]);
    element.append(...children.map(build));
    return element;
  }

  function rowOf(figure) {
    if (!made.has(figure.id)) made.set(figure.id, build(figure.row));
    return made.get(figure.id);
  }

  function plain(text) {
    return text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "")
      .replace(/(\d),(?=\d{3})/g, "$1");
  }

  // A number alone finds the figures of that number; among words it is looked for as they are.
  function test(term, at, terms) {
    const number = /^[£$€]?(\d+(?:\.\d+)?)%?$/.exec(term);
    if (!number) return (figure) => figure.find.includes(term);
    if (terms.length === 1) return (figure) => figure.numbers.includes(number[1]);
    const whole = new RegExp(`(?<![\\d.])${number[1].replace(".", "\\.")}(?![\\d]|\\.\\d)`);
    return (figure) => figure.numbers.includes(number[1]) || whole.test(figure.find);
  }

  const keys = ["measure", "population", "document_id"];
  let found = figures;

  function choose() {
    const tests = plain(byId("find").value).split(/\s+/).filter(Boolean).map(test);
    for (const key of keys) {
      const wanted = byId(`by-${key}`).value;
      if (wanted) tests.push((figure) => figure[key] === wanted);
    }
    found = figures.filter((figure) => tests.every((passes) => passes(figure)));
    show(byId("sort").value ? sorted(found) : found);
  }

  function sorted(figures) {
    const units = [...new Set(figures.map((figure) => figure.unit))];
    const order = (figure) => units.indexOf(figure.unit);
    const up = byId("sort").value === "up" ? 1 : -1;
    return [...figures].sort((one, other) => order(one) - order(other)
      || (one.value === null) - (other.value === null)
      || up * (one.value - other.value));
  }

  function show(figures, first) {
    const shown = figures.slice(0, data.most);
    if (first && !shown.includes(first)) shown.splice(0, 1, first);
    list.replaceChildren(...shown.map(rowOf));
    const said = found.length === data.figures.length
      ? `${figuresIn(found.length)}.`
      : `${count(found.length)} of ${figuresIn(data.figures.length)}.`;
    const cut = found.length > shown.length ? ` The first ${count(shown.length)} are shown.` : "";
    byId("save").disabled = !found.length;
    byId("status").textContent = found.length
      ? `${said}${cut}`
      : "No figure has that. Try fewer words, or another number.";
  }

  const count = (number) => number.toLocaleString("en-GB");
  const figuresIn = (number) => `${count(number)} ${number === 1 ? "figure" : "figures"}`;

  // ------------------------------------------------------------ the rows as a file

  function save() {
    const wanted = new Set(found.map((figure) => figure.id));
    const named = new Map(figures.map((figure) => [figure.id, figure]));
    for (const name of wanted) {
      const repeats = named.get(name).repeats;
      if (repeats && named.has(repeats)) wanted.add(repeats);
    }
    const lines = figures.filter((figure) => wanted.has(figure.id)).map((figure) => figure.csv);
    const file = new Blob([data.header, ...lines], { type: "text/csv;charset=utf-8" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = "figures.csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    const more = wanted.size - found.length;
    byId("status").textContent = `Saved ${figuresIn(found.length)}`
      + (more ? ` and ${count(more)} repeated by these.` : ".");
  }

  // ------------------------------------------------------------ opening a row

  function nameIn(hash) {
    try {
      return decodeURIComponent(hash.slice(1));
    } catch {
      return "";
    }
  }

  function open() {
    const name = nameIn(location.hash);
    if (!name) return;
    const figure = figures.find((one) => one.id === name);
    if (figure && !byId(name)) {
      for (const id of ["find", "sort", ...keys.map((key) => `by-${key}`)]) byId(id).value = "";
      found = figures;
      show(figures, figure);
    }
    const target = byId(name);
    if (!target) return;
    for (let at = target; at; at = at.parentElement) {
      if (at.tagName === "DETAILS") at.open = true;
    }
    (target.closest(".row") || target).scrollIntoView();
    if (target.tabIndex === -1) target.focus({ preventScroll: true });
  }

  // ------------------------------------------------------------ the words of a mark

  const tip = byId("tip");
  const words = new Map();
  for (const mark of document.querySelectorAll(".mark")) {
    const title = mark.querySelector("title");
    if (title) {
      words.set(mark, title.textContent);
      title.remove();
    }
  }

  let leaving = 0;
  let told = null;

  function tell(mark) {
    const text = words.get(mark);
    if (!text) return;
    clearTimeout(leaving);
    told = mark;
    tip.textContent = text;
    tip.hidden = false;
    mark.setAttribute("aria-describedby", "tip");
    const at = mark.getBoundingClientRect();
    const box = tip.getBoundingClientRect();
    const wide = document.documentElement.clientWidth;
    const left = Math.min(Math.max(8, at.left + at.width / 2 - box.width / 2), wide - box.width - 8);
    const above = at.top - box.height - 8;
    tip.style.left = `${left}px`;
    tip.style.top = `${above > 0 ? above : at.bottom + 8}px`;
  }

  function hush() {
    clearTimeout(leaving);
    tip.hidden = true;
  }

  // A pointer has time to move onto the words, and may stay there.
  function hushSoon() {
    clearTimeout(leaving);
    leaving = setTimeout(hush, 300);
  }

  const markOf = (event) => event.target.closest && event.target.closest(".mark");
  for (const name of ["focusin", "pointerover"]) {
    document.addEventListener(name, (event) => {
      const mark = markOf(event);
      if (mark) tell(mark);
    });
  }
  document.addEventListener("focusout", (event) => {
    if (markOf(event)) hush();
  });
  document.addEventListener("pointerout", (event) => {
    if (markOf(event)) hushSoon();
  });
  tip.addEventListener("pointerover", () => clearTimeout(leaving));
  tip.addEventListener("pointerout", hushSoon);
  // The quotation of a mark that has the focus follows it; any other goes.
  document.addEventListener("scroll", () => {
    const mark = document.activeElement && document.activeElement.closest(".mark");
    if (mark && !tip.hidden && told === mark) tell(mark);
    else hush();
  }, { passive: true });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hush();
    const mark = markOf(event);
    if (event.key === " " && mark) {
      event.preventDefault();
      mark.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
    }
  });
  document.addEventListener("click", (event) => {
    const mark = markOf(event);
    const to = mark && mark.getAttribute("href");
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    if (!to || to[0] !== "#") return;
    event.preventDefault();
    hush();
    if (location.hash === to) open();
    else location.hash = to;
  });
  addEventListener("hashchange", open);

  // ------------------------------------------------------------ controls

  for (const key of keys) {
    for (const [name, title] of data.choices[key]) {
      byId(`by-${key}`).append(new Option(title, name));
    }
    byId(`by-${key}`).addEventListener("change", choose);
  }
  byId("find").addEventListener("input", choose);
  byId("sort").addEventListener("change", choose);
  byId("save").addEventListener("click", save);
  byId("controls").hidden = false;
  byId("controls").addEventListener("submit", (event) => event.preventDefault());
  show(figures);
  open();
})();
