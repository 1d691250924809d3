// SPDX-FileCopyrightText: 2026 Opstap contributors
// SPDX-License-Identifier: EUPL-1.2
// A form whose answer may take a while says so, and can't be sent twice. Without this script it works all the same.
document.addEventListener("submit", (event) => {
  const button = event.target.querySelector("button[data-busy]");
  if (!button || event.defaultPrevented) return;
  const told = document.createElement("p");
  told.className = "meta";
  told.setAttribute("role", "status");
  told.textContent = button.dataset.busy;
  button.closest(".button-row").after(told);
  window.setTimeout(() => { button.disabled = true; }, 0);
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("button[data-busy]").forEach((button) => { button.disabled = false; });
});

// A filter that could not be answered leaves the old figures on the page: say so.
["htmx:responseError", "htmx:sendError"].forEach((name) => document.addEventListener(name, () => {
  if (document.querySelector("[data-failure]")) return;
  const told = document.createElement("p");
  told.className = "notice notice--error";
  told.dataset.failure = "";
  told.setAttribute("role", "alert");
  told.textContent = document.body.dataset.failed;
  document.querySelector("main .content").prepend(told);
}));
document.addEventListener("htmx:afterSwap", () => {
  document.querySelectorAll("[data-failure]").forEach((told) => { told.remove(); });
});
// The menu at a narrow screen is a checkbox, so that it works without this script; Enter opens it too.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.classList.contains("topbar__toggle")) event.target.click();
});

// Keys of one sign can be switched off under "My account", for this browser: who speaks to the computer, or hits a key by
// accident, does nothing by it (WCAG 2.1.4). Ctrl+Enter stays.
const KEYS = "opstap-keys";
const keysAreOff = () => { try { return window.localStorage.getItem(KEYS) === "off"; } catch { return false; } };
const showKeys = () => {
  const off = keysAreOff();
  document.documentElement.classList.toggle("keys-off", off);
  document.querySelectorAll("[data-when-keys]").forEach((part) => { part.hidden = (part.dataset.whenKeys === "off") !== off; });
  const box = document.querySelector("[data-search]");
  if (off) box?.removeAttribute("aria-keyshortcuts");
  else box?.setAttribute("aria-keyshortcuts", "/");
};
document.addEventListener("DOMContentLoaded", () => {
  showKeys();
  const place = document.querySelector("[data-keys-switch]");
  if (!place) return;
  place.hidden = false;
  place.querySelector("button").addEventListener("click", () => {
    window.localStorage.setItem(KEYS, keysAreOff() ? "on" : "off");
    showKeys();
  });
});

// Placing by the keyboard: the key of a level chooses it (then + or - its half), j and n answer; Tab goes on, Enter saves.
document.addEventListener("keydown", (event) => {
  const form = document.querySelector("[data-placing]");
  const typing = event.target.matches("input:not([type=radio], [type=checkbox]), select, textarea");
  if (!form || typing || keysAreOff() || event.ctrlKey || event.altKey || event.metaKey) return;
  const ask = form.querySelector(`button[data-key="${event.key}"]`);
  if (ask) { ask.click(); event.preventDefault(); return; }
  const group = (event.target.closest("[data-levels]") || form.querySelector("[data-levels]")).dataset.levels;
  const checked = form.querySelector(`input[name=${group}]:checked`);
  const level = form.querySelector(`input[name=${group}][data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  let wanted = level && [group, level.value];
  if (/^[+-]$/.test(event.key) && checked) wanted = [group, checked.value.replace(/[+-]$/, "") + event.key];
  if (event.key === "j") wanted = ["growth", "yes"];
  if (event.key === "n") wanted = ["growth", "no"];
  const found = wanted && form.querySelector(`input[name=${wanted[0]}][value="${wanted[1]}"]`);
  if (!found) return;
  found.checked = true;
  found.focus();
  found.dispatchEvent(new Event("change", { bubbles: true }));
  event.preventDefault();
});
// Growth is yes if and only if the expected level is higher: choosing levels answers it, and whoever means otherwise is asked.
document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-placing]");
  if (!form || !["level", "expected"].includes(event.target.name)) return;
  const place = (name) => form.querySelector(`input[name=${name}]:checked`)?.dataset.place;
  const [level, expected] = [place("level"), place("expected")];
  const growth = (answer) => form.querySelector(`input[name=growth][value=${answer}]`);
  if (!growth("yes")) return;
  if (level && expected) growth(Number(expected) > Number(level) ? "yes" : "no").checked = true;
  if (event.target.name === "expected" && !expected && growth("yes").checked) growth("unknown").checked = true;
});
// One line under the form says what will be saved.
const sayWhatWillBeSaved = () => {
  const line = document.querySelector("[data-placing-line]");
  if (!line) return;
  const chosen = (name) => document.querySelector(`[data-placing] input[name=${name}]:checked`);
  const [level, expected, growth] = ["level", "expected", "growth"].map(chosen);
  const parts = [level?.value, expected?.value && `${line.dataset.expected} ${expected.value}`];
  if (level?.dataset.place && growth) parts.push(`${line.dataset.growth} ${growth.closest("label").textContent.trim()}`);
  line.textContent = level ? `${line.dataset.words}: ${parts.filter(Boolean).join(", ")}.` : "";
};
document.addEventListener("change", sayWhatWillBeSaved);
document.addEventListener("DOMContentLoaded", sayWhatWillBeSaved);
// What one answers first has the focus, and the head of the page stays in sight.
document.addEventListener("DOMContentLoaded", () => {
  if (!document.querySelector(".conflict")) document.querySelector("[data-focus]")?.focus({ preventScroll: true });
});

// A form to fill in by the keyboard: a figure chooses, Ctrl+Enter presses the blue button, also from within a text.
document.addEventListener("keydown", (event) => {
  const form = document.querySelector("form[data-keys]");
  if (!form || event.altKey) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const seen = [...form.querySelectorAll(".button--primary")].find((button) => button.offsetParent !== null);
    if (seen) { seen.click(); event.preventDefault(); }
    return;
  }
  const typing = event.target.matches("input:not([type=radio], [type=checkbox]), select, textarea");
  const wanted = typing || keysAreOff() || event.ctrlKey || event.metaKey ? null : form.querySelector(`input[data-key="${CSS.escape(event.key)}"]`);
  if (!wanted) return;
  wanted.checked = true;
  wanted.focus();
  wanted.dispatchEvent(new Event("change", { bubbles: true }));
  event.preventDefault();
});

// The slash leads to the search box, from wherever nothing is being typed.
document.addEventListener("keydown", (event) => {
  const box = document.querySelector("[data-search]");
  const typing = event.target.matches("input:not([type=radio], [type=checkbox]), select, textarea");
  if (event.key !== "/" || !box || typing || keysAreOff() || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  box.focus();
  box.select();
});

// A form that was sent keeps no draft any more: a draft that waited to be kept would come back after the saving.
document.addEventListener("submit", (event) => { if (!event.defaultPrevented) event.target.dataset.sent = ""; });
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.id === "draft-kept" && event.target.closest("form")?.dataset.sent !== undefined) event.preventDefault();
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; });
});
