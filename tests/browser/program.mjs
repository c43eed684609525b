// The program under test and its samples, built from this repository.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const repository = fileURLToPath(new URL("../..", import.meta.url));
const target = process.env.CARGO_TARGET_DIR || join(repository, "target");

function cargo(...args) {
  execFileSync("cargo", ["build", "--quiet", "--locked", ...args], { cwd: repository, stdio: ["ignore", "ignore", "inherit"] });
}

/** The path of the program, which the tests of cargo have built already. DULY=FILE uses that. */
export function program() {
  if (process.env.DULY) return process.env.DULY;
  cargo("--bin", "duly");
  return join(target, "debug", "duly");
}

/** The path of what makes the samples: built as the tests of cargo are, so that nothing is built twice. */
export function samples() {
  cargo("--example", "site-samples");
  return join(target, "debug", "examples", "site-samples");
}
