// Pages read without it.
"use strict";
const all = (what, within = document) => [...within.querySelectorAll(what)];
const on = (events, use) => events.split(" ").forEach((event) => document.addEventListener(event, use));

// A phone’s bar shows the page’s own section.
const here = all("nav.site [aria-current]")[0]?.parentNode;
const bar = here?.parentNode;
if (bar && here.offsetLeft + here.offsetWidth > bar.clientWidth) bar.scrollLeft = here.previousElementSibling.offsetLeft - bar.offsetLeft;

// A term of the parallel view lights up in both languages.
on("mouseover mouseout focusin focusout", ({ target, type }) => {
  const term = target.closest?.(".pair .term");
  if (!term) return;
  const lit = /over|in$/.test(type);
  for (const same of all(`[data-term="${term.dataset.term}"]`, term.closest(".pair"))) same.classList.toggle("lit", lit);
});

// The language switch keeps the reader's place, and what the address asks for.
const link = document.querySelector("a[data-switch]");
if (link) {
  const base = link.getAttribute("href").split("#")[0];
  const marks = all("main [id]").filter((e) => /^(H[1-6]|LI|TR|DIV|ASIDE)$/.test(e.tagName));
  const box = (e) => e.getBoundingClientRect();
  const current = () => {
    const target = location.hash.slice(1);
    const element = target && document.getElementById(target);
    if (element && box(element).bottom > 0 && box(element).top < innerHeight) return target;
    if (scrollY < 100) return "";
    // The first to begin near the top, else the one that is being read.
    const bar = box(link).bottom;
    const begins = marks.find((e) => box(e).top >= bar && box(e).top < innerHeight / 3);
    return (begins || marks.findLast((e) => box(e).top < bar) || { id: "" }).id;
  };
  for (const event of ["pointerdown", "focus", "click"]) {
    link.addEventListener(event, () => {
      const id = current();
      link.href = base + location.search + (id && !/^(cite|note)-/.test(id) ? `#${id}` : "");
    });
  }
}

// A citation shows its note without leaving the line: pointed at, focused or tapped. It stays while the
// pointer or the focus is on it; Escape closes it (WCAG 1.4.13).
if (document.querySelector(".notes") && "popover" in HTMLElement.prototype) {
  const card = document.createElement("div");
  Object.assign(card, { id: "card", className: "card", popover: "manual", role: "note" });
  let shown, before, timer;
  const close = () => {
    clearTimeout(timer);
    shown?.removeAttribute("aria-describedby");
    shown = null;
    card.remove();
  };
  const show = (cite) => {
    clearTimeout(timer);
    const note = document.getElementById(`note-${cite.textContent}`);
    if (cite === shown || !note) return;
    close();
    card.replaceChildren(...note.cloneNode(true).childNodes);
    cite.parentNode.after(card);
    card.showPopover();
    const { left, top, bottom } = cite.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = card;
    const above = bottom + height > innerHeight && top > height;
    card.style.left = `${scrollX + Math.max(8, Math.min(left - 16, document.body.clientWidth - width - 8))}px`;
    card.style.top = `${scrollY + (above ? top - height : bottom)}px`;
    cite.setAttribute("aria-describedby", card.id);
    shown = cite;
  };
  const of = (node) => node?.closest?.(".cite a");
  const kept = (node) => node && (card.contains(node) || of(node) === shown);
  on("pointerover focusin", (e) => {
    if (kept(e.target)) clearTimeout(timer);
    else if (of(e.target) && e.pointerType !== "touch") show(of(e.target));
  });
  on("pointerout focusout", (e) => {
    if (!shown || !kept(e.target) || kept(e.relatedTarget) || e.pointerType === "touch") return;
    timer = setTimeout(close, e.type === "focusout" ? 0 : 300);
  });
  on("pointerdown", (e) => {
    before = shown;
    if (shown && !kept(e.target)) close();
  });
  on("click", (e) => {
    // The first tap shows, the second leads to the source.
    const cite = of(e.target);
    if (!cite || e.pointerType !== "touch" || before === cite) return;
    e.preventDefault();
    show(cite);
  });
  on("keydown", (e) => {
    if (e.key !== "Escape" || !shown) return;
    const [cite, inside] = [shown, card.contains(document.activeElement)];
    if (inside) cite.focus();
    close();
  });
}

// The button that copies an address comes to the block that is pointed at or focused.
const words = document.querySelector("[data-copy]")?.dataset.copy.split("|");
if (words && navigator.clipboard) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "copy" });
  on("pointerover focusin", ({ target }) => {
    const anchor = target.closest?.(".b")?.querySelector(".anchor");
    if (!anchor || anchor.nextSibling === button) return;
    button.textContent = words[0];
    anchor.after(button);
  });
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.previousSibling.href);
    const done = Object.assign(document.createElement("span"), { role: "status", textContent: words[1] });
    button.replaceChildren(done);
  });
}

// The timeline's filter, kept in the address. A row's key is place/year/wording/topics.
const form = document.querySelector("form[data-filter]");
if (form) {
  const path = (row) => row.querySelector("a").pathname;
  const table = all("tr[data-k]");
  const keys = Object.fromEntries(table.map((row) => {
    const [place, year, wording, topics] = row.dataset.k.split("/");
    return [path(row), { place: [place], year: [year], wording: [wording], topic: topics.split(",") }];
  }));
  const items = all(".rows li").map((row) => ({ row, home: row.parentNode, keys: keys[path(row)] }));
  const rows = [...items, ...table.map((row) => ({ row, keys: keys[path(row)] }))];
  const fields = all("select", form);
  const regroup = (by) => {
    for (const { row, home } of items) home.append(row);
    for (const group of all(".group.other")) group.remove();
    let last = all(".group").at(-1);
    for (const { value, text } of by ? form.elements[by].options : []) {
      const own = items.filter(({ keys }) => keys[by][0] === value);
      if (!own.length) continue;
      const group = last.cloneNode();
      const [head, list] = [document.createElement("h3"), own[0].home.cloneNode()];
      group.classList.add("other");
      head.textContent = text;
      list.append(...own.map(({ row }) => row));
      group.append(head, list);
      last.after(group);
      last = group;
    }
  };
  const apply = () => {
    const asked = fields.filter((field) => field.value);
    regroup(form.elements.group.value);
    for (const { row, keys } of rows) row.hidden = asked.some(({ name, value }) => keys[name] && !keys[name].includes(value));
    for (const part of all(".group, section.year")) part.hidden = !part.querySelector("li:not([hidden]), tr[data-k]:not([hidden])");
    form.querySelector("b").textContent = table.filter((row) => !row.hidden).length;
    const query = `?${new URLSearchParams(asked.map(({ name, value }) => [name, value]))}`;
    history.replaceState(null, "", (asked.length ? query : location.pathname) + location.hash);
    for (const step of all(".pager a")) step.search = asked.length ? query : "";
  };
  for (const [name, value] of new URLSearchParams(location.search)) {
    const field = fields.find((f) => f.name === name);
    if (!field) continue;
    field.value = value;
    // Another page of the list may have it.
    if (!field.value) field.add(new Option(value, value, false, true));
  }
  form.addEventListener("change", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  if (location.search) apply();
}
