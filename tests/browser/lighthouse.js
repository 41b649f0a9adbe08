// Lighthouse's scores, as a phone: node lighthouse.js <program> <runs> <page as JSON>
// The first run looks at everything, the others at performance alone.
import lighthouse from "lighthouse";
import puppeteer from "puppeteer-core";

const [program, runs, page] = process.argv.slice(2);
const options = {
  executablePath: program,
  headless: true,
  args: ["--no-sandbox", "--disable-gpu"],
};
const ALL = ["performance", "accessibility", "best-practices", "seo"];

const browser = await puppeteer.launch(options);
try {
  process.stdout.write(JSON.stringify(await look(JSON.parse(page))));
} finally {
  await browser.close();
}

async function look({ address, language }) {
  const scores = {},
    performance = [];
  const faults = [];
  for (let run = 0; run < Number(runs); run++) {
    const report = await once(address, language, run ? ["performance"] : ALL);
    performance.push(report.categories.performance.score * 100);
    if (run) continue;
    for (const name of ALL.slice(1)) {
      scores[name] = Math.round(report.categories[name].score * 100);
      faults.push(
        ...report.categories[name].auditRefs
          .map((each) => report.audits[each.id])
          .filter((each) => each.score !== null && each.score < 1)
          .map((each) => `${name}: ${each.title}`),
      );
    }
  }
  return { ...scores, performance, faults: [...new Set(faults)] };
}

async function once(address, language, onlyCategories) {
  const tab = await browser.newPage();
  try {
    const flags = {
      onlyCategories,
      extraHeaders: { "Accept-Language": language },
      logLevel: "error",
    };
    const { lhr } = await lighthouse(address, flags, undefined, tab);
    if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
    return lhr;
  } finally {
    await tab.close();
  }
}
