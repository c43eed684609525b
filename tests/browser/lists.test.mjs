// The lists: filter, chips, selects, sort, pages, the state in the address, the keyboard.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./chromium.mjs";
import { file } from "./samples.mjs";

let browser;
let tab;
before(async () => { browser = await launch(); tab = await browser.newPage(); });
after(() => browser.close());

const rows = () => tab.locator("tbody tr");
const shown = () => tab.locator("[data-shown]").innerText();
const column = (n) => tab.locator(`tbody td:nth-child(${n})`).allInnerTexts();

test("a page of rows at a time, whatever the number", async () => {
  await tab.goto(file("large/people.html"));
  assert.equal(await rows().count(), 100);
  const match = /^1 to 100 of (\d+)$/.exec(await shown());
  assert.ok(match && Number(match[1]) > 8000, await shown());
  await tab.getByRole("button", { name: "Next", exact: true }).click();
  assert.match(await shown(), /^101 to 200 of /);
  assert.equal(await tab.evaluate(() => location.hash), "#page=2");
  assert.ok(await tab.getByRole("button", { name: "Previous" }).isEnabled());
});

test("finding folds small letters and accents, in names and ids", async () => {
  await tab.goto(file("large/people.html#q=ZOE+dvorak"));
  const names = await column(1);
  assert.ok(names.length > 0 && names.every((n) => n.includes("Zoë Dvořák")), names[0]);
  await tab.getByLabel("Find").fill("soren");
  assert.ok((await column(1)).every((n) => n.includes("Søren")));
  await tab.getByLabel("Find").fill("w-00042");
  assert.equal(await rows().count(), 1);
  await tab.getByLabel("Find").fill("nobody at all");
  assert.equal(await rows().count(), 0);
  assert.match(await shown(), /^Nothing matches \(of \d+ in all\)\.$/);
});

test("chips and selects narrow together, and the address brings it all back", async () => {
  await tab.goto(file("large/people.html"));
  await tab.getByRole("button", { name: /^Overdue/ }).click();
  await tab.getByLabel("Team").selectOption("Radiology");
  await tab.getByRole("button", { name: "Person" }).click();
  const before = [await shown(), await column(1)];
  assert.ok(before[1].length > 0);
  assert.ok((await column(2)).every((s) => s.startsWith("Overdue")));
  assert.ok((await column(5)).every((t) => t.includes("Radiology")));
  const address = tab.url();
  await tab.goto("about:blank");
  await tab.goto(address);
  assert.deepEqual([await shown(), await column(1)], before);
  assert.equal(await tab.getByRole("button", { name: /^Overdue/ }).getAttribute("aria-pressed"), "true");
  assert.equal(await tab.getByLabel("Team").inputValue(), "Radiology");
});

test("heads sort up, down and not at all", async () => {
  await tab.goto(file("clinic/people.html"));
  const head = tab.locator("th", { hasText: "Next due" });
  const plain = await column(1);
  await head.getByRole("button").click();
  assert.equal(await head.getAttribute("aria-sort"), "ascending");
  const dates = (await column(4)).filter(Boolean);
  assert.deepEqual(dates, [...dates].sort());
  await head.getByRole("button").click();
  assert.equal(await head.getAttribute("aria-sort"), "descending");
  await head.getByRole("button").click();
  assert.equal(await head.getAttribute("aria-sort"), null);
  assert.deepEqual(await column(1), plain);
});

test("the keyboard alone is enough", async () => {
  await tab.goto(file("clinic/people.html"));
  await tab.keyboard.press("Tab");
  assert.equal(await tab.evaluate(() => document.activeElement.textContent), "Skip to the content");
  await tab.keyboard.press("/");
  assert.equal(await tab.evaluate(() => document.activeElement.type), "search");
  await tab.keyboard.type("ruiz/");
  assert.equal(await tab.getByLabel("Find").inputValue(), "ruiz/", "a slash is a letter there");
  await tab.getByLabel("Find").fill("");
  for (let i = 0; i < 40; i++) {
    await tab.keyboard.press("Tab");
    if (await tab.evaluate(() => document.activeElement.className.includes("chip"))) break;
  }
  await tab.keyboard.press("Space");
  assert.equal(await tab.evaluate(() => document.activeElement.getAttribute("aria-pressed")), "true");
});

test("what is due within some days", async () => {
  await tab.goto(file("clinic/due.html#within=30"));
  const days = (await column(3)).map(Number);
  assert.ok(days.length > 0 && days.every((d) => d >= 0 && d <= 30), String(days));
  const card = await tab.locator(".card", { hasText: "in 30 days" }).locator(".big").innerText();
  assert.equal(String(days.length), card, "the card counts the same");
});

test("within three clicks: who slipped through, and one person's proof", async () => {
  await tab.goto(file("clinic/index.html"));
  await tab.getByRole("link", { name: "Onboarding" }).click();
  await tab.locator("tbody tr", { hasText: "Slipped through" }).locator("a").first().click();
  assert.ok(await tab.getByRole("heading", { name: "Records" }).isVisible());
  await tab.locator("summary").first().click();
  assert.ok(await tab.locator("caption", { hasText: "History" }).first().isVisible());
});

test("a key press on 10,000 people (reported, not asserted)", async (t) => {
  await tab.goto(file("large/people.html"));
  // Nobody types in the first moment.
  await tab.waitForTimeout(500);
  const times = await tab.evaluate(() => {
    const find = document.querySelector(".filters input");
    return ["s", "so", "sor", "sore", "soren"].map((text) => {
      find.value = text;
      const start = performance.now();
      find.dispatchEvent(new Event("input"));
      return Math.round((performance.now() - start) * 10) / 10;
    });
  });
  t.diagnostic(`milliseconds: ${times.join(", ")}`);
});
