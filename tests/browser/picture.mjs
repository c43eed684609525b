// The pictures of the README: the clinic of the examples on a fixed day, in docs/images.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "./chromium.mjs";
import { program, repository } from "./program.mjs";

const clinic = join(repository, "examples", "clinic");
// The day and the root are those that the clinic's own README asks with.
const [, day, root] = /--as-of (\S+) --trust-root (\S+)/.exec(readFileSync(join(clinic, "README.md"), "utf8"));
const PICTURES = [
  { name: "overview.png", page: "index.html", width: 1180, height: 900, colorScheme: "light", scale: 1 },
  { name: "overview-phone.png", page: "index.html", width: 390, height: 900, colorScheme: "dark", scale: 1 },
];

const folder = mkdtempSync(join(tmpdir(), "duly-picture-"));
const site = join(folder, "site");
execFileSync(program(), ["report", "--out", site, "--as-of", day, "--trust-root", root], { cwd: clinic });
const images = join(repository, "docs", "images");
mkdirSync(images, { recursive: true });
const browser = await launch();
for (const { name, page, width, height, colorScheme, scale } of PICTURES) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, deviceScaleFactor: scale, reducedMotion: "reduce" });
  const tab = await context.newPage();
  await tab.goto(pathToFileURL(join(site, page)).href);
  await tab.screenshot({ path: join(images, name) });
  await context.close();
}
await browser.close();
rmSync(folder, { recursive: true });
