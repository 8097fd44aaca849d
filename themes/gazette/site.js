// The language switch keeps the reader's place: it goes to the same heading of the other language.
"use strict";
// A term of the parallel view lights up in both languages.
for (const [event, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
  document.addEventListener(event, (e) => {
    const term = e.target.closest?.(".pair .term");
    term?.closest(".pair").querySelectorAll(`[data-term="${term.dataset.term}"]`).forEach((t) => t.classList.toggle("lit", on));
  });
}
(() => {
  const link = document.querySelector("a[data-switch]");
  if (!link) return;
  const base = link.getAttribute("href").split("#")[0];
  const marks = Array.from(document.querySelectorAll("main [id]")).filter((e) => /^(H[1-6]|LI|TR|DIV|ASIDE)$/.test(e.tagName));
  const current = () => {
    const box = (e) => e.getBoundingClientRect();
    const target = location.hash.slice(1);
    const element = target && document.getElementById(target);
    if (element && box(element).bottom > 0 && box(element).top < innerHeight) return target;
    if (scrollY < 100) return "";
    // The first to begin below the bar and near the top, else the one that is being read.
    const bar = box(link).bottom;
    const begins = marks.find((e) => box(e).top >= bar && box(e).top < innerHeight / 3);
    const above = marks.filter((e) => box(e).top < bar);
    return (begins || above[above.length - 1] || { id: "" }).id;
  };
  const update = () => {
    const id = current();
    link.setAttribute("href", id && !/^(cite|note)-/.test(id) ? `${base}#${id}` : base);
  };
  for (const event of ["pointerdown", "focus", "click"]) link.addEventListener(event, update);
})();
