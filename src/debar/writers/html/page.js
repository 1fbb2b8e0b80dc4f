"use strict";
// The table of exposures: rows are drawn as they come into sight, from columns that hold places in lists of texts.
// Text enters the page as text only; nothing here makes markup of data.
(() => {
  const byId = (id) => document.getElementById(id);
  const details = [...document.querySelectorAll("details")];
  addEventListener("beforeprint", () => details.forEach((one) => { one.dataset.was = one.open ? "1" : ""; one.open = true; }));
  addEventListener("afterprint", () => details.forEach((one) => { one.open = one.dataset.was === "1"; }));
  const links = new Map([...document.querySelectorAll(".top nav a")].map((a) => [a.hash.slice(1), a]));
  if ("IntersectionObserver" in window) {
    const seen = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting || !links.has(entry.target.id)) continue;
        links.forEach((a) => a.removeAttribute("aria-current"));
        links.get(entry.target.id).setAttribute("aria-current", "true");
      }
    }, { rootMargin: "-20% 0px -70% 0px" });
    document.querySelectorAll("main > section").forEach((section) => seen.observe(section));
  }
  const live = byId("live");
  if (!live) return;

  const D = JSON.parse(byId("data").textContent);
  const total = D.id.length;
  const STATUS = { "": "no provision known", prohibited: "prohibited", "licence-required": "prohibited without a licence",
    required: "required", undetermined: "undetermined", unavailable: "no longer supplied", "at-risk": "at your own risk",
    advised: "advised", proposed: "proposed", suspended: "out of force", exempt: "exempt", permitted: "permitted" };
  const GRAVITY = Object.keys(STATUS).slice(1).concat("");
  const SVG = "http://www.w3.org/2000/svg";
  const first = new Uint32Array(total + 1); // where the evidence of each exposure begins
  for (let n = 0; n < total; n++) first[n + 1] = first[n] + D.shown[n];
  const statusOf = (n) => D.law.groups[D.group[n]][0];
  const text = {
    asset: (n) => D.assets[D.asset[n]], thing: (n) => D.things[D.thing[n]], means: (n) => D.meanss[D.means[n]],
    status: (n) => STATUS[statusOf(n)], sure: (n) => D.sures[D.sure[n]], seen: (n) => D.days[D.last[n]],
    party: (n) => D.parties[D.party[n]],
  };

  const element = (name, className, content) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (content !== undefined) made.textContent = content;
    return made;
  };
  const pill = (status, words) => {
    const made = element("span", "pill s-" + (status || "silent"));
    const svg = document.createElementNS(SVG, "svg");
    const use = document.createElementNS(SVG, "use");
    svg.setAttribute("aria-hidden", "true");
    use.setAttribute("href", "#m-" + (status || "silent"));
    svg.append(use);
    made.append(svg, words);
    return made;
  };
  const link = (url, words) => {
    if (!/^https?:\/\//i.test(url)) return document.createTextNode(words);
    const made = element("a", "", words);
    made.href = url;
    made.rel = "noopener noreferrer";
    return made;
  };

  // ---- which rows, in which order ----------------------------------------------------------------------------------

  const lowered = {};
  const hits = (name, pool, word) => {
    lowered[name] ??= pool.map((one) => one.toLowerCase());
    return Uint8Array.from(lowered[name], (one) => one.includes(word) ? 1 : 0);
  };
  const groupTexts = D.law.groups.map((group) => STATUS[group[0]] + " " + group[1]);
  let rows = Uint32Array.from({ length: total }, (_, n) => n);
  let sorted = { by: "", down: false };
  let order = rows;

  const filtered = () => {
    let kept = order;
    const status = byId("status").value, party = byId("party").value;
    if (status !== "") {
      const fits = Uint8Array.from(D.law.groups, (group) => (group[0] || "silent") === status ? 1 : 0);
      kept = kept.filter((n) => fits[D.group[n]]);
    }
    if (party !== "") kept = kept.filter((n) => D.party[n] === Number(party));
    for (const word of byId("q").value.toLowerCase().split(/\s+/).filter(Boolean)) {
      const a = hits("asset", D.assets, word), t = hits("thing", D.things, word), m = hits("means", D.meanss, word);
      const p = hits("party", D.parties, word), g = hits("group", groupTexts, word);
      kept = kept.filter((n) => a[D.asset[n]] | t[D.thing[n]] | m[D.means[n]] | p[D.party[n]] | g[D.group[n]] | (D.id[n] === word ? 1 : 0));
    }
    return kept;
  };

  const ranks = (pool) => { // the place of each text among all, in order of reading
    const places = Uint32Array.from(pool.keys());
    const folded = pool.map((one) => one.toLowerCase());
    places.sort((x, y) => folded[x] < folded[y] ? -1 : folded[x] > folded[y] ? 1 : 0);
    const rank = new Uint32Array(pool.length);
    places.forEach((place, at) => { rank[place] = at; });
    return rank;
  };
  const keys = {
    asset: () => { const r = ranks(D.assets); return (n) => r[D.asset[n]]; },
    thing: () => { const r = ranks(D.things); return (n) => r[D.thing[n]]; },
    means: () => { const r = ranks(D.meanss); return (n) => r[D.means[n]]; },
    seen: () => { const r = ranks(D.days); return (n) => r[D.last[n]]; },
    sure: () => (n) => -D.level[n],
    status: () => { const r = D.law.groups.map((group) => GRAVITY.indexOf(group[0])); return (n) => r[D.group[n]]; },
  };
  const sort = (by) => {
    sorted = { by, down: sorted.by === by && !sorted.down };
    const key = keys[by](), sign = sorted.down ? -1 : 1;
    const values = Float64Array.from({ length: total }, (_, n) => key(n));
    order = Uint32Array.from({ length: total }, (_, n) => n).sort((x, y) => sign * (values[x] - values[y]) || x - y);
    document.querySelectorAll("#grid thead th").forEach((th) => {
      const button = th.firstElementChild;
      if (button.dataset.sort === by) th.setAttribute("aria-sort", sorted.down ? "descending" : "ascending");
      else th.removeAttribute("aria-sort");
    });
    refresh();
  };

  // ---- drawing what is in sight ------------------------------------------------------------------------------------

  const view = byId("view"), body = byId("body"), grid = byId("grid");
  const TALLEST = 8e6; // pixels: browsers cut taller elements
  const narrow = matchMedia("(max-width: 52rem)");
  let active = 0, drawn = [-1, -1];
  const height = () => narrow.matches ? 68 : 44;
  const whole = () => Math.min(rows.length * height(), TALLEST);
  const space = (pixels) => {
    const row = element("tr", "space");
    const cell = element("td");
    row.setAttribute("aria-hidden", "true");
    cell.colSpan = 6;
    cell.style.height = row.style.height = pixels + "px";
    row.append(cell);
    return row;
  };
  const cell = (name, content) => {
    const made = element("td", "c-" + name);
    if (typeof content === "string") { made.append(element("span", "two", content)); made.title = content; } else made.append(content);
    return made;
  };
  const rowOf = (at) => {
    const n = rows[at], made = element("tr"), status = statusOf(n);
    const state = cell("status", pill(status, STATUS[status]));
    const changes = D.law.groups[D.group[n]][1];
    if (changes) state.append(element("span", "sub", changes));
    made.append(cell("asset", text.asset(n)), cell("thing", text.thing(n)), cell("means", text.means(n)), state,
      cell("sure", text.sure(n)), cell("seen", text.seen(n)));
    made.setAttribute("aria-rowindex", at + 2);
    made.dataset.at = at;
    made.tabIndex = at === active ? 0 : -1;
    return made;
  };
  const draw = (force) => {
    const head = grid.tHead.offsetHeight, tall = height();
    const fits = Math.ceil((view.clientHeight - head) / tall) + 1;
    const room = Math.max(whole() - (view.clientHeight - head), 1);
    const share = Math.min(view.scrollTop / room, 1);
    const scaled = whole() < rows.length * tall;
    const top = scaled ? Math.round(share * Math.max(rows.length - fits + 1, 0)) : Math.floor(view.scrollTop / tall);
    const from = Math.max(top - 6, 0), to = Math.min(top + fits + 6, rows.length);
    if (!force && from === drawn[0] && to === drawn[1]) return;
    drawn = [from, to];
    const focused = body.contains(document.activeElement);
    const before = scaled ? Math.max(Math.min(view.scrollTop - (top - from) * tall, whole() - (to - from) * tall), 0) : from * tall;
    const parts = [space(before)];
    for (let at = from; at < to; at++) parts.push(rowOf(at));
    parts.push(space(Math.max(whole() - before - (to - from) * tall, 0)));
    body.replaceChildren(...parts);
    if (focused) body.querySelector(`[data-at="${active}"]`)?.focus({ preventScroll: true });
  };
  const refresh = () => {
    rows = filtered();
    active = 0;
    view.scrollTop = 0;
    view.classList.toggle("short", rows.length * height() < 480);
    grid.setAttribute("aria-rowcount", rows.length + 1);
    const count = rows.length.toLocaleString("en");
    byId("told").textContent = rows.length === total ? `${count} exposures` : `${count} of ${total.toLocaleString("en")} exposures`;
    draw(true);
  };
  const go = (at) => {
    active = Math.max(0, Math.min(at, rows.length - 1));
    const head = grid.tHead.offsetHeight, tall = height(), inside = view.clientHeight - head;
    if (whole() < rows.length * tall) view.scrollTop = active / Math.max(rows.length - 1, 1) * (whole() - inside);
    else if (active * tall < view.scrollTop) view.scrollTop = active * tall;
    else if ((active + 1) * tall > view.scrollTop + inside) view.scrollTop = (active + 1) * tall - inside;
    draw(true);
    body.querySelector(`[data-at="${active}"]`)?.focus({ preventScroll: true });
  };

  // ---- one exposure ------------------------------------------------------------------------------------------------

  const dialog = byId("one");
  const fact = (name, content) => {
    const made = element("div");
    const said = element("dd");
    said.append(content);
    made.append(element("dt", "", name), said);
    return made;
  };
  const reason = (place) => {
    const [cite, provision, status, acts, span, words, remarks, questions, doubts, support, passages] = D.law.reasons[place];
    const made = element("div", "reason"), what = element("p", "what");
    what.append(pill(status, STATUS[status]), element("b", "", acts), element("span", "", span));
    made.append(what, element("p", "", words));
    remarks.forEach((one) => made.append(element("p", "remark", one)));
    questions.forEach((one) => made.append(element("p", "question", "Open question: " + one)));
    made.append(element("p", "remark", `${cite} [${provision}] - ${support}`));
    for (const [citation, quote, publisher, grade, url] of passages) {
      const block = element("blockquote"), foot = element("p", "from");
      if (quote) block.append(element("p", "", quote));
      foot.append(link(url, citation), ` - ${publisher}, ${grade} source`);
      block.append(foot);
      made.append(block);
    }
    doubts.forEach((one) => made.append(element("p", "doubt", "Doubt about " + one)));
    return made;
  };
  const piece = (at) => {
    const [indicator, kind, value, label, against, sure, technique] = D.shapes[D.shape[at]];
    const [path, digest] = D.sources[D.source[at] - 1] ?? ["a source that the report does not list", ""];
    const made = element("li"), times = D.times[at];
    made.append(element("b", "", `${kind} “${value}”`), (label ? ` of ${label}` : "") + (times > 1 ? `, ${times.toLocaleString("en")} times` : ""));
    if (against) made.append(element("p", "remark", "But " + against));
    made.append(element("p", "where", [path, D.locator[at]].filter(Boolean).join(", ")));
    if (digest) { const p = element("p"); p.append(element("code", "", "sha256 " + digest)); made.append(p); }
    if (indicator >= 0) {
      const [id, grade, others, references] = D.indicators[indicator];
      made.append(element("p", "where", `Indicator ${id}: ${technique}, ${sure} sure, ${grade} source. Can also be: ${others}`));
      references.forEach((one) => { const p = element("p", "where"); p.append(link(one, one)); made.append(p); });
    }
    return made;
  };
  const open = (at) => {
    active = at;
    const n = rows[at], [status, changes, standings, others] = D.law.groups[D.group[n]];
    const inner = element("div", "inner"), header = element("div", "head"), heading = element("h2", "", text.asset(n));
    const close = element("button", "", "Close");
    heading.id = "one-name";
    close.type = "button";
    close.addEventListener("click", () => dialog.close());
    header.append(heading, close);
    const facts = element("dl", "facts");
    const days = [...new Set([D.days[D.day[n]], D.days[D.last[n]]].filter(Boolean))].join(" to ");
    facts.append(fact("Product", text.thing(n)), fact("Party", text.party(n)), fact("It is", text.means(n)), fact("Sure", text.sure(n)));
    if (days) facts.append(fact("Seen", days));
    facts.append(fact("Status", pill(status, STATUS[status])));
    if (changes) facts.append(fact("Then", changes));
    const more = D.mores[D.more[n]];
    if (more) facts.append(fact("Known", more));
    facts.append(fact("Id", element("code", "", D.id[n])));
    inner.append(header, facts);
    const tasks = D.duties[D.duty[n]];
    if (tasks.length) {
      const list = element("ul");
      tasks.forEach((task) => {
        const [force, when, action] = D.tasks[task], item = element("li");
        item.append(element("b", "", `${force === "must" ? "Must" : "Should"}, ${when}: `), action);
        list.append(item);
      });
      inner.append(element("h3", "", "What to do"), list);
    }
    const list = element("ul");
    for (let m = first[n]; m < first[n + 1]; m++) list.append(piece(m));
    if (D.others[n]) list.append(element("li", "", `and ${D.others[n].toLocaleString("en")} more in the JSON report`));
    inner.append(element("h3", "", "What it rests on"), list, element("h3", "", "What the law says"));
    for (const [acts, , words, reasons] of standings) {
      const line = element("p");
      line.append(element("b", "", acts + ": "), words);
      inner.append(line, ...reasons.map(reason));
    }
    if (others.length) {
      const rest = element("details");
      rest.append(element("summary", "", "Also in the register, not deciding on that day"), ...others.map(reason));
      inner.append(rest);
    }
    dialog.replaceChildren(inner);
    dialog.showModal();
    dialog.scrollTop = 0;
  };
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => go(active));

  // ---- saving what is shown ----------------------------------------------------------------------------------------

  // A spreadsheet takes a cell that begins so for a formula.
  const guarded = (one) => '"' + (/^[\s]*[=+\-@\t\r\n|%]/.test(one) ? "'" + one : one).replaceAll('"', '""') + '"';
  const save = () => {
    const names = ["id", "asset", "party", "product", "what it is", "status", "then", "how sure", "first seen", "last seen"];
    const lines = [names.map(guarded).join(",")];
    for (const n of rows) {
      lines.push([D.id[n], text.asset(n), text.party(n), text.thing(n), text.means(n), text.status(n), D.law.groups[D.group[n]][1],
        text.sure(n), D.days[D.day[n]], D.days[D.last[n]]].map(guarded).join(","));
    }
    const a = element("a");
    a.href = URL.createObjectURL(new Blob(["\ufeff" + lines.join("\r\n") + "\r\n"], { type: "text/csv;charset=utf-8" }));
    a.download = "exposures.csv";
    a.click();
    setTimeout(() => URL.revokeObjectURL(a.href), 1000);
  };

  // ---- beginning ---------------------------------------------------------------------------------------------------

  const present = new Set(D.law.groups.map((group) => group[0]));
  GRAVITY.filter((status) => present.has(status)).forEach((status) => byId("status").append(new Option(STATUS[status], status || "silent")));
  D.parties.forEach((name, place) => { if (place) byId("party").append(new Option(name, place)); });
  if (D.parties.length < 3) byId("party").parentElement.hidden = true;
  let waiting = 0;
  byId("q").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(refresh, 120); });
  byId("status").addEventListener("change", refresh);
  byId("party").addEventListener("change", refresh);
  byId("csv").addEventListener("click", save);
  grid.tHead.addEventListener("click", (event) => { const by = event.target.dataset?.sort; if (by) sort(by); });
  view.addEventListener("scroll", () => requestAnimationFrame(() => draw(false)), { passive: true });
  addEventListener("resize", () => draw(true));
  narrow.addEventListener("change", refresh);
  body.addEventListener("click", (event) => { const row = event.target.closest("tr[data-at]"); if (row) open(Number(row.dataset.at)); });
  view.addEventListener("keydown", (event) => {
    const page = Math.max(Math.floor((view.clientHeight - grid.tHead.offsetHeight) / height()) - 1, 1);
    const to = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + page, PageUp: active - page, Home: 0, End: rows.length - 1 }[event.key];
    if (event.target.closest("thead") || !rows.length) return;
    if (to !== undefined) { event.preventDefault(); go(event.target === view ? active : to); }
    else if ((event.key === "Enter" || event.key === " ") && event.target.dataset?.at) { event.preventDefault(); open(Number(event.target.dataset.at)); }
  });
  live.hidden = false;
  document.documentElement.classList.add("js");
  refresh();
})();
