// Keeps an open page in step with its files. Put into pages by the preview alone.
//
// The preview tells how things stand (server-sent events). The page reloads if its own version is another, and
// then stands where it stood; styles are exchanged without a reload; problems are shown until they are mended.

(() => {
  "use strict";
  const script = document.currentScript;
  const own = script.dataset;
  const place = `duizhao-place ${location.pathname}`;
  let style = own.style;
  let marks = {};
  let events = null;
  let leaving = false;
  const at = (id) => document.getElementById(id);

  // Where the reader is: the last element with an address above the window's top edge, and how far that is, so
  // that what changes above it does not move it; the plain distance if that element is gone.
  function standing() {
    let found = null;
    for (const e of document.querySelectorAll("main [id]")) {
      const { top } = e.getBoundingClientRect();
      if (top > 1) break;
      if (e.checkVisibility?.() !== false) found = { id: e.id, top };
    }
    return { ...found, x: scrollX, y: scrollY };
  }

  function reload() {
    if (leaving) return;
    leaving = true;
    try {
      sessionStorage.setItem(place, JSON.stringify(standing()));
      history.scrollRestoration = "manual";
    } catch {
      // Without storage the browser does what it can.
    }
    location.reload();
  }

  function stand() {
    let kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(place));
      sessionStorage.removeItem(place);
    } catch {
      // Nothing was kept.
    }
    if (!kept) return;
    const back = () => {
      const e = kept.id && at(kept.id);
      const top = e ? scrollY + e.getBoundingClientRect().top - kept.top : kept.y;
      scrollTo({ left: kept.x, top, behavior: "instant" });
    };
    back();
    addEventListener("load", () => {
      back();
      history.scrollRestoration = "auto";
    });
  }

  // The old style goes when the new one has come, so that the page is never without.
  function exchange(version) {
    for (const old of document.querySelectorAll("link[rel=stylesheet]")) {
      const address = new URL(old.href);
      if (address.origin !== location.origin || address.pathname.startsWith("/.duizhao/") || old.dataset.leaving) continue;
      address.searchParams.set("v", version);
      const fresh = old.cloneNode();
      fresh.href = address.href;
      old.dataset.leaving = "true";
      const done = () => old.remove();
      fresh.addEventListener("load", done);
      fresh.addEventListener("error", done);
      old.after(fresh);
    }
    style = version;
  }

  // The words are escaped where they are made; what a template holds would run no script besides.
  function fill(element, html) {
    const parsed = document.createElement("template");
    parsed.innerHTML = html;
    if (!element || element.innerHTML === parsed.innerHTML) return false;
    element.replaceChildren(parsed.content);
    return true;
  }

  function show(state) {
    if (state.version !== own.version) {
      reload();
      return;
    }
    if (state.style !== style) exchange(state.style);
    const overlay = at("duizhao-overlay");
    if (fill(at("duizhao-errors"), state.errors) && overlay) overlay.hidden = state.errors === "";
    const notes = at("duizhao-notes");
    if (notes) {
      notes.hidden = state.notes === "";
      fill(notes.querySelector("div"), state.notes);
      notes.querySelector("summary").textContent = state.summary;
    }
  }

  function mark() {
    document.querySelectorAll(".duizhao-mark[data-link]").forEach((e) => e.remove());
    for (const link of document.links) {
      if (!(link instanceof HTMLAnchorElement) || link.origin !== location.origin) continue;
      const kind = marks[link.pathname.slice(1)];
      if (!kind || !link.textContent.trim()) continue;
      const e = document.createElement("span");
      e.className = "duizhao-mark";
      e.dataset.mark = kind;
      e.dataset.link = "";
      e.textContent = own[kind].split(/[,，]/)[0];
      link.append(" ", e);
    }
  }

  function listen() {
    if (events || leaving) return;
    events = new EventSource(`/.duizhao/events?page=${encodeURIComponent(own.page)}`);
    events.addEventListener("state", (event) => {
      show(JSON.parse(event.data));
      performance.mark("duizhao-told");
    });
    events.addEventListener("marks", (event) => {
      marks = JSON.parse(event.data);
      mark();
    });
    events.addEventListener("open", () => say(""));
    events.addEventListener("error", () => say(own.stopped));
  }

  function say(words) {
    const status = at("duizhao-status");
    if (status && status.textContent !== words) status.textContent = words;
  }

  function stop() {
    events?.close();
    events = null;
  }

  function close() {
    const overlay = at("duizhao-overlay");
    if (overlay) overlay.hidden = true;
  }

  stand();
  at("duizhao-close")?.addEventListener("click", close);
  at("duizhao-overlay")?.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  // A browser keeps few connections to one host: a page that nobody sees needs none, and asks when it is seen again.
  const seen = () => (document.hidden ? stop() : listen());
  document.addEventListener("visibilitychange", seen);
  addEventListener("pagehide", stop);
  addEventListener("pageshow", seen);
  seen();
})();
