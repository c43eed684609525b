// Takes pictures of each kind of page: node shots.mjs SITES OUT [PAGE …]
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "./chromium.mjs";

const [sites, out, ...only] = process.argv.slice(2);
const PAGES = only.length ? only : ["clinic/index.html", "clinic/people.html", "clinic/person/w-0003.html",
  "clinic/requirements.html", "clinic/requirement/security-awareness/index.html", "clinic/findings.html", "clinic/about.html"];
mkdirSync(out, { recursive: true });
const browser = await launch();
for (const width of [360, 1280]) {
  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
    for (const page of PAGES) {
      const tab = await context.newPage();
      tab.on("console", (m) => console.log(page, m.type(), m.text()));
      tab.on("pageerror", (e) => console.log(page, e.message));
      await tab.goto(pathToFileURL(resolve(sites, page)).href);
      const wide = await tab.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) console.log(`${page} is ${wide} wide at ${width}`);
      await tab.screenshot({ path: join(out, `${page.replaceAll("/", "_").replace(".html", "")}-${width}-${colorScheme}.png`), fullPage: true });
      await tab.close();
    }
    await context.close();
  }
}
await browser.close();
