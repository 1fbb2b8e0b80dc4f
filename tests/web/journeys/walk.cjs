// SPDX-License-Identifier: Apache-2.0
// Walks through pages in headless Chromium as people do, step by step, and prints as JSON what it met.
// node walk.cjs CHROMIUM ADDRESS STEPS; modules from NODE_PATH (make tools puts them there).
"use strict";
const { readFileSync } = require("node:fs");
const puppeteer = require("puppeteer-core");

const [chromium, address, steps] = process.argv.slice(2);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

(async () => {
  const told = { console: [], requests: [], said: [] };
  const browser = await puppeteer.launch({ executablePath: chromium, headless: true, args: ["--no-sandbox", "--disable-gpu"] });
  let page, view = { width: 1440, scheme: "light", script: true };
  const people = {};
  const dress = async () => {
    await page.setViewport({ width: view.width, height: 900 });
    await page.setJavaScriptEnabled(view.script);
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: view.scheme }, { name: "prefers-reduced-motion", value: "reduce" }]);
  };
  const does = {
    // Another person, with a browser of their own; a token signs in, nothing does not.
    async as(name, token) {
      if (!people[name]) {
        const own = await browser.createBrowserContext();
        if (token) await own.setCookie({ name: "debar-session", value: token, domain: "127.0.0.1", path: "/" });
        people[name] = await own.newPage();
        people[name].on("console", (message) => { if (message.type() === "error") told.console.push(message.text()); });
        people[name].on("pageerror", (error) => told.console.push(error.message));
        people[name].on("request", (request) => { if (!request.url().startsWith(address) && !request.url().startsWith("data:")) told.requests.push(request.url()); });
      }
      page = people[name];
      await page.bringToFront();
      await dress();
    },
    async view(changes) { view = { ...view, ...changes }; if (page) await dress(); },
    async go(path) { const answer = await page.goto(path.startsWith("http") ? path : address + path, { waitUntil: "load" }); return answer.status(); },
    async fill(selector, value) {
      await page.$eval(selector, (field, text) => {
        field.value = text;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.dispatchEvent(new Event("change", { bubbles: true }));
      }, value);
    },
    async tick(selector) { for (const box of await page.$$(selector)) await box.evaluate((one) => { if (!one.checked) one.click(); }); },
    async file(selector, ...paths) { await (await page.$(selector)).uploadFile(...paths); },
    async press(selector, key, times = 1) { await page.$eval(selector, (one) => one.focus()); for (let n = 0; n < times; n += 1) await page.keyboard.press(key); },
    async send(selector) { await Promise.all([page.waitForNavigation({ waitUntil: "load" }), page.$eval(selector, (one) => one.click())]); return page.url().slice(address.length); },
    async wait(selector, text) {
      await page.waitForFunction((where, what) => [...document.querySelectorAll(where)].some((one) => one.textContent.includes(what)), { timeout: 30000 }, selector, text);
      return true;
    },
    async reload(selector, text) {
      const until = Date.now() + 90000;
      while (!(await page.evaluate((where, what) => [...document.querySelectorAll(where)].some((one) => one.textContent.includes(what)), selector, text))) {
        if (Date.now() > until) throw new Error(`${text} is not at ${selector}: ${await page.evaluate(() => document.body.innerText)}`);
        await new Promise((done) => setTimeout(done, 500));
        await page.reload({ waitUntil: "load" });
      }
      return true;
    },
    // A bar is seized in its middle and moved by so many days, as the chart has them.
    async drag(selector, days) {
      const found = await page.$eval(selector, (bar) => {
        bar.scrollIntoView({ block: "center" });
        const at = bar.querySelector("rect").getBoundingClientRect();
        const svg = bar.ownerSVGElement;
        return { x: at.x + at.width / 2, y: at.y + at.height / 2, day: svg.dataset.scale * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width };
      });
      await page.mouse.move(found.x, found.y);
      await page.mouse.down();
      await page.mouse.move(found.x + days * found.day, found.y, { steps: 8 });
      await page.mouse.up();
      return true;
    },
    async click(selector) { await page.$eval(selector, (one) => one.click()); return true; },
    // What is written here is gone as soon as the page is loaded anew.
    async mark() { await page.evaluate(() => { window.marked = true; }); return true; },
    async marked() { return page.evaluate(() => window.marked === true); },
    async href(selector) { return page.$eval(selector, (one) => one.getAttribute("href")); },
    async value(selector, name) { return page.$eval(selector, (one, what) => one.getAttribute(what), name); },
    async text(selector = "main") { return page.$eval(selector, (one) => one.innerText); },
    async count(selector) { return (await page.$$(selector)).length; },
    async wider() { return page.evaluate(() => document.documentElement.scrollWidth - innerWidth); },
    async axe() {
      await page.evaluate(axe);
      const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"], rules: { "target-size": { enabled: true } } }));
      return found.violations.map((one) => `${one.id}: ${one.nodes.length} x ${one.nodes[0].html.slice(0, 160)} (${one.nodes[0].failureSummary})`);
    },
    // In steps that follow, $name stands for what a page says here.
    async keep(name, selector, attribute) { kept[name] = await page.$eval(selector, (one, what) => one.getAttribute(what), attribute); return kept[name]; },
    async shot(path) { await page.screenshot({ path, fullPage: true }); },
  };
  const kept = {};
  const filled = (one) => (typeof one === "string" ? one.replace(/\$(\w+)/g, (all, name) => kept[name] ?? all) : one);
  try {
    for (const [name, ...rest] of JSON.parse(steps)) {
      try {
        told.said.push((await does[name](...rest.map(filled))) ?? null);
      } catch (error) {
        const text = await page?.evaluate(() => document.body.innerText.slice(0, 1500)).catch(() => "");
        throw new Error(`${name} ${JSON.stringify(rest)} at ${page?.url()}: ${error.message}\n${text}`);
      }
    }
  } finally {
    await browser.close();
  }
  process.stdout.write(JSON.stringify(told));
})().catch((error) => { process.stderr.write(`${error.stack}\n`); process.exit(1); });
