"use strict";
(() => {
  const ranks = { error: 3, warning: 2, info: 1 };

  function filter() {
    const form = document.querySelector("form.filters");
    if (!form) return;
    form.hidden = false;
    const findings = [...document.querySelectorAll("[data-finding]")];
    const marks = [...document.querySelectorAll("mark[data-findings]")];
    const severities = new Set(
      [...form.querySelectorAll("[data-filter-severity]:checked")].map((box) => box.dataset.filterSeverity),
    );
    const family = form.querySelector("[data-filter-family]").value;
    const shown = new Map();
    for (const finding of findings) {
      const { severity, family: own, finding: name } = finding.dataset;
      finding.hidden = !severities.has(severity) || (family !== "" && own !== family);
      if (!finding.hidden) shown.set(name, severity);
      const reference = document.getElementById("m" + name);
      if (reference) reference.hidden = finding.hidden;
    }
    for (const mark of marks) {
      const levels = mark.dataset.findings.split(" ").flatMap((name) => shown.get(name) ?? []);
      mark.className = levels.sort((one, other) => ranks[other] - ranks[one])[0] ?? "";
    }
    for (const list of document.querySelectorAll("ol.list")) {
      list.nextElementSibling.hidden = list.querySelector("[data-finding]:not([hidden])") !== null;
    }
    const output = form.querySelector("output");
    output.textContent = output.dataset.shown
      .replace("{shown}", String(shown.size))
      .replace("{all}", String(findings.length));
  }

  function unfold() {
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return;
    for (let node = target; node; node = node.parentElement) {
      if (node.localName === "details") node.open = true;
    }
    target.scrollIntoView({ block: target.localName === "details" ? "start" : "center" });
    if (target.tabIndex === -1) target.focus({ preventScroll: true });
  }

  document.addEventListener("change", (event) => event.target.closest("form.filters") && filter());
  document.addEventListener("submit", (event) => event.target.matches("form.filters") && event.preventDefault());
  document.addEventListener("report-shown", filter); // where a page puts another report in place
  filter();
  addEventListener("hashchange", unfold);
  unfold();

  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details.report:not([open])")];
    for (const report of folded) report.open = true;
  });
  addEventListener("afterprint", () => {
    for (const report of folded) report.open = false;
  });
})();
