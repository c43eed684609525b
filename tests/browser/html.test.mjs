// Every page as a text, without a browser: valid HTML whose links lead somewhere.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { test } from "node:test";
import { HtmlValidate } from "html-validate";
import { ALL, SITES, files } from "./samples.mjs";

for (const site of ALL) {
  test(`${site}: valid HTML, and every link leads somewhere`, async () => {
    const validator = new HtmlValidate({
      extends: ["html-validate:standard"],
      rules: {
        // Taste, not validity: how long a text is, and in which case a doctype is written.
        "long-title": "off", "doctype-style": "off", "no-trailing-whitespace": "off", "tel-non-breaking": "off",
        "no-inline-style": "error", "no-raw-characters": "error",
        "require-sri": "off", "prefer-native-element": "off", "void-style": "off", "no-implicit-button-type": "error",
      },
    });
    const all = new Set(files(site));
    for (const path of [...all].filter((p) => p.endsWith(".html"))) {
      const text = readFileSync(join(SITES, site, path), "utf8");
      const report = await validator.validateString(text, path);
      const messages = report.results.flatMap((r) => r.messages).map((m) => `${m.line}: ${m.ruleId} ${m.message}`);
      assert.deepEqual(messages, [], `${site}/${path}`);
      assert.doesNotMatch(text, / on[a-z]+="| style="|javascript:[^a]/, `${site}/${path}`);
      for (const [, address] of text.matchAll(/(?:href|src)="([^"#]*)[^"]*"/g)) {
        if (!address || /^(https|mailto):/.test(address) || path === "404.html") continue;
        const target = posix.join(posix.dirname(path), address);
        assert.ok(all.has(target), `${site}/${path} links to ${address}`);
      }
    }
  });
}
