// The site of 1,200 people from an HR export and an export of a learning system, as somebody who
// begins with duly would make it. The exports are made here; DULY_EXPORTS=FOLDER takes those there.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const COURSES = ["Communication Skills", "Project Management", "Technical Skills", "Leadership Development", "Customer Service"];
const id = (title) => title.toLowerCase().replace(" ", "-");

/** Writes the two exports: one in ten left, one in ten has dates that contradict the status. */
function generate(folder) {
  const people = ["EmployeeID,FirstName,LastName,StartDate,ExitDate,Title,BusinessUnit,EmployeeStatus,EmployeeType,PayZone,DOB"];
  const courses = ["EmployeeID,TrainingDate,TrainingProgramName,TrainingType,TrainingOutcome,Trainer"];
  for (let n = 0; n < 1200; n++) {
    const day = n % 28 + 1;
    const [status, exit] = { 3: ["Active", "2/28/2023"], 9: ["Voluntarily Terminated", "3/31/2023"] }[n % 10] ?? ["Active", ""];
    people.push(`${1001 + n},First${n},Last${n},${n % 12 + 1}/${day}/2021,${exit},Technician ${n % 4},UNIT${n % 7},${status},Full-Time,Zone A,7/10/1969`);
    courses.push(`${1001 + n},${n % 3 + 1}/${day}/2023,${COURSES[n % 5]},Internal,${["Passed", "Completed", "Failed", "Incomplete"][n % 4]},Amanda Daniels`);
  }
  for (const [name, lines] of [["hris-employees.csv", people], ["lms-training.csv", courses]]) {
    writeFileSync(join(folder, name), `${lines.join("\r\n")}\r\n`);
  }
  return folder;
}

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

/** Makes the site in a folder of sites. */
export function imported(duly, sites) {
  const folder = mkdtempSync(join(tmpdir(), "duly-import-"));
  const exports = process.env.DULY_EXPORTS || generate(folder);
  const [people, courses] = ["hris-employees.csv", "lms-training.csv"].map((name) => join(exports, name));
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
}
