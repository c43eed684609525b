// The lists and pages of people who came from two exports.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch } from "./chromium.mjs";
import { fine, open } from "./page.mjs";
import { SITES, file } from "./samples.mjs";

const site = join(SITES, "imported");
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** The rows of the list's own CSV: what the list must show. */
function rows() {
  const [head, ...lines] = readFileSync(join(site, "data/people.csv"), "utf8").trimEnd().split("\r\n")
    .map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((m) => m[1] ?? m[2]));
  return lines.map((line) => Object.fromEntries(line.map((value, at) => [head[at], value])));
}

test("the list of people: every row, filter, sort, pages, the state in the address", async () => {
  const all = rows();
  assert.ok(all.length > 800, `${all.length} people`);
  const context = await browser.newContext();
  const { tab, noise } = await open(context, file("imported/people.html"));
  const shown = () => tab.locator("[data-shown]").innerText();
  const column = (n) => tab.locator(`tbody td:nth-child(${n})`).allInnerTexts();
  assert.equal(await shown(), `1 to 100 of ${all.length}`);

  // Every page in turn shows every person once.
  const seen = new Set();
  for (let page = 1; ; page++) {
    for (const link of await tab.locator("tbody td:first-child a").evaluateAll((l) => l.map((a) => a.getAttribute("href")))) seen.add(link);
    const next = tab.getByRole("button", { name: "Next", exact: true });
    if (await next.isDisabled()) break;
    await next.click();
    assert.equal(await tab.evaluate(() => location.hash), `#page=${page + 1}`);
  }
  assert.deepEqual([...seen].sort(), all.map((row) => `person/${row.person}.html`).sort());

  await tab.goto(file("imported/people.html#sort=due"));
  const dates = (await column(4)).filter(Boolean);
  assert.deepEqual(dates, all.map((row) => row.due).filter(Boolean).sort().slice(0, dates.length));

  const one = all[Math.floor(all.length / 2)];
  await tab.goto("about:blank");
  await tab.goto(file(`imported/people.html#q=${one.person}`));
  assert.equal(await tab.getByLabel("Find").inputValue(), one.person);
  assert.ok((await column(1)).some((text) => text.includes(one.person)));

  const words = [...new Set(all.map((row) => row.status))];
  const word = words.find((w) => all.filter((row) => row.status === w).length < all.length) ?? words[0];
  const count = all.filter((row) => row.status === word).length;
  await tab.goto("about:blank");
  await tab.goto(file(`imported/people.html#status=${word}`));
  assert.match(await shown(), words.length > 1 ? new RegExp(`(of|^) ?${count}\\b`) : new RegExp(`of ${all.length}$`));
  assert.deepEqual(noise, []);
  await context.close();
});

for (const [width, colorScheme] of [[360, "dark"], [1280, "light"]]) {
  test(`overview, people and a person, ${colorScheme}, ${width} wide`, async () => {
    const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
    const person = `person/${rows()[0].person}.html`;
    for (const page of ["index.html", "people.html", person]) await fine(context, `imported/${page}`, width);
    await context.close();
  });
}

test("somebody who left is found, with what is recorded", async () => {
  const context = await browser.newContext();
  const { tab, noise } = await open(context, file("imported/people.html"));
  await tab.getByRole("link", { name: /left/ }).first().click();
  assert.ok(await tab.locator("tbody tr").count() > 50);
  await tab.locator("tbody a").first().click();
  assert.ok(await tab.getByRole("heading", { name: "Records" }).isVisible());
  assert.deepEqual(noise, []);
  await context.close();
});
