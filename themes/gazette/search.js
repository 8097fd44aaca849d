// Search. It fetches a few small files of the index for each query, and holds what it finds against the
// text before it shows it. How the files are made: src/search/ of duizhao.
"use strict";
(() => {
  const form = document.querySelector("form[data-index]");
  if (!form) return;
  const list = document.querySelector(".results");
  const status = document.querySelector("[role=status]");
  const more = document.querySelector("button.more");
  const { lang, root, none, some, upto, short, failed, here } = form.dataset;
  const sets = [lang, "src"];
  const han = /[\u3005\u3007\u2E80-\u2FDF\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF\u{20000}-\u{3FFFF}]/u;
  const letter = /[\p{Alphabetic}\p{N}]/u;

  /* Files */
  const cache = new Map();
  const get = (path, as) => {
    if (!cache.has(path)) {
      cache.set(path, fetch(new URL(form.dataset.index + path, location.href)).then((answer) => {
        if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
        return answer[as]();
      }));
    }
    return cache.get(path);
  };
  const numbers = (text) => {
    let n = 0;
    return text ? text.split(" ").map((d) => (n += parseInt(d, 36))) : [];
  };
  const meta = async (set) => {
    const found = await get(`${set}/meta.json`, "json");
    if (typeof found.chunks === "string") found.chunks = numbers(found.chunks);
    return found;
  };
  const hash = (token) => new TextEncoder().encode(token)
    .reduce((h, byte) => Math.imul(h ^ byte, 0x01000193) >>> 0, 0x811c9dc5);
  /** The line of a token in its shard, or nothing. */
  const line = async (set, token) => {
    const { shards } = await meta(set);
    const text = `\n${await get(`${set}/s${hash(token) % shards}.txt`, "text")}`;
    const at = text.indexOf(`\n${token}\t`);
    return at < 0 ? "" : text.slice(at + token.length + 2, text.indexOf("\n", at + 1));
  };
  /** The number of the last entry of a sorted list that is not above n. */
  const below = (sorted, n) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] <= n) low = middle + 1; else high = middle;
    }
    return low - 1;
  };

  /* Words */
  /** The comparison form of a text, and for each of its characters where it stands in the text. */
  const fold = (text) => {
    let out = "";
    const map = [];
    let at = 0;
    let gap = false;
    for (const c of text) {
      let f = c.normalize("NFC");
      const code = c.codePointAt(0);
      if (code >= 0xff01 && code <= 0xff5e) f = String.fromCodePoint(code - 0xfee0);
      else if (/[\u2010-\u2015\u2212\u2500~\u301c\u3030\u223c]/.test(c)) f = "-";
      else if (/[“”„‟«»「」『』〝〞]/.test(c)) f = '"';
      else if (/[‘’‚‛]/.test(c)) f = "'";
      if (f === "~") f = "-";
      const blank = /[\s\ufeff\u200b\u2060\u00ad]/.test(c);
      if (blank) gap = true;
      else if (!(f === "-" && out.endsWith("-"))) {
        if (gap && letter.test(f) && !han.test(f) && out && letter.test(out.at(-1)) && !han.test(out.at(-1))) {
          out += " ";
          map.push(at);
        }
        gap = false;
        for (const small of f.toLowerCase()) {
          out += small;
          for (let i = 0; i < small.length; i += 1) map.push(at);
        }
      }
      at += c.length;
    }
    map.push(at);
    return { out, map };
  };
  const stem = (word) => (/[^s]s$/.test(word) && word.length > 3 ? word.slice(0, -1) : word);
  /** What the index knows a term by. */
  const tokens = (term) => {
    const out = new Set();
    let [last, word] = ["", ""];
    const flush = () => {
      if (word) out.add(stem(word));
      word = "";
    };
    for (const c of fold(term).out) {
      const chinese = han.test(c);
      const part = chinese || letter.test(c);
      if (part && last && (chinese || han.test(last))) out.add(last + c);
      last = part ? c : "";
      if (part && !chinese) word += c; else flush();
    }
    flush();
    return [...out];
  };
  /** Where a term stands in a text: from and to. */
  const places = (text, term) => {
    const { out, map } = fold(text);
    const words = fold(term).out;
    const found = [];
    if (han.test(words)) {
      for (let at = out.indexOf(words); at >= 0; at = out.indexOf(words, at + words.length)) {
        found.push([map[at], map[at + words.length - 1] + 1]);
      }
      return found;
    }
    const wanted = words.split(/[^\p{Alphabetic}\p{N}]+/u).filter(Boolean).map(stem);
    for (const match of out.matchAll(/[\p{Alphabetic}\p{N}]+/gu)) {
      // A run of letters and Han characters is cut where the scripts meet.
      for (const part of match[0].matchAll(new RegExp(`(?:(?!${han.source})[^])+`, "gu"))) {
        if (wanted.includes(stem(part[0]))) {
          const at = match.index + part.index;
          found.push([map[at], map[at + part[0].length - 1] + 1]);
        }
      }
    }
    return found;
  };

  /* Looking up */
  const both = (a, b) => {
    const other = new Set(b);
    return a.filter((n) => other.has(n));
  };
  /** Segments of a set that may hold a term. */
  const segments = async (set, term) => {
    const known = tokens(term);
    if (!known.length) return [];
    const lists = await Promise.all(known.map(async (token) => numbers(await line(set, token))));
    lists.sort((a, b) => a.length - b.length);
    return lists.reduce(both);
  };
  /** The query itself, and what it is called in the other language. */
  const ways = async (query) => {
    const terms = query.split(/\s+/).filter(Boolean);
    const translate = async (term) => {
      const found = await line(lang, `=${fold(term).out}`);
      return found ? found.split("|") : [];
    };
    const out = [terms];
    for (const words of await translate(query)) out.push([words]);
    if (terms.length > 1) {
      const each = await Promise.all(terms.map(translate));
      if (each.some((t) => t.length)) out.push(terms.map((term, i) => each[i][0] ?? term));
    }
    // A term of several Latin words is looked for word by word.
    return out.map((way) => way.flatMap((term) => (han.test(term) ? [term] : term.split(/\s+/))).filter((t) => tokens(t).length));
  };
  /** Pages of a set that may answer a query: number of the page, and for each way the segments of its terms. */
  const candidates = async (set, query, filter) => {
    const { kinds } = await meta(set);
    const range = filter.kind ? kinds[filter.kind] : [0, Infinity];
    if (!range) return [];
    const starts = numbers(await get(`${set}/pages.txt`, "text"));
    let allowed = null;
    for (const key of [filter.place && `@p:${filter.place}`, filter.topic && `@t:${filter.topic}`].filter(Boolean)) {
      const pages = numbers(await line(set, key));
      allowed = allowed ? both(allowed, pages) : pages;
    }
    allowed = allowed && new Set(allowed);
    const found = new Map();
    for (const terms of await ways(query)) {
      if (!terms.length) continue;
      const lists = await Promise.all(terms.map((term) => segments(set, term)));
      const byPage = lists.map((all) => {
        const pages = new Map();
        for (const s of all) {
          if (s < range[0] || s >= range[1]) continue;
          const page = below(starts, s);
          if (allowed && !allowed.has(page)) continue;
          if (!pages.has(page)) pages.set(page, []);
          pages.get(page).push(s);
        }
        return pages;
      });
      for (const [page] of byPage[0]) {
        if (!byPage.every((pages) => pages.has(page))) continue;
        if (!found.has(page)) found.set(page, []);
        found.get(page).push({ terms, segments: byPage.map((pages) => pages.get(page)) });
      }
    }
    return [...found].sort((a, b) => a[0] - b[0]).map(([page, answers]) => ({ set, page, answers }));
  };
  /** A segment with its page. */
  const segment = async (set, number) => {
    const { chunks } = await meta(set);
    const chunk = below(chunks, number);
    let n = chunks[chunk];
    for (const [url, title, kind, texts] of await get(`${set}/t${chunk}.json`, "json")) {
      if (number < n + texts.length) {
        const [anchor, text] = texts[number - n];
        return { url, title, kind, anchor, text };
      }
      n += texts.length;
    }
    return null;
  };
  /** What of a page answers the query, held against its text; nothing if nothing does. */
  const answer = async ({ set, answers }) => {
    for (const { terms, segments: lists } of answers) {
      const shown = new Map();
      let whole = true;
      for (let i = 0; i < terms.length && whole; i += 1) {
        let held = 0;
        for (const number of lists[i]) {
          const found = await segment(set, number);
          if (found && places(found.text, terms[i]).length) {
            held += 1;
            if (shown.size < 3) shown.set(number, found);
            if (held >= 3) break;
          }
        }
        whole = held > 0;
      }
      if (whole && shown.size) {
        const first = shown.values().next().value;
        return { page: first, terms, passages: [...shown.values()] };
      }
    }
    return null;
  };

  /* Showing */
  const make = (name, props, ...inside) => {
    const element = Object.assign(document.createElement(name), props);
    element.append(...inside);
    return element;
  };
  const address = ({ url, anchor }) => `${root}${lang}/${url}${anchor ? `#${anchor}` : ""}`;
  const tongue = (text) => {
    const chinese = [...text].filter((c) => han.test(c)).length;
    return chinese * 3 > text.length ? "zh-Hans" : "en";
  };
  const snippet = (text, terms) => {
    const marks = terms.flatMap((term) => places(text, term)).sort((a, b) => a[0] - b[0]);
    const from = Math.max(0, (marks[0]?.[0] ?? 0) - 50);
    const to = Math.min(text.length, from + (tongue(text) === "en" ? 260 : 120));
    const out = make("p", { lang: tongue(text.slice(from, to)) }, from > 0 ? "…" : "");
    let at = from;
    for (const [start, end] of marks) {
      if (start < at || end > to) continue;
      out.append(text.slice(at, start), make("mark", {}, text.slice(start, end)));
      at = end;
    }
    out.append(text.slice(at, to), to < text.length ? "…" : "");
    return out;
  };
  const kindName = (kind) => form.kind.querySelector(`[value=${kind}]`)?.textContent ?? "";
  const show = ({ page, terms, passages }) => {
    const item = make("li", {}, make("p", { className: "kicker" }, kindName(page.kind)));
    item.append(make("a", { className: "title", href: address(passages[0]), lang: tongue(page.title) }, page.title));
    for (const passage of passages) {
      const text = snippet(passage.text, terms);
      if (passages.length > 1 || page.kind === "source") {
        const block = /^L\d/.test(passage.anchor);
        text.append(" ", make("a", { className: "at", href: address(passage), lang, ariaLabel: block ? null : here }, block ? passage.anchor : "→"));
      }
      item.append(text);
    }
    list.append(item);
  };

  let run = 0;
  let rest = [];
  const next = async (mine) => {
    more.hidden = true;
    list.ariaBusy = "true";
    const ready = [];
    // On a large site many pages may have the parts of a query and none the whole: no more are fetched unasked.
    for (let left = 60; rest.length && ready.length < 10 && left > 0; left -= 5) {
      // A few at a time, so that waiting for one file does not hold up the others.
      const found = await Promise.all(rest.splice(0, 5).map(answer));
      if (mine !== run) return;
      ready.push(...found.filter(Boolean));
    }
    // What bears the name comes before what mentions it.
    const query = fold(form.q.value.trim()).out;
    const distance = ({ page }) => {
      const title = fold(page.title).out;
      return title === query ? 0 : title.includes(query) ? 1 : 2;
    };
    ready.sort((a, b) => distance(a) - distance(b)).forEach(show);
    more.hidden = !rest.length;
    list.ariaBusy = "false";
    const shown = list.children.length;
    if (!rest.length) status.textContent = shown ? some.replace("{n}", shown) : none;
  };
  const search = async () => {
    run += 1;
    const mine = run;
    const query = form.q.value.trim();
    const filter = { kind: form.kind.value, place: form.place.value, topic: form.topic.value };
    const wanted = new URLSearchParams({ q: query });
    for (const [key, value] of Object.entries(filter)) if (value) wanted.set(key, value);
    history.replaceState(null, "", query ? `?${wanted}` : location.pathname);
    list.replaceChildren();
    list.ariaBusy = "true";
    more.hidden = true;
    status.textContent = "";
    rest = [];
    if (!query) {
      list.ariaBusy = "false";
      return;
    }
    if (!query.split(/\s+/).some((term) => tokens(term).length)) {
      status.textContent = short;
      list.ariaBusy = "false";
      return;
    }
    try {
      const found = (await Promise.all(sets.map((set) => candidates(set, query, filter)))).flat();
      if (mine !== run) return;
      rest = found;
      const exact = tokens(query).length < 2;
      status.textContent = found.length ? (exact ? some : upto).replace("{n}", found.length) : none;
      await next(mine);
    } catch (error) {
      if (mine === run) status.textContent = `${failed} ${error.message}`;
    }
  };
  const asked = new URLSearchParams(location.search);
  for (const key of ["q", "kind", "place", "topic"]) {
    form.elements[key].value = asked.get(key) ?? "";
    if (form.elements[key].value !== (asked.get(key) ?? "")) form.elements[key].value = "";
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  form.addEventListener("change", search);
  more.addEventListener("click", () => next(run));
  search();
})();
