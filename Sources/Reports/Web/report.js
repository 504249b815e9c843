"use strict";
(() => {
  const root = document.documentElement;
  const filters = document.getElementById("filters");
  const count = document.getElementById("count");
  const entries = Array.from(document.querySelectorAll("[data-search]"));

  const values = (form, name) => form.getAll(name);

  const matches = (entry, form) => {
    const data = entry.dataset;
    const words = (form.get("text") || "").toLowerCase().split(/\s+/).filter(Boolean);
    if (!words.every((word) => data.search.includes(word))) return false;
    if (data.level !== undefined) {
      if (!values(form, "level").includes(data.level)) return false;
      if (data.accepted && !form.get("accepted")) return false;
      const check = form.get("check");
      if (check && data.check !== check) return false;
    }
    if (data.verdict !== undefined && !values(form, "verdict").includes(data.verdict)) return false;
    return true;
  };

  const apply = () => {
    const form = new FormData(filters);
    const shown = { findings: 0, "spawn sites": 0, functions: 0, checks: 0 };
    const present = new Set();
    for (const entry of entries) {
      const data = entry.dataset;
      const kind =
        data.level !== undefined ? "findings"
        : data.verdict !== undefined ? "spawn sites"
        : data.function !== undefined ? "functions"
        : "checks";
      present.add(kind);
      entry.hidden = !matches(entry, form);
      if (!entry.hidden) shown[kind] += 1;
    }
    const parts = Object.keys(shown).filter((kind) => present.has(kind)).map((kind) => `${shown[kind]} ${kind}`);
    count.textContent = `${parts.join(", ")} shown`;
  };

  // A link may lead into something folded or filtered away.
  const reveal = () => {
    let target = null;
    try {
      target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch {
      return;
    }
    if (!target) return;
    for (let element = target; element; element = element.parentElement) {
      if (element.tagName === "DETAILS") element.open = true;
      if (element.hidden) element.hidden = false;
    }
    const isTall = target.getBoundingClientRect().height > innerHeight / 2;
    target.scrollIntoView({ block: isTall ? "start" : "center" });
  };

  if (filters) {
    filters.hidden = false;
    filters.addEventListener("input", apply);
    filters.addEventListener("submit", (event) => event.preventDefault());
    apply();
  }
  const theme = document.getElementById("theme");
  if (theme) {
    theme.addEventListener("click", () => {
      const isDark = root.dataset.theme
        ? root.dataset.theme === "dark"
        : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = isDark ? "light" : "dark";
    });
  }
  addEventListener("hashchange", reveal);
  if (location.hash) reveal();
})();
