// SPDX-License-Identifier: Apache-2.0
// What a script adds to pages that work without one: lists that follow their filters, files that are dropped, live
// progress, rows chosen together, and a plan that is dragged.
"use strict";
(() => {
  const csrf = document.body.dataset.csrf;
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  document.addEventListener("htmx:configRequest", (event) => { event.detail.headers["X-CSRF-Token"] = csrf; });

  // Filters: the list follows them, and the address with it.
  for (const form of all("form[data-part]")) {
    const part = form.dataset.part;
    form.setAttribute("hx-get", form.getAttribute("action"));
    form.setAttribute("hx-target", part);
    form.setAttribute("hx-select", part);
    form.setAttribute("hx-swap", "outerHTML");
    form.setAttribute("hx-push-url", "true");
    form.setAttribute("hx-trigger", "change, submit, input delay:350ms from:find input[type=search]");
    window.htmx?.process(form);
  }
  // What is empty stays out of the address.
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get") return;
    for (const [name, value] of [...event.detail.formData.entries()]) if (value === "") event.detail.formData.delete(name);
  });

  // Rows that are chosen together.
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-all]")) for (const box of all('input[name="exposure"]')) box.checked = event.target.checked;
    const count = document.querySelector("[data-count]");
    if (!count) return;
    const chosen = all('input[name="exposure"]:checked').length;
    count.textContent = chosen ? `${chosen.toLocaleString("en")} chosen:` : "Tick exposures above";
  });

  // The menu of who is signed in closes like one.
  document.addEventListener("click", (event) => {
    for (const menu of all("details.me[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") for (const menu of all("details.me[open]")) { menu.open = false; menu.querySelector("summary").focus(); }
  });

  document.addEventListener("change", (event) => {
    const bulk = document.querySelector("[data-bulk]");
    if (bulk) bulk.classList.toggle("some", !!document.querySelector('input[name="exposure"]:checked'));
  });

  // Files that are dropped, with how far they are.
  for (const zone of all("form[data-drop]")) {
    const told = zone.querySelector("[data-told]");
    const file = zone.querySelector('input[type="file"]');
    for (const name of ["dragenter", "dragover"]) zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("over"); });
    for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("over"));
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      if (event.dataTransfer.files.length) { file.files = event.dataTransfer.files; zone.requestSubmit(); }
    });
    zone.addEventListener("submit", (event) => {
      if (!file.files.length) return;
      event.preventDefault();
      const request = new XMLHttpRequest();
      const bar = document.createElement("progress");
      const words = document.createElement("span");
      bar.max = 1;
      told.replaceChildren(words, " ", bar);
      words.textContent = `Sending ${file.files.length === 1 ? file.files[0].name : `${file.files.length} files`}`;
      request.upload.addEventListener("progress", (sent) => { if (sent.lengthComputable) bar.value = sent.loaded / sent.total; });
      request.addEventListener("load", () => {
        if (request.status < 400) { location.assign(request.responseURL || location.href); return; }
        const page = new DOMParser().parseFromString(request.responseText, "text/html");
        told.textContent = page.querySelector(".lead")?.textContent || "It was not taken.";
      });
      request.addEventListener("error", () => { told.textContent = "The service did not answer; nothing was taken."; });
      request.open("POST", zone.action);
      request.setRequestHeader("X-CSRF-Token", csrf);
      request.send(new FormData(zone));
    });
  }

  // Work behind the pages: the part that tells of it is fetched again when something moves.
  const work = document.querySelector("[data-events]");
  if (work && window.EventSource) {
    let waiting = 0;
    const again = () => {
      if (waiting) return;
      waiting = setTimeout(() => {
        waiting = 0;
        // Nothing is taken from under a finger; what has moved meanwhile is shown as soon as it is lifted.
        if (work.contains(document.activeElement) && document.activeElement.matches("button")) { work.addEventListener("focusout", again, { once: true }); return; }
        for (const part of ["#jobs", "#rows"]) {
          if (document.querySelector(part)) window.htmx?.ajax("GET", location.href, { target: part, select: `${part} > *`, swap: "innerHTML" });
        }
      }, 700);
    };
    const source = new EventSource(work.dataset.events);
    for (const name of ["queued", "running", "done", "failed", "cancelled"]) source.addEventListener(name, again);
    addEventListener("pagehide", () => source.close());
  }

  // The plan: bars are dragged, or moved by keys, and the server says what comes of it.
  const DAY = 86400000;
  const later = (day, days) => new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
  const between = (one, other) => Math.round((Date.parse(`${other}T00:00:00Z`) - Date.parse(`${one}T00:00:00Z`)) / DAY);
  const readable = (day) => new Date(`${day}T00:00:00Z`).toLocaleDateString("en-GB", { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  let drag = null;
  let moving = null;
  let asking = 0;
  // What would come of it: asked a moment after the last move, so that a drag asks once.
  const ask = (bar, day) => {
    clearTimeout(asking);
    const place = document.querySelector("[data-gantt-would]");
    if (!place) return;
    if (!day) { place.replaceChildren(); return; }
    asking = setTimeout(() => window.htmx.ajax("GET", chart(bar).dataset.ask, { target: place, swap: "innerHTML", values: { steps: bar.dataset.steps, day } }), 200);
  };
  const chart = (bar) => bar.closest("[data-move]");
  const put = (bar, days) => {
    const svg = bar.ownerSVGElement;
    const least = between(bar.dataset.day, svg.dataset.begins);
    const moved = Math.max(days, Math.min(least, 0));
    if (moving && moving !== bar) put(moving, 0);
    if (Number(bar.dataset.moved || 0) === moved && moving === bar) return;
    moving = moved ? bar : null;
    bar.dataset.moved = moved;
    bar.setAttribute("transform", `translate(${moved * svg.dataset.scale} 0)`);
    bar.classList.toggle("moving", moved !== 0);
    const day = later(bar.dataset.day, moved);
    const late = bar.dataset.due && day > bar.dataset.due;
    ask(bar, moved ? day : "");
    bar.setAttribute("aria-valuenow", between(svg.dataset.since, day));
    bar.setAttribute("aria-valuetext", `${readable(day)}${late ? ", later than it is due" : ""}`);
    const told = document.querySelector("[data-gantt-told]");
    if (told) told.textContent = `${bar.getAttribute("aria-label")}: ${readable(day)}${late ? `, later than ${readable(bar.dataset.due)}` : ""}. Enter keeps it, Escape puts it back.`;
  };
  const keep = (bar) => {
    const moved = Number(bar.dataset.moved || 0);
    if (!moved) return;
    clearTimeout(asking);
    moving = null;
    const at = chart(bar);
    const values = { steps: bar.dataset.steps, day: later(bar.dataset.day, moved), version: at.dataset.version, csrf };
    window.htmx.ajax("POST", at.dataset.move, { target: "#plan", select: "#plan", swap: "outerHTML", values })
      .then(() => document.querySelector(`[data-steps="${values.steps}"]`)?.focus());
  };
  document.addEventListener("pointerdown", (event) => {
    const bar = event.target.closest?.("[data-move] [data-steps]");
    if (!bar || event.button) return;
    event.preventDefault();
    bar.focus();
    drag = { bar, x: event.clientX, from: Number(bar.dataset.moved || 0), wide: bar.ownerSVGElement.getBoundingClientRect().width / bar.ownerSVGElement.viewBox.baseVal.width };
    bar.setPointerCapture(event.pointerId);
  });
  document.addEventListener("pointermove", (event) => {
    if (drag) put(drag.bar, drag.from + Math.round((event.clientX - drag.x) / drag.wide / drag.bar.ownerSVGElement.dataset.scale));
  });
  document.addEventListener("pointerup", () => { drag = null; });
  document.addEventListener("click", (event) => {
    if (!moving) return;
    const bar = moving;
    if (event.target.closest("[data-keep]")) keep(bar);
    if (event.target.closest("[data-put-back]")) { put(bar, 0); bar.focus(); }
  });
  document.addEventListener("pointercancel", () => { if (drag) put(drag.bar, drag.from); drag = null; });
  document.addEventListener("keydown", (event) => {
    const bar = event.target.closest?.("[data-move] [data-steps]");
    if (!bar) return;
    const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 7, PageDown: -7 }[event.key];
    if (step) { event.preventDefault(); put(bar, Number(bar.dataset.moved || 0) + step); }
    if (event.key === "Enter") { event.preventDefault(); keep(bar); }
    if (event.key === "Escape") put(bar, 0);
  });
})();
