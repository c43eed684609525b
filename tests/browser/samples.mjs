// The sites that the tests look at: made by the program's own code, in a folder that is thrown
// away. SITES=FOLDER uses one that is there.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { imported } from "./imported.mjs";
import { program, samples } from "./program.mjs";

function make() {
  const folder = mkdtempSync(join(tmpdir(), "duly-sites-"));
  // With exports of somebody else only what is made from them is looked at.
  if (!process.env.DULY_EXPORTS) execFileSync(samples(), [folder, "10000"], { stdio: ["ignore", "ignore", "inherit"] });
  imported(program(), folder);
  return folder;
}

export const SITES = process.env.SITES || make();

/** The sites of which every kind of page is looked at. */
export const ALL = ["clinic", "clean", "empty", "hostile", "public", "team"];

/** The address of a page in a folder. */
export function file(page) {
  const [path, hash] = page.split("#");
  return pathToFileURL(join(SITES, path)).href + (hash ? `#${hash}` : "");
}

/** Every file of a site, by its path in it. */
export function files(site) {
  const root = join(SITES, site);
  const walk = (folder) => readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? walk(path) : [relative(root, path)];
  });
  return walk(root).sort();
}

/** One page of each kind. */
export function kinds(site) {
  const all = files(site);
  const first = (start) => all.find((path) => path.startsWith(start) && path.endsWith(".html"));
  const top = all.filter((path) => /^[a-z0-9]+\.html$/.test(path));
  const worst = all.find((path) => path === "person/w-0004.html") || first("person/");
  return [...top, worst, first("requirement/bloodborne/") || first("requirement/"), first("finding/"), first("control/")]
    .filter(Boolean).map((path) => `${site}/${path}`);
}
