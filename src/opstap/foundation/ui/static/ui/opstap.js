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
