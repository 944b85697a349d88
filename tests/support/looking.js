// What the tests of the page look for in a browser. Each function gives plain values.
(() => {
  const all = (what, root = document) => [...root.querySelectorAll(what)];
  const drawings = () => all("svg").filter((svg) => !svg.parentElement.closest("svg") && shown(svg));
  const shown = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest("defs");
  const say = (one) => `${one.tagName} ${one.getAttribute("class") || ""} `
    + (one.getAttribute("aria-label") || one.textContent).slice(0, 60);
  const meet = (one, other, by = 0.5) => one.left < other.right - by && other.left < one.right - by
    && one.top < other.bottom - by && other.top < one.bottom - by;

  // ---------------------------------------------------------------- colours

  const SHAPES = "rect, circle, path, line";

  function colour(text) {
    const [red, green, blue, alpha = 1] = text.match(/[\d.]+/g).map(Number);
    return [red, green, blue, alpha];
  }

  function over(front, back) {
    return [0, 1, 2].map((at) => front[at] * front[3] + back[at] * (1 - front[3])).concat(1);
  }

  function luminance(one) {
    const [red, green, blue] = one.slice(0, 3).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  function contrast(one, other) {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  }

  // The colour of a shape at a place, in the coordinates of the shape; null where it paints nothing.
  function painted(shape, at, outline) {
    const style = getComputedStyle(shape);
    if (outline && style.stroke !== "none" && shape.isPointInStroke(at)) return colour(style.stroke);
    return style.fill !== "none" && shape.isPointInFill(at) ? filled(shape, style, at) : null;
  }

  function filled(shape, style, at) {
    const named = /#([\w-]+)/.exec(style.fill);
    if (!named || !style.fill.startsWith("url")) return colour(style.fill);
    // A shade from top to bottom, or from bottom to top, of the box of the shape.
    const shade = document.getElementById(named[1]);
    const box = shape.getBBox();
    const down = (at.y - box.y) / box.height;
    const part = Number(shade.getAttribute("y1")) ? 1 - down : down;
    const [first, last] = all("stop", shade).map((stop) => getComputedStyle(stop));
    const alpha = first.stopOpacity * (1 - part) + last.stopOpacity * part;
    return [...colour(first.stopColor).slice(0, 3), alpha];
  }

  function paper(one) {
    for (let at = one; at; at = at.parentElement) {
      const found = colour(getComputedStyle(at).backgroundColor);
      if (found[3] === 1) return found;
    }
    return colour(getComputedStyle(document.documentElement).backgroundColor).slice(0, 3).concat(1);
  }

  // What is behind a text or a mark at a place on the screen. A mark stands on areas: paper, columns,
  // the shades of others. It may cross lines of its own colour; a text may not.
  function behind(one, drawing, at) {
    const isText = one.tagName === "text";
    let found = paper(drawing);
    for (const shape of all(isText ? `${SHAPES}, text` : "rect, text", drawing)) {
      if (shape === one) break;
      if (shape.tagName === "text" || !shown(shape) || isOwnShade(shape, one)) continue;
      const here = at.matrixTransform(shape.getScreenCTM().inverse());
      const paint = painted(shape, here, isText);
      if (paint) found = over(paint, found);
    }
    return found;
  }

  const isOwnShade = (shape, one) => shape.parentElement === one.parentElement
    && (shape.getAttribute("fill") || "").startsWith("url");

  function placesOfText(text) {
    const box = text.getBoundingClientRect();
    const parts = [0.04, 0.2, 0.35, 0.5, 0.65, 0.8, 0.96];
    return parts.flatMap((x) => [0.25, 0.5, 0.75].map((y) => new DOMPoint(
      box.left + x * box.width, box.top + y * box.height)));
  }

  function placesOfShape(shape, stroked) {
    const matrix = shape.getScreenCTM();
    const box = shape.getBBox();
    if (!stroked) {
      return [new DOMPoint(box.x + box.width / 2, box.y + box.height / 2).matrixTransform(matrix)];
    }
    const length = shape.getTotalLength();
    return [0.02, 0.2, 0.4, 0.6, 0.8, 0.98].map((part) => {
      const { x, y } = shape.getPointAtLength(part * length);
      return new DOMPoint(x, y).matrixTransform(matrix);
    });
  }

  // Rulings and thin lines to labels are no marks, nor are shades and what a finger meets.
  const isMark = (shape) => !shape.matches(".grid, .leader, .hit, .chip")
    && !(shape.getAttribute("fill") || "").startsWith("url");

  function contrasts() {
    const found = [];
    for (const drawing of drawings()) {
      for (const one of all(`${SHAPES}, text`, drawing).filter(shown)) {
        const style = getComputedStyle(one);
        const isText = one.tagName === "text";
        if (!isText && !isMark(one)) continue;
        // An outline carries a mark that has one.
        const stroked = !isText && style.stroke !== "none";
        const own = colour(stroked ? style.stroke : style.fill);
        const places = isText ? placesOfText(one) : placesOfShape(one, stroked);
        const least = Math.min(...places.map((at) => contrast(own, behind(one, drawing, at))));
        found.push({ what: say(one), text: isText, colour: own.slice(0, 3), ratio: least });
      }
    }
    return found;
  }

  // The colours that a reader chose for everything, where colours are forced.
  function system() {
    const probe = document.body.appendChild(document.createElement("span"));
    const found = ["CanvasText", "LinkText", "Highlight", "GrayText", "Mark", "MarkText"]
      .map((name) => {
        probe.style.color = name;
        return colour(getComputedStyle(probe).color).slice(0, 3);
      });
    probe.remove();
    return found;
  }

  // ---------------------------------------------------------------- boxes

  // Texts of one drawing that lie on one another, and labels that a finger could confuse.
  function overlaps() {
    const found = [];
    for (const drawing of drawings()) {
      for (const what of ["text", ".time .mark .hit"]) {
        const boxes = all(what, drawing).filter(shown)
          .map((one) => [one, one.getBoundingClientRect()]);
        boxes.forEach(([one, box], at) => {
          for (const [other, its] of boxes.slice(at + 1)) {
            if (meet(box, its)) found.push(`${what}: ${say(one)} | ${say(other)}`);
          }
        });
      }
    }
    return found;
  }

  // Texts that are cut off: outside the window, or outside a part that hides what goes beyond it.
  function cut() {
    const found = [];
    const wide = document.documentElement.clientWidth;
    for (const drawing of drawings()) {
      for (const text of all("text", drawing).filter(shown)) {
        const box = text.getBoundingClientRect();
        const frame = drawing.closest(".on-axis")?.getBoundingClientRect();
        const [left, right] = frame ? [frame.left, frame.right] : [0, wide];
        if (box.left < left - 0.5 || box.right > right + 0.5) found.push(say(text));
      }
    }
    return found;
  }

  // Whatever is wider than its place, so that one has to scroll sideways.
  function sideways() {
    const scrolls = (one) => ["auto", "scroll"].includes(getComputedStyle(one).overflowX)
      && !one.matches("input, select");
    return all("html, body *").filter((one) => shown(one) && one.clientWidth > 0
      && (one === document.documentElement || scrolls(one))
      && one.scrollWidth > one.clientWidth + 1).map(say);
  }

  // ---------------------------------------------------------------- what fingers and keys meet

  const inline = (one) => getComputedStyle(one).display === "inline"
    && one.parentElement.textContent.trim() !== one.textContent.trim();

  // Targets under 24 by 24 pixels. A link in a sentence may be as small as the sentence is.
  function small() {
    const found = [];
    for (const one of all("a, summary, button, input, select").filter(shown)) {
      if (!one.closest("svg") && one.tagName === "A" && inline(one)) continue;
      const boxes = one.closest("svg") ? all(".hit", one) : [one];
      const large = boxes.map((box) => box.getBoundingClientRect())
        .some((box) => box.width >= 23.99 && box.height >= 23.99);
      if (!large) found.push(say(one));
    }
    return found;
  }

  const tip = () => document.getElementById("tip");

  // From now on, every element that has the focus is remembered, with the words that then appear.
  function watch() {
    window.visited = new Map();
    document.addEventListener("focusin", (event) => {
      window.visited.set(event.target, tip().hidden ? null : tip().textContent);
    });
  }

  // The marks that can be seen: their names, where they lead, and the words that the focus showed.
  function visited() {
    return all(".mark").filter((mark) => mark.tagName !== "svg" && shown(mark)).map((mark) => ({
      name: mark.getAttribute("aria-label") || "",
      to: mark.getAttribute("href"),
      kind: mark.getAttribute("class"),
      reached: window.visited.has(mark),
      words: window.visited.get(mark) ?? null,
    }));
  }

  return { contrasts, system, overlaps, cut, sideways, small, watch, visited };
})()
