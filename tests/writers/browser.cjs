// SPDX-License-Identifier: Apache-2.0
// Opens a report in headless Chromium as a reader would, and prints as JSON what it met.
// node browser.cjs CHROMIUM FILE; modules from NODE_PATH (make tools puts them there).
"use strict";
const { judged, plain, printed, reader, saved, sized } = require("./chromium.cjs");

const [chromium, file] = process.argv.slice(2);

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
  told.csv = await saved(page, "csv");
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

reader(chromium, async (browser, told) => {
  const sizes = [[1440, "light"], [1440, "dark"], [768, "light"], [390, "light"]];
  await sized(browser, file, told, sizes, {
    used: async (page, width, scheme) => {
      told.has_grid ??= await page.evaluate(() => !!document.getElementById("grid"));
      if (width === 1440 && scheme === "light" && told.has_grid) await used(page, told);
    },
  });
  await (await plain(browser, file, told)).close();
  told.printed = await printed(browser, file, told);
});
