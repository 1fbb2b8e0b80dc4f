// SPDX-License-Identifier: Apache-2.0
// Reviews a page in headless Chromium as a person would, and prints as JSON what it met.
// node review.cjs CHROMIUM FILE [unjudged]; modules from NODE_PATH (make tools puts them there). "unjudged" leaves axe out,
// which takes a minute where there are thousands of passages.
"use strict";
const { judged, opened, plain, printed, reader, saved, sized } = require("./chromium.cjs");

const [chromium, file, how] = process.argv.slice(2);
const isJudged = how !== "unjudged";

const progress = (page) => page.evaluate(() => document.getElementById("progress").textContent);
const savedChoices = async (page) => JSON.parse(await saved(page, "save"));

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
  told.saved = await savedChoices(page);
}

async function passage(page, told) {
  const link = await page.$(".passages a[data-fact]");
  const id = await link.evaluate((one) => one.dataset.fact);
  await link.click();
  told.lit = await page.evaluate((fact) => [...document.querySelectorAll("mark.hit")].every((one) => one.dataset.facts.split(" ").includes(fact)) && document.querySelectorAll("mark.hit").length > 0, id);
  told.in_sight = await page.evaluate(() => { const box = document.querySelector("mark.hit").getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; });
}

reader(chromium, async (browser, told) => {
  await sized(browser, file, told, [[1440, "light"], [1440, "dark"], [768, "light"], [390, "light"], [390, "dark"]], { isJudged });
  const page = await opened(browser, file, told);
  told.items = (await page.$$(".item")).length;
  told.marks = (await page.$$("mark")).length;
  if (told.items) {
    told.before = await progress(page);
    await keyed(page, told);
    await decided(page, told);
    await passage(page, told);
    if (isJudged) told.axe_decided = await judged(page);
    await page.reload({ waitUntil: "load" });
    told.reloaded = await progress(page);
    told.kept_name = await page.$eval("#by", (one) => one.value);
    told.saved_again = await savedChoices(page);
  }
  await page.close();
  const silent = await plain(browser, file, told);
  told.hidden_without_script = await silent.evaluate(() => [...document.querySelectorAll(".choose")].every((one) => getComputedStyle(one).display === "none"));
  await silent.close();
  told.printed = await printed(browser, file, told);
});
