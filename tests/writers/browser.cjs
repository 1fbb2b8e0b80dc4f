// SPDX-License-Identifier: Apache-2.0
// Opens a report in headless Chromium as a reader would, and prints as JSON what it met.
// node browser.cjs CHROMIUM FILE; modules from NODE_PATH (make tools puts them there).
"use strict";
const { readFileSync } = require("node:fs");
const { pathToFileURL } = require("node:url");
const puppeteer = require("puppeteer-core");

const [chromium, file] = process.argv.slice(2);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const address = pathToFileURL(file).href;

async function opened(browser, told, { width = 1440, scheme = "light", script = true } = {}) {
  const page = await browser.newPage();
  await page.setViewport({ width, height: 900 });
  await page.setJavaScriptEnabled(script);
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  page.on("console", (message) => told.console.push(message.text()));
  page.on("pageerror", (error) => told.console.push(error.message));
  page.on("request", (request) => { if (request.url() !== address && !request.url().startsWith("blob:")) told.requests.push(request.url()); });
  page.on("dialog", (dialog) => { told.console.push("alert: " + dialog.message()); dialog.dismiss(); });
  const began = performance.now();
  await page.goto(address, { waitUntil: "load" });
  told.opened ??= Math.round(performance.now() - began);
  return page;
}

// axe judges what a page says; the page's own rules forbid to add a script, so it is run from outside.
async function judged(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  return found.violations.map((one) => `${one.id}: ${one.nodes.length} x ${one.nodes[0].html.slice(0, 160)} (${one.nodes[0].failureSummary})`);
}

async function used(page, told) {
  const focused = () => page.evaluate(() => document.activeElement.dataset.at ?? document.activeElement.id ?? "");
  const rows = () => page.evaluate(() => document.querySelectorAll("#body tr[data-at]").length);
  const said = () => page.evaluate(() => document.getElementById("told").textContent);
  const settled = () => page.evaluate(() => new Promise((done) => setTimeout(() => requestAnimationFrame(() => done()), 200)));
  await page.keyboard.press("Tab");
  told.first_focus = await page.evaluate(() => document.activeElement.className);
  await page.focus("#body tr[data-at]");
  for (const key of ["ArrowDown", "ArrowDown", "End"]) { await page.keyboard.press(key); (told.focus ??= []).push(await focused()); }
  told.rows_drawn = await rows();
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  told.dialog = await page.evaluate(() => document.getElementById("one").open && document.getElementById("one").innerText);
  told.axe_dialog = await judged(page);
  await page.keyboard.press("Escape");
  told.back = await focused();
  await page.click('#grid [data-sort="asset"]');
  told.sorted = await page.evaluate(() => [...document.querySelectorAll("#body tr[data-at] .c-asset")].map((one) => one.textContent));
  const began = performance.now();
  await page.evaluate(() => { const q = document.getElementById("q"); q.value = "prohibited"; q.dispatchEvent(new Event("input")); });
  await page.waitForFunction(() => / of /.test(document.getElementById("told").textContent), { polling: 5, timeout: 20000 }).catch(() => {});
  told.searched = Math.round(performance.now() - began);
  told.found = await said();
  await page.evaluate(() => { const q = document.getElementById("q"); q.value = ""; q.dispatchEvent(new Event("input")); });
  await settled();
  await page.evaluate(() => {
    URL.createObjectURL = (blob) => { window.saved = blob.text(); return "about:blank#saved"; };
    HTMLAnchorElement.prototype.click = () => {};
    document.getElementById("csv").click();
  });
  told.csv = await page.evaluate(() => window.saved);
  if (told.csv.length > 2e6) told.csv = "";
  const scrolled = performance.now();
  for (const share of [0.25, 0.5, 0.75, 1]) {
    await page.evaluate((part) => { const view = document.getElementById("view"); view.scrollTop = view.scrollHeight * part; }, share);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  }
  told.scrolled = Math.round((performance.now() - scrolled) / 4);
  told.last_row = await page.evaluate(() => [...document.querySelectorAll("#body tr[data-at]")].at(-1).dataset.at);
  told.text = await page.evaluate(() => document.getElementById("answer").innerText);
}

(async () => {
  const told = { console: [], requests: [], axe: {}, wider: {} };
  const browser = await puppeteer.launch({ executablePath: chromium, headless: true, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    for (const [width, scheme] of [[1440, "light"], [1440, "dark"], [768, "light"], [390, "light"]]) {
      const page = await opened(browser, told, { width, scheme });
      told.axe[`${width} ${scheme}`] = await judged(page);
      told.wider[width] = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      told.has_grid ??= await page.evaluate(() => !!document.getElementById("grid"));
      if (width === 1440 && scheme === "light" && told.has_grid) await used(page, told);
      await page.close();
    }
    const plain = await opened(browser, told, { script: false });
    told.plain = await plain.evaluate(() => document.body.innerText);
    await plain.close();
    const print = await opened(browser, told);
    told.printed = Buffer.from(await print.pdf({ format: "A4" })).subarray(0, 5).toString();
  } finally {
    await browser.close();
  }
  process.stdout.write(JSON.stringify(told));
})();
