// Every kind of page, wide and light, narrow and dark: accessible, silent, asking for nothing, and
// within its width; from a folder and from a server, with and without script.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./chromium.mjs";
import { fine, open } from "./page.mjs";
import { ALL, file, kinds } from "./samples.mjs";
import { serve } from "./server.mjs";

// What a width changes and what colours change have little to do with each other; and what shows
// less than the clinic is looked at in one way alone.
const LOOKS = { clean: [[1280, "light"]], empty: [[360, "dark"]], public: [[360, "dark"]], team: [[1280, "light"]] };
let browser;
let server;
before(async () => { browser = await launch(); server = await serve(); });
after(async () => { await browser.close(); server.stop(); });

for (const site of ALL) {
  for (const [width, colorScheme] of LOOKS[site] ?? [[360, "dark"], [1280, "light"]]) {
    test(`${site}, ${colorScheme}, ${width} wide: accessible, silent and within its width`, async () => {
      const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
      for (const page of kinds(site)) await fine(context, page, width);
      await context.close();
    });
  }
}

test("a server shows what a folder shows", async () => {
  const context = await browser.newContext();
  for (const page of kinds("clinic")) {
    const here = await open(context, file(page));
    const there = await open(context, server.address + page);
    const text = (tab) => tab.evaluate(() => document.body.innerText);
    assert.equal(await text(here.tab), await text(there.tab), page);
    assert.deepEqual([...here.noise, ...there.noise], [], page);
  }
  await context.close();
});

test("everything can be read without script", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const { tab } = await open(context, file("large/people.html"));
  assert.equal(await tab.locator("tbody tr").count(), 100);
  const first = await tab.locator("tbody tr").first().innerText();
  await tab.getByRole("link", { name: "Next" }).click();
  assert.match(tab.url(), /people-2\.html$/);
  assert.equal(await tab.locator("tbody tr").count(), 100);
  assert.notEqual(await tab.locator("tbody tr").first().innerText(), first);
  assert.match(await tab.locator("[data-shown]").innerText(), /^101 to 200 of \d+$/);
  await tab.goto(file("clinic/person/w-0004.html"));
  await tab.locator("summary").first().click();
  assert.ok(await tab.getByText("The same on the command line").first().isVisible());
  await context.close();
});

test("hostile texts are there as text", async () => {
  const context = await browser.newContext();
  const { tab } = await open(context, file("hostile/people.html"));
  const text = await tab.evaluate(() => document.body.innerText);
  for (const part of ["<script>document.title='owned'</script>", "\"onmouseover=\"document.title='owned'", "=cmd()|'/C calc'!A0", "\\u{1b}[31mred", "\\u{202e}evil", "{{ 7 * 7 }}", "&lt;b&gt;&amp;", "مرحبا بالعالم"]) {
    assert.ok(text.includes(part), part);
  }
  for (const row of await tab.locator("tbody a").all()) await row.hover();
  assert.equal(await tab.locator("img, iframe, object, embed").count(), 0);
  await context.close();
});

test("one file holds the whole site, without script", async () => {
  const context = await browser.newContext({ javaScriptEnabled: true });
  const { tab, noise } = await open(context, file("clinic.html"));
  assert.ok(await tab.getByRole("heading", { level: 1 }).first().isVisible());
  await tab.getByRole("link", { name: "People", exact: true }).click();
  await tab.locator(".part:target tbody a").first().click();
  assert.ok(await tab.locator(".part:target").getByText("Records").first().isVisible());
  assert.equal(await tab.locator(".part:visible").count(), 1);
  assert.deepEqual(noise, []);
  await context.close();
});

test("paper: every page prints, with its details open", async () => {
  const context = await browser.newContext();
  for (const page of kinds("clinic")) {
    const { tab, noise } = await open(context, file(page));
    for (const format of ["A4", "Letter"]) {
      const pdf = await tab.pdf({ format });
      assert.ok(pdf.subarray(0, 5).toString() === "%PDF-" && pdf.length > 5000, page);
    }
    await tab.emulateMedia({ media: "print" });
    const hidden = await tab.evaluate(() => [...document.querySelectorAll("td.minor")].filter((td) => getComputedStyle(td).display === "none").length);
    assert.equal(hidden, 0, "paper has room for every column");
    assert.deepEqual(noise, [], page);
  }
  await context.close();
});
