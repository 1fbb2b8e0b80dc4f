// SPDX-License-Identifier: Apache-2.0
// Takes pictures of pages in headless Chromium: node pictures.cjs CHROMIUM TOLD; TOLD is what pictures.py says of them.
"use strict";
const puppeteer = require("puppeteer-core");

const TALL = { 1440: 1150, 390: 1400 };
const [chromium, text] = process.argv.slice(2);
const told = JSON.parse(text);

(async () => {
  const browser = await puppeteer.launch({ executablePath: chromium, headless: true, args: ["--no-sandbox", "--disable-gpu", "--lang=en-GB"] });
  try {
    await browser.setCookie({ name: "debar-session", value: told.token, domain: "127.0.0.1", path: "/" });
    const page = await browser.newPage();
    for (const shot of told.shots) {
      await page.setViewport({ width: shot.width, height: shot.width > 600 ? 1000 : 844 });
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: shot.scheme }]);
      const answer = await page.goto(told.address + shot.path, { waitUntil: "load" });
      if (answer.status() !== 200) throw new Error(`${shot.path} answers ${answer.status()}`);
      const height = Math.min(await page.evaluate(() => document.documentElement.scrollHeight), TALL[shot.width]);
      await page.screenshot({ path: shot.to, clip: { x: 0, y: 0, width: shot.width, height }, captureBeyondViewport: true });
      process.stdout.write(`${shot.to}\n`);
    }
  } finally {
    await browser.close();
  }
})().catch((error) => { process.stderr.write(`${error.stack}\n`); process.exit(1); });
