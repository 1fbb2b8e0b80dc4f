// SPDX-License-Identifier: Apache-2.0
// Reviews a page in headless Chromium as a person would, and prints as JSON what it met.
// node review.cjs CHROMIUM FILE; modules from NODE_PATH (make tools puts them there).
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
  page.on("request", (request) => { if (request.url().split("#")[0] !== address && !request.url().startsWith("blob:")) told.requests.push(request.url()); });
  page.on("dialog", (dialog) => { told.console.push("alert: " + dialog.message()); dialog.dismiss(); });
  await page.goto(address, { waitUntil: "load" });
  return page;
}

// axe judges what a page says; the page's own rules forbid to add a script, so it is run from outside.
async function judged(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  return found.violations.map((one) => `${one.id}: ${one.nodes.length} x ${one.nodes[0].html.slice(0, 160)} (${one.nodes[0].failureSummary})`);
}

const progress = (page) => page.evaluate(() => document.getElementById("progress").textContent);
const saved = async (page) => {
  await page.evaluate(() => {
    URL.createObjectURL = (blob) => { window.saved = blob.text(); return "about:blank#saved"; };
    HTMLAnchorElement.prototype.click = () => {};
    document.getElementById("save").click();
  });
  return JSON.parse(await page.evaluate(() => window.saved));
};

// By keys alone: the arrow keys go over the choices of a line.
async function keyed(page, told) {
  await page.keyboard.press("Tab");
  told.first_focus = await page.evaluate(() => document.activeElement.className);
  await page.focus(".item input[value=accept]");
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowRight");
  told.by_keys = await page.evaluate(() => document.activeElement.checked && document.activeElement.value);
  told.after_keys = await progress(page);
}

async function decided(page, told) {
  await page.type("#by", "A. Meyer");
  for (const item of await page.$$(".item")) {
    const choices = await item.$$eval("input[type=radio]", (all) => all.map((one) => one.value));
    const wanted = choices.includes("accept") ? "accept" : choices.includes("edit") ? "edit" : choices[0];
    await (await item.$(`input[value="${wanted}"]`)).click();
    if (wanted === "edit") {
      told.edit_before ??= await progress(page);
      await (await item.$(".edited")).type("2024-09-29");
    }
  }
  told.complete = await progress(page);
  told.saved = await saved(page);
}

async function passage(page, told) {
  const link = await page.$(".passages a[data-fact]");
  const id = await link.evaluate((one) => one.dataset.fact);
  await link.click();
  told.lit = await page.evaluate((fact) => [...document.querySelectorAll("mark.hit")].every((one) => one.dataset.facts.split(" ").includes(fact)) && document.querySelectorAll("mark.hit").length > 0, id);
  told.in_sight = await page.evaluate(() => { const box = document.querySelector("mark.hit").getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; });
}

(async () => {
  const told = { console: [], requests: [], axe: {}, wider: {} };
  const browser = await puppeteer.launch({ executablePath: chromium, headless: true, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    for (const [width, scheme] of [[1440, "light"], [1440, "dark"], [768, "light"], [390, "light"], [390, "dark"]]) {
      const page = await opened(browser, told, { width, scheme });
      told.axe[`${width} ${scheme}`] = await judged(page);
      told.wider[width] = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      await page.close();
    }
    const page = await opened(browser, told);
    told.items = (await page.$$(".item")).length;
    told.marks = (await page.$$("mark")).length;
    if (told.items) {
      told.before = await progress(page);
      await keyed(page, told);
      await decided(page, told);
      await passage(page, told);
      told.axe_decided = await judged(page);
      await page.reload({ waitUntil: "load" });
      told.reloaded = await progress(page);
      told.kept_name = await page.$eval("#by", (one) => one.value);
      told.saved_again = await saved(page);
    }
    await page.close();
    const plain = await opened(browser, told, { script: false });
    told.plain = await plain.evaluate(() => document.body.innerText);
    told.hidden_without_script = await plain.evaluate(() => [...document.querySelectorAll(".choose")].every((one) => getComputedStyle(one).display === "none"));
    await plain.close();
    const print = await opened(browser, told);
    told.printed = Buffer.from(await print.pdf({ format: "A4" })).subarray(0, 5).toString();
  } finally {
    await browser.close();
  }
  process.stdout.write(JSON.stringify(told));
})();
