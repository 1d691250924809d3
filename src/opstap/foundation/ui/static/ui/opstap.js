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
