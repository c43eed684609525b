// The program under test and its samples, built from this repository.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const repository = fileURLToPath(new URL("../..", import.meta.url));
const target = process.env.CARGO_TARGET_DIR || join(repository, "target");

function cargo(...args) {
  execFileSync("cargo", ["build", "--quiet", ...args], { cwd: repository, stdio: ["ignore", "ignore", "inherit"] });
}

/** The path of the program, which the tests of cargo have built already. DULY=FILE uses that. */
export function program() {
  if (process.env.DULY) return process.env.DULY;
  cargo("--bin", "duly");
  return join(target, "debug", "duly");
}

/** The path of what makes the samples: optimized, because 10,000 people are many. */
export function samples() {
  cargo("--release", "--example", "site-samples");
  return join(target, "release", "examples", "site-samples");
}
