// The site of 3,000 people from an HR export and an export of a learning system, as somebody
// who begins with duly would make it. The exports lie beside the project, in ../shared/data or
// where DULY_SHARED says; without them there is no such site, and this says so.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const COURSES = ["Communication Skills", "Project Management", "Technical Skills", "Leadership Development", "Customer Service"];
const id = (title) => title.toLowerCase().replace(" ", "-");
const shared = process.env.DULY_SHARED || fileURLToPath(new URL("../../../shared", import.meta.url));

const policy = `apiVersion: duly/v1\nkind: Policy\nrequirements:\n${COURSES.map((title) => `  - id: ${id(title)}
    title: ${title}
    type: training
    applies_to: everyone
    due: {within: 90 days, every: 12 months, anchor: completion}
    editions:
      - {edition: "2018", published: 2018-01-01, material: not_retained}
    signed_by: [[issuer]]
    evidence: {outcomes: [passed, completed]}
`).join("")}`;

/** Makes the site in a folder of sites; false where there are no exports. */
export function imported(duly, sites) {
  const [people, courses] = ["hris-employees.csv", "lms-training.csv"].map((name) => join(shared, "data", name));
  if (!existsSync(people) || !existsSync(courses)) {
    console.error(`skipped: ${people} is not there, so there is no site of an import`);
    return false;
  }
  const folder = mkdtempSync(join(tmpdir(), "duly-import-"));
  const repo = join(folder, "repo");
  const run = (cwd, expected, ...args) => {
    const env = { PATH: process.env.PATH, HOME: folder };
    const { status, stdout, stderr } = spawnSync(duly, args, { cwd, env, encoding: "utf8" });
    if (status !== expected) throw new Error(`duly ${args.join(" ")}: ${status}\n${stdout}${stderr}`);
    return stdout;
  };
  for (const key of ["officer", "lms"]) run(folder, 0, "key", "new", "--no-passphrase", key);
  run(folder, 0, "init", "repo", "--name", "Imported", "--timezone", "UTC", "--officer", "w-0001", "--key", "officer");
  mkdirSync(join(repo, "policies"), { recursive: true });
  writeFileSync(join(repo, "policies", "courses.yaml"), policy);
  writeFileSync(join(folder, "hr.yaml"), run(repo, 0, "import", "roster", people, "--suggest"));
  run(repo, 1, "import", "roster", people, "--map", "../hr.yaml", "--declare", "--rejects", "../hr.csv");
  run(repo, 0, "key", "request", "--owner", "service/lms", "--key", "../lms", "--out", "../lms.request");
  run(repo, 0, "key", "approve", "../lms.request", "--key", "../officer");
  const print = spawnSync("ssh-keygen", ["-lf", join(folder, "lms.pub")], { encoding: "utf8" }).stdout.split(" ")[1];
  run(repo, 0, "key", "grant", print, "--scope", COURSES.map(id).join(","), "--until", "2027-06-30", "--key", "../officer");
  let map = run(repo, 0, "import", "completions", courses, "--suggest");
  for (const title of COURSES) map = map.replace(`"${title}": CHOOSE`, `"${title}": ${id(title)}`);
  writeFileSync(join(folder, "lms.yaml"), map);
  run(repo, 1, "import", "completions", courses, "--map", "../lms.yaml", "--key", "../lms", "--rejects", "../lms.csv");
  run(repo, 0, "report", "--out", join(sites, "imported"), "--as-of", "2023-06-30");
  rmSync(folder, { recursive: true });
  return true;
}
