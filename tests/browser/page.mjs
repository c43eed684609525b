// A page in the browser, and what is asked of every one.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { file } from "./samples.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Opens a page and notes whatever it says, asks for or throws. */
export async function open(context, address) {
  const tab = await context.newPage();
  const noise = [];
  tab.on("console", (m) => noise.push(`console ${m.type()}: ${m.text()}`));
  tab.on("pageerror", (e) => noise.push(`error: ${e.message}`));
  tab.on("dialog", (d) => { noise.push(`dialog: ${d.message()}`); d.dismiss(); });
  tab.on("requestfailed", (r) => noise.push(`failed: ${r.url()}`));
  const home = new URL(address).origin === "null" ? "file://" : new URL(address).origin;
  tab.on("request", (r) => { if (!r.url().startsWith(home)) noise.push(`request: ${r.url()}`); });
  await tab.goto(address);
  return { tab, noise };
}

/** A page is its own, as wide as it may be, accessible with everything open, and silent. */
export async function fine(context, page, width) {
  const { tab, noise } = await open(context, file(page));
  const title = await tab.title();
  assert.ok(!title.startsWith("owned") && title !== "1", `${page} was taken over`);
  const wide = await tab.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= width, `${page} is ${wide} wide at ${width}`);
  await tab.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
  await tab.evaluate(axe);
  const found = await tab.evaluate((tags) => window.axe.run(document, {
    preload: false, resultTypes: ["violations"], runOnly: { type: "tag", values: tags },
  }), WCAG);
  const broken = found.violations.map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 200)} ${v.nodes[0].failureSummary}`);
  assert.deepEqual(broken, [], page);
  assert.deepEqual(noise, [], page);
  await tab.close();
}
