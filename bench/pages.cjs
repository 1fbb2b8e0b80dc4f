// SPDX-License-Identifier: Apache-2.0
// Visits pages in headless Chromium and prints what each visit cost, as JSON: node pages.cjs CHROMIUM TOLD (bench/pages.py).
"use strict";
const { gzipSync } = require("node:zlib");
const puppeteer = require("puppeteer-core");

const [chromium, text] = process.argv.slice(2);
const told = JSON.parse(text);
const KINDS = { document: "html", stylesheet: "css", script: "js" };
const QUIET = 600; // milliseconds after the last thing, in which something could still move

async function visit(browser, path) {
  const own = await browser.createBrowserContext(); // with a cache of its own, which is empty
  try {
    await own.setCookie({ name: "debar-session", value: told.token, domain: "127.0.0.1", path: "/" });
    const page = await own.newPage();
    await page.setViewport({ width: 390, height: 844, isMobile: true });
    await (await page.createCDPSession()).send("Emulation.setCPUThrottlingRate", { rate: told.slower });
    await page.evaluateOnNewDocument(() => {
      window.met = { lcp: 0, tbt: 0, cls: 0 };
      const follow = (type, each) => new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true });
      follow("largest-contentful-paint", (one) => { window.met.lcp = one.startTime; });
      follow("longtask", (one) => { window.met.tbt += Math.max(one.duration - 50, 0); });
      follow("layout-shift", (one) => { if (!one.hadRecentInput) window.met.cls += one.value; });
    });
    const found = { html: 0, css: 0, js: 0, requests: 0 };
    const read = [];
    page.on("response", (answer) => {
      if (answer.url().startsWith("data:")) return;
      if (!answer.url().startsWith(told.address)) throw new Error(`${path} asks for ${answer.url()}`);
      found.requests += 1;
      const kind = KINDS[answer.request().resourceType()];
      if (kind) read.push(answer.buffer().then((body) => { found[kind] += gzipSync(body).length; }));
    });
    const answer = await page.goto(told.address + path, { waitUntil: "load" });
    if (answer.status() !== 200) throw new Error(`${path} answers ${answer.status()}`);
    await new Promise((done) => setTimeout(done, QUIET));
    await Promise.all(read);
    const seen = await page.evaluate(() => ({
      ...window.met,
      fcp: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
      elements: document.querySelectorAll("*").length,
    }));
    return { ...found, ...seen };
  } finally {
    await own.close();
  }
}

(async () => {
  const browser = await puppeteer.launch({ executablePath: chromium, headless: true, args: ["--no-sandbox", "--disable-gpu"] });
  const figures = {};
  try {
    for (let round = 0; round < told.rounds; round += 1) {
      for (const [name, path] of Object.entries(told.pages)) (figures[name] ??= []).push(await visit(browser, path));
    }
  } finally {
    await browser.close();
  }
  process.stdout.write(JSON.stringify(figures));
})().catch((error) => { process.stderr.write(`${error.stack}\n`); process.exit(1); });
