// SPDX-FileCopyrightText: 2026 Opstap contributors
// SPDX-License-Identifier: EUPL-1.2
// Two minutes before the server ends a session a quiet line says so, and whether one can stay. The server decides: it is
// asked how long there is left, which prolongs nothing. Without this script signing in again leads back to the page.
const place = document.querySelector("[data-time-left]");
const BEFORE = 120;

const ask = async () => {
  const answer = await fetch(place.dataset.timeLeft, { headers: { Accept: "application/json" } });
  return answer.ok && !answer.redirected ? await answer.json() : { seconds: 0, stays: false };
};

const look = async () => {
  let left, stays;
  try { ({ seconds: left, stays } = await ask()); } catch { window.setTimeout(look, 60_000); return; }
  place.hidden = left > BEFORE;
  place.querySelector("[data-soon]").hidden = left <= 0 || !stays;
  place.querySelector("[data-ends]").hidden = left <= 0 || stays;
  place.querySelector("[data-over]").hidden = left > 0;
  if (left > 0) window.setTimeout(look, 1000 * (left > BEFORE ? left - BEFORE : Math.min(left + 1, 15)));
};

if (place) {
  window.setTimeout(look, 1000 * Math.max(1, Number(place.dataset.limit) - BEFORE));
  place.querySelector("[data-stay]").addEventListener("click", async () => {
    await fetch(place.dataset.stayAt, { method: "HEAD" });
    await look();
  });
}
