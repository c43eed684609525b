// The program under test, built from this repository.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const repository = fileURLToPath(new URL("../..", import.meta.url));

/** Builds the program and its samples; gives the folder that they are in. PROGRAMS=FOLDER uses
    those that are there. */
export function build() {
  if (process.env.PROGRAMS) return process.env.PROGRAMS;
  execFileSync("cargo", ["build", "--quiet", "--release", "--bin", "duly", "--example", "site-samples"],
    { cwd: repository, stdio: ["ignore", "ignore", "inherit"] });
  return join(process.env.CARGO_TARGET_DIR || join(repository, "target"), "release");
}
