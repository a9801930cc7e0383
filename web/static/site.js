// Comfort on top of pages that work without it: suggestions, keys, a tidy address, the phone's filters, steps between matches.
"use strict";
(() => {
  const $ = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const kept = {
    get: (key) => { try { return localStorage.getItem(key); } catch { return null; } },
    set: (key, value) => { try { localStorage.setItem(key, value); } catch { /* private windows may refuse */ } },
  };
  const form = $("#search"), box = $("#q");

  // A form that has no dates and no advanced fields needs no tidying by the server.
  if (form) {
    form.addEventListener("submit", () => {
      const fields = [...form.elements].filter((one) => one.name && !one.disabled);
      const composed = ["moi", "cum", "bat", "khong", "tieude", "tu", "den"];
      const plain = !fields.some((one) => composed.includes(one.name) && one.value.trim());
      const off = fields.filter((one) => (one.name === "gui" ? plain : !one.value.trim()));
      off.forEach((one) => { one.disabled = true; });
      setTimeout(() => off.forEach((one) => { one.disabled = false; }));
    });
  }

  // Filters applied as soon as they are ticked, for those who ask for it.
  const atOnce = $("#at-once");
  if (atOnce && form) {
    const choice = atOnce.querySelector("input");
    atOnce.classList.remove("waiting");
    choice.checked = kept.get("at-once") === "1";
    choice.addEventListener("change", () => kept.set("at-once", choice.checked ? "1" : "0"));
    $("#filters").addEventListener("change", (event) => {
      if (choice.checked && event.target.form === form && /checkbox|radio/.test(event.target.type)) form.requestSubmit();
    });
  }

  // The phone's panel of filters: focus goes in, Escape closes and gives it back.
  const opener = $("#open-filters"), panel = $("#filters");
  if (opener && panel) {
    const narrow = matchMedia("(max-width: 59.99rem)");
    const opened = () => location.hash === "#filters" && narrow.matches;
    const shown = () => {
      opener.setAttribute("aria-expanded", String(opened()));
      if (opened()) panel.focus();
    };
    const close = () => { history.replaceState(null, "", location.pathname + location.search); location.hash = "results"; opener.focus(); };
    opener.setAttribute("aria-controls", "filters");
    opener.addEventListener("keydown", (event) => { if (event.key === " ") { event.preventDefault(); opener.click(); } });
    $("#close-filters").addEventListener("click", (event) => { event.preventDefault(); close(); });
    addEventListener("hashchange", shown);
    addEventListener("keydown", (event) => { if (event.key === "Escape" && opened()) close(); });
    shown();
  }

  // Suggestions: an ARIA combobox that never alters what was typed.
  if (box && box.dataset.suggest) {
    const list = document.createElement("ul");
    const told = document.createElement("span");
    let at = -1, wait = 0, asking = null;
    Object.assign(list, { id: "suggestions", className: "suggestions", hidden: true });
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", box.dataset.list);
    told.className = "unseen";
    told.setAttribute("aria-live", "polite");
    box.after(list, told);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", "suggestions"]]) box.setAttribute(name, value);
    const select = (n) => {
      at = n;
      [...list.children].forEach((one, i) => one.setAttribute("aria-selected", String(i === n)));
      if (n < 0) box.removeAttribute("aria-activedescendant");
      else box.setAttribute("aria-activedescendant", list.children[n].id);
    };
    const hide = () => { list.hidden = true; box.setAttribute("aria-expanded", "false"); select(-1); };
    const take = (n) => { box.value = list.children[n].dataset.text; hide(); form.requestSubmit(); };
    const show = (found) => {
      list.replaceChildren(...found.slice(0, 8).map((one, i) => {
        const item = document.createElement("li");
        item.id = "suggestion-" + i;
        item.textContent = item.dataset.text = one.text;
        item.lang = "vi";
        item.setAttribute("role", "option");
        item.addEventListener("mousedown", (event) => { event.preventDefault(); take(i); });
        return item;
      }));
      list.hidden = !found.length;
      box.setAttribute("aria-expanded", String(found.length > 0));
      told.textContent = found.length ? box.dataset.count.replace("{n}", Math.min(found.length, 8)) : "";
      select(-1);
    };
    const ask = async () => {
      if (asking) asking.abort();
      const text = box.value.trim();
      if (text.length < 2) return hide();
      asking = new AbortController();
      try {
        const url = new URL(box.dataset.suggest, location);
        url.searchParams.set("q", text);
        const answer = await fetch(url, { signal: asking.signal });
        if (answer.ok && document.activeElement === box && text === box.value.trim()) show((await answer.json()).suggestions);
      } catch { /* a newer question, or no network: no suggestions */ }
    };
    box.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(ask, 120); });
    box.addEventListener("blur", hide);
    box.addEventListener("keydown", (event) => {
      const count = list.children.length;
      if (event.key === "Escape" && !list.hidden) { event.preventDefault(); hide(); return; }
      if (event.key === "ArrowDown" && list.hidden) { ask(); return; }
      if (list.hidden || !count) return;
      if (event.key === "ArrowDown") { event.preventDefault(); select(at + 1 < count ? at + 1 : -1); }
      if (event.key === "ArrowUp") { event.preventDefault(); select(at < 0 ? count - 1 : at - 1); }
      if (event.key === "Enter" && at >= 0) { event.preventDefault(); take(at); }
    });
  }

  // Values of a long list, narrowed while typing, whatever the accents.
  const narrowing = $("#loc");
  if (narrowing) {
    const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
    narrowing.addEventListener("input", () => {
      const wanted = plain(narrowing.value.trim());
      all(".values > li").forEach((one) => { one.hidden = !one.querySelector(":checked") && !plain(one.textContent).includes(wanted); });
    });
  }

  // Steps between the matches of an article.
  const steps = $(".steps"), marks = () => all("mark[id]");
  let now = -1;
  const step = (by) => {
    const found = marks();
    if (!found.length) return;
    now = now < 0 && by < 0 ? found.length - 1 : (now + by + found.length) % found.length;
    found.forEach((one, i) => one.classList.toggle("now", i === now));
    found[now].scrollIntoView({ block: "center" });
    steps.querySelector(".at").textContent = `${now + 1}/`;
  };
  if (steps) steps.querySelectorAll("button").forEach((button) => { button.classList.remove("waiting"); button.addEventListener("click", () => step(Number(button.dataset.step))); });

  // Keys, off in fields and for those who turned them off.
  const keys = $("#keys"), on = $("#keys-on");
  const hint = $(".keys-hint");
  hint.classList.remove("waiting");
  hint.querySelector("button").addEventListener("click", () => keys.showModal());
  keys.querySelector("[data-close]").addEventListener("click", () => keys.close());
  on.checked = kept.get("keys") !== "0";
  on.addEventListener("change", () => kept.set("keys", on.checked ? "1" : "0"));
  const hop = (by) => {
    const links = all(".hit h3 a");
    const at = links.indexOf(document.activeElement);
    const next = links[at < 0 ? (by > 0 ? 0 : links.length - 1) : at + by];
    if (next) next.focus();
    const turn = $(by > 0 ? ".turns [rel=next]" : ".turns [rel=prev]");
    if (!links.length && turn) turn.click();
  };
  addEventListener("keydown", (event) => {
    if (!on.checked || event.ctrlKey || event.metaKey || event.altKey || keys.open) return;
    if (event.target.closest("input:not([type=checkbox]):not([type=radio]), select, textarea, [contenteditable]")) return;
    const act = { "/": () => box && (box.focus(), box.setSelectionRange(box.value.length, box.value.length)), j: () => hop(1), k: () => hop(-1), n: () => step(1), p: () => step(-1), "?": () => keys.showModal() }[event.key];
    if (act) { event.preventDefault(); act(); }
  });

  // The newest years of a table that is wider than the screen.
  const table = $(".coverage .scroll");
  if (table) table.scrollLeft = table.scrollWidth;
})();
