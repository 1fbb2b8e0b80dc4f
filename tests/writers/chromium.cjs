// SPDX-License-Identifier: Apache-2.0
// Opens a page of a file in headless Chromium, notes what it asks for and complains of, and has axe-core judge it.
// Modules from NODE_PATH (make tools puts them there).
"use strict";
const { readFileSync } = require("node:fs");
const { pathToFileURL } = require("node:url");
const puppeteer = require("puppeteer-core");

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

async function opened(browser, file, told, { width = 1440, scheme = "light", script = true } = {}) {
  const address = pathToFileURL(file).href;
  const page = await browser.newPage();
  await page.setViewport({ width, height: 900 });
  await page.setJavaScriptEnabled(script);
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  page.on("console", (message) => told.console.push(message.text()));
  page.on("pageerror", (error) => told.console.push(error.message));
  page.on("request", (request) => { if (request.url().split("#")[0] !== address && !request.url().startsWith("blob:")) told.requests.push(request.url()); });
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

// Gives what a button saves as a file.
async function saved(page, button) {
  await page.evaluate((id) => {
    URL.createObjectURL = (blob) => { window.saved = blob.text(); return "about:blank#saved"; };
    HTMLAnchorElement.prototype.click = () => {};
    document.getElementById(id).click();
  }, button);
  return page.evaluate(() => window.saved);
}

// Opens the page in each width and scheme, has it judged, says how far it is too wide, and hands it on.
async function sized(browser, file, told, sizes, { isJudged = true, used = async () => {} } = {}) {
  for (const [width, scheme] of sizes) {
    const page = await opened(browser, file, told, { width, scheme });
    if (isJudged) told.axe[`${width} ${scheme}`] = await judged(page);
    told.wider[width] = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await used(page, width, scheme);
    await page.close();
  }
}

// Runs `met` with a browser, and prints what it noted.
async function reader(chromium, met) {
  const told = { console: [], requests: [], axe: {}, wider: {} };
  const browser = await puppeteer.launch({ executablePath: chromium, headless: true, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    await met(browser, told);
  } finally {
    await browser.close();
  }
  process.stdout.write(JSON.stringify(told));
}

// Opens the page without any script, and notes what it says.
async function plain(browser, file, told) {
  const page = await opened(browser, file, told, { script: false });
  told.plain = await page.evaluate(() => document.body.innerText);
  return page;
}

// Gives the beginning of what a printer gets.
async function printed(browser, file, told) {
  const page = await opened(browser, file, told);
  return Buffer.from(await page.pdf({ format: "A4" })).subarray(0, 5).toString();
}

module.exports = { judged, opened, plain, printed, reader, saved, sized };
