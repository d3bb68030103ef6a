"use strict";
(() => {
  const put = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  // --- the first page: drop and choose ---------------------------------------------------------------------

  const drop = document.querySelector("form.drop");
  if (drop) {
    const input = drop.querySelector("input[type=file]");
    const fault = drop.querySelector("[role=alert]");
    const limit = (name) => Number(drop.dataset[name]);
    let depth = 0;
    drop.classList.add("scripted");

    const problem = (files) => {
      if (files.length > limit("count")) return drop.dataset.many;
      const large = files.find((file) => file.size > limit("size"));
      if (large) return put(drop.dataset.large, { name: large.name });
      const total = files.reduce((sum, file) => sum + file.size, 0);
      return total > limit("total") ? drop.dataset.much : "";
    };
    const refuse = (message) => {
      fault.textContent = message;
      fault.hidden = message === "";
      return message !== "";
    };
    const send = () => {
      const files = [...input.files];
      if (files.length === 0 || refuse(problem(files))) return;
      drop.querySelector("[role=status]").textContent = drop.dataset.sending;
      drop.submit();
    };
    input.addEventListener("change", send);
    drop.addEventListener("submit", (event) => {
      if (input.files.length === 0) {
        event.preventDefault();
        input.click();
      } else if (refuse(problem([...input.files]))) event.preventDefault();
    });
    const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");
    addEventListener("dragenter", (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      depth += 1;
      drop.classList.add("over");
    });
    addEventListener("dragover", (event) => holdsFiles(event) && event.preventDefault());
    addEventListener("dragleave", () => {
      depth = Math.max(0, depth - 1);
      if (depth === 0) drop.classList.remove("over");
    });
    addEventListener("drop", (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      depth = 0;
      drop.classList.remove("over");
      const items = [...event.dataTransfer.items];
      if (items.some((item) => item.webkitGetAsEntry?.()?.isDirectory)) return void refuse(drop.dataset.folder);
      input.files = event.dataTransfer.files;
      send();
    });
    addEventListener("pageshow", () => {
      drop.querySelector("[role=status]").textContent = "";
    });
  }

  // --- many reports: progress and order --------------------------------------------------------------------

  const batch = document.querySelector(".batch");
  if (batch) {
    const body = batch.querySelector("tbody");
    const heads = [...batch.querySelectorAll("th")];
    const status = batch.querySelector("[role=status]");
    const bar = batch.querySelector("progress");
    let order = null;

    const sort = () => {
      if (!order) return;
      const value = (row) => row.cells[order.column].dataset.sort ?? "";
      const compare = (one, other) =>
        isNaN(value(one)) || isNaN(value(other))
          ? value(one).localeCompare(value(other), "zh", { numeric: true })
          : value(one) - value(other);
      body.append(...[...body.rows].sort((one, other) => order.sign * compare(one, other)));
    };
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const first = column === 0 ? 1 : -1; // the most first, but names from their beginning
        order = { column, sign: order?.column === column ? -order.sign : first };
        for (const other of heads) other.setAttribute("aria-sort", "none");
        head.setAttribute("aria-sort", order.sign === 1 ? "ascending" : "descending");
        sort();
      });
    });
    const refresh = async () => {
      try {
        const answer = await fetch(batch.dataset.rows, { headers: { accept: "application/json" } });
        if (!answer.ok) return void (status.textContent = await answer.text());
        const news = await answer.json();
        const focused = document.activeElement?.getAttribute("href");
        body.innerHTML = news.rows;
        if (focused && !document.activeElement?.href) body.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
        sort();
        bar.value = news.done;
        if (status.textContent !== news.progress) status.textContent = news.progress;
        if (batch.dataset.single && news.address !== location.pathname) return void location.replace(news.address);
        if (news.done < bar.max) setTimeout(refresh, 500);
        else batch.querySelector(".downloads").hidden = false;
      } catch {
        status.textContent = batch.dataset.stopped;
        setTimeout(refresh, 2000);
      }
    };
    if (bar.value < bar.max) setTimeout(refresh, 300);
  }

  // --- one report ------------------------------------------------------------------------------------------

  const single = document.querySelector(".single");
  if (!single) return;
  const words = single.dataset;
  const report = document.getElementById("report");
  const status = document.getElementById("status");
  const FOLD_FROM = 3;
  const TOLD_FOR = 8000; // milliseconds
  let telling = 0;

  function tell(text) {
    status.textContent = text;
    clearTimeout(telling);
    telling = setTimeout(() => (status.textContent = ""), TOLD_FOR);
  }

  // What is lit up: whole lines by a class, the exact words by a highlight, which leaves the text as it is.

  const offsetOf = (position) => position.split(":").map(Number);

  function range(place) {
    const [from, to] = place.split("-").map(offsetOf);
    const line = document.getElementById(`t1-${from[0]}`);
    if (!line) return null;
    const found = { line, range: document.createRange() };
    found.range.selectNodeContents(line);
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    let column = 1;
    let cell = null;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement.closest(".ref")) continue;
      const own = node.parentElement.closest("td");
      if (cell && own !== cell) column += 1; // the tab between two cells
      cell = own;
      let unit = 0;
      for (const character of node.data) {
        if (column === from[1]) found.range.setStart(node, unit);
        unit += character.length;
        column += 1;
        if (from[0] === to[0] && column === to[1]) found.range.setEnd(node, unit);
      }
    }
    return found;
  }

  function light(places, focus) {
    for (const line of report.querySelectorAll(".lit")) line.classList.remove("lit");
    const found = places.split(" ").map(range).filter(Boolean);
    for (const { line } of found) line.classList.add("lit");
    if (globalThis.Highlight) CSS.highlights.set("zhenggai", new Highlight(...found.map((one) => one.range)));
    tell(put(words.lit, { count: found.length }));
    const first = found[0]?.line;
    if (!first) return;
    first.scrollIntoView({ block: "center" });
    if (focus) {
      first.tabIndex = -1;
      first.focus({ preventScroll: true });
    }
  }

  // Findings of one rule: the first few, and the others when asked for.

  const ruleOf = (finding) => finding.querySelector(".rule code")?.textContent ?? "";
  const opened = new Set();

  function fold() {
    for (const button of report.querySelectorAll(".more")) button.remove();
    const groups = new Map();
    for (const finding of report.querySelectorAll(".finding")) {
      finding.classList.remove("folded");
      if (finding.hidden) continue;
      const key = ruleOf(finding) + finding.dataset.severity;
      groups.set(key, [...(groups.get(key) ?? []), finding]);
    }
    for (const [key, group] of groups) {
      if (group.length <= FOLD_FROM) continue;
      const rest = group.slice(1);
      if (!opened.has(key)) for (const finding of rest) finding.classList.add("folded");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "plain more";
      button.setAttribute("aria-expanded", String(opened.has(key)));
      button.textContent = opened.has(key) ? words.fewer : put(words.more, { count: rest.length });
      button.addEventListener("click", () => {
        opened.has(key) ? opened.delete(key) : opened.add(key);
        fold();
        group[0].querySelector(".more")?.focus();
      });
      group[0].append(button);
    }
  }

  function unfold() {
    const finding = document.getElementById(location.hash.slice(1));
    if (!finding?.classList.contains("folded")) return;
    opened.add(ruleOf(finding) + finding.dataset.severity);
    fold();
    finding.scrollIntoView({ block: "nearest" });
    finding.focus({ preventScroll: true });
  }

  // From finding to finding.

  function step(by) {
    const shown = [...report.querySelectorAll(".finding")].filter((one) => one.getClientRects().length > 0);
    if (shown.length === 0) return;
    const at = shown.findIndex((one) => one.classList.contains("current"));
    const to = shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(Math.max(at + by, 0), shown.length - 1)];
    for (const one of report.querySelectorAll(".current, .here")) one.classList.remove("current", "here");
    to.classList.add("current");
    const name = to.dataset.finding;
    const reference = document.getElementById("m" + name);
    for (const mark of report.querySelectorAll(`mark[data-findings~="${name}"]`)) mark.classList.add("here");
    if (editor?.open) pick(to.dataset.place);
    const list = to.closest(".findings");
    const beside = list.scrollHeight > list.clientHeight || getComputedStyle(list).position === "sticky";
    if (beside) {
      reference?.scrollIntoView({ block: "center" });
      const box = to.getBoundingClientRect();
      const frame = list.getBoundingClientRect();
      if (box.top < frame.top + 40 || box.bottom > frame.bottom) list.scrollTop += box.top - frame.top - 60;
    } else to.scrollIntoView({ block: "start" });
    to.focus({ preventScroll: true });
  }

  const keys = document.getElementById("keys");
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const target = event.target;
    if (target.closest("textarea, select, input:not([type=checkbox])")) return;
    const inList = target.closest(".findings") !== null;
    const by =
      (keys.checked && { j: 1, k: -1 }[event.key]) || (inList && { ArrowDown: 1, ArrowUp: -1 }[event.key]) || 0;
    if (!by) return;
    event.preventDefault();
    step(by);
  });
  for (const button of single.querySelectorAll("[data-step]")) {
    button.addEventListener("click", () => step(Number(button.dataset.step)));
  }

  // The words of a finding, in the text as it is edited.

  const editor = single.querySelector(".editor");
  const draft = document.getElementById("draft");

  function pick(place) {
    const lines = draft.value.split("\n");
    const unit = ([line, column]) =>
      lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) +
      [...(lines[line - 1] ?? "")].slice(0, column - 1).join("").length;
    const [from, to] = place.split("-").map(offsetOf).map(unit);
    const mirror = document.createElement("div"); // as high as what stands above
    mirror.className = "mirror";
    mirror.style.width = `${draft.clientWidth}px`;
    mirror.textContent = draft.value.slice(0, from);
    editor.append(mirror);
    draft.scrollTop = mirror.scrollHeight - draft.clientHeight / 2;
    mirror.remove();
    draft.setSelectionRange(from, to);
  }

  // What is asked for by clicking.

  function prepare() {
    for (const counted of report.querySelectorAll("span.counted[data-places]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "counted";
      button.title = words.light;
      button.dataset.places = counted.dataset.places;
      button.append(...counted.childNodes);
      counted.replaceWith(button);
    }
    for (const finding of draft ? report.querySelectorAll(".finding") : []) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "plain correct";
      button.textContent = words.correct;
      finding.querySelector(".head").append(button);
    }
    single.querySelector(".stepper").hidden = report.querySelector(".finding") === null;
    const list = report.querySelector(".findings > ol");
    if (list) list.tabIndex = 0;
    fold();
  }
  report.addEventListener("click", (event) => {
    const asked = event.target.closest("[data-places]");
    if (!asked) return;
    event.preventDefault();
    light(asked.dataset.places, true);
  });
  report.addEventListener("click", (event) => {
    if (!event.target.closest(".correct")) return;
    editor.open = true;
    draft.focus();
    pick(event.target.closest(".finding").dataset.place);
  });
  document.addEventListener("change", (event) => event.target.closest("form.filters") && fold());
  addEventListener("hashchange", unfold);
  prepare();
  unfold();

  // The text as it is edited: checked again when the keys rest, one request at a time, the newest wins.

  if (!draft) return;
  const form = document.getElementById("edit");
  let timer = 0;
  let busy = false;
  let again = false;

  async function check() {
    if (busy) return void (again = true);
    busy = true;
    tell(words.checking);
    try {
      const answer = await fetch(form.getAttribute("action"), {
        method: "POST",
        headers: { "content-type": "text/plain;charset=utf-8", accept: "application/json" },
        body: draft.value,
      });
      if (answer.ok) show(await answer.json());
      else tell(await answer.text());
    } catch {
      tell(words.stopped);
    }
    busy = false;
    if (again) {
      again = false;
      check();
    }
  }

  function show(news) {
    const chosen = single.querySelector("form.filters");
    const family = chosen?.querySelector("[data-filter-family]").value ?? "";
    const off = [...(chosen?.querySelectorAll("[data-filter-severity]:not(:checked)") ?? [])];
    history.replaceState(null, "", location.pathname);
    single.querySelector("h1").textContent = news.title;
    document.getElementById("badges").innerHTML = news.badges;
    document.getElementById("filters").innerHTML = news.filters;
    document.getElementById("outline").innerHTML = news.outline;
    document.getElementById("fixes").innerHTML = news.fixes;
    report.innerHTML = news.report;
    if (globalThis.Highlight) CSS.highlights.delete("zhenggai");
    const fresh = single.querySelector("form.filters");
    for (const box of off) {
      const own = fresh?.querySelector(`[data-filter-severity="${box.dataset.filterSeverity}"]`);
      if (own) own.checked = false;
    }
    const choice = fresh?.querySelector("[data-filter-family]");
    if (choice && [...choice.options].some((option) => option.value === family)) choice.value = family;
    document.dispatchEvent(new Event("report-shown"));
    prepare();
    tell(put(words.rechecked, { found: news.found }));
  }

  draft.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(check, 500);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    check();
  });
})();
