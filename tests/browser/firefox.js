// Open a stop in Firefox, listen, go to the middle, change the language; tell what was seen.
// node firefox.js <program> <address of a stop> <word on the button> <language to change to>
import { readFileSync } from "node:fs";
import puppeteer from "puppeteer-core";

const [program, address, listen, language] = process.argv.slice(2);
const PATIENCE_MS = 60_000;
const file = readFileSync(new URL("where.js", import.meta.url), "utf-8");
const where = file.trim().replace(/;$/, ""); // as an expression

const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath: program,
  headless: true,
  timeout: PATIENCE_MS,
  protocolTimeout: PATIENCE_MS,
});
try {
  process.stdout.write(JSON.stringify(await visit(await browser.newPage())));
} finally {
  await browser.close();
}

async function visit(page) {
  await page.setViewport({ width: 390, height: 844 });
  await page.goto(address);
  const heading = () => page.evaluate(() => document.querySelector("h1").textContent);
  const second = () => page.evaluate(() => document.querySelector("audio").currentTime);
  const opened = await heading();

  // Where no loudspeaker is, Firefox gives up unless there is nothing to be heard from one.
  await page.evaluate(() => {
    document.querySelector("audio").volume = 0;
  });
  const { play, line } = await page.evaluate(`(${where})(${JSON.stringify(listen)})`);
  await page.mouse.click(play.x, play.y);
  const played = await until(async () => (await second()) || null);

  const length = await page.evaluate(() => document.querySelector("audio").duration);
  if (line) await page.mouse.click(line.x, line.y);
  else
    await page.evaluate((half) => {
      document.querySelector("audio").currentTime = half;
    }, length / 2);
  const sought = await until(async () => {
    const now = await second();
    return now > length * 0.45 ? now : null;
  });
  const error = await page.evaluate(() => document.querySelector("audio").error?.message ?? null);

  await page.click(`header a[hreflang=${language}]`);
  const changed = await until(async () => (page.url() === address ? null : page.url()));
  return { opened, played, length, sought, error, changed, then: await until(heading) };
}

async function until(look) {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    const seen = await look().catch(() => null); // a page on its way out cannot be asked
    if (seen !== null) return seen;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`nothing to see for ${PATIENCE_MS} ms: ${look}`);
}
