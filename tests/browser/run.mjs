// Runs every test: the sites are made once, and the files of tests go side by side.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { SITES } from "./samples.mjs";

const tests = spawnSync(process.execPath, ["--test", "--test-concurrency=2", ...process.argv.slice(2)], {
  stdio: "inherit", env: { ...process.env, SITES },
});
// A site of 10,000 people is not left lying about.
if (!process.env.SITES) rmSync(SITES, { recursive: true });
process.exit(tests.status ?? 1);
