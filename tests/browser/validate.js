// Documents by name on standard input, as JSON; what is wrong with them on standard output.
import { readFileSync } from "node:fs";
import { HtmlValidate, StaticConfigLoader } from "html-validate";

const rules = {
  extends: ["html-validate:standard", "html-validate:document", "html-validate:a11y"],
  rules: {
    // Safari calls a list without bullets no list, unless it is told.
    "no-redundant-role": "off",
    "prefer-native-element": ["error", { exclude: ["list"] }],
    "no-implicit-button-type": "off", // the standard's own: a button in a form sends it
    "require-sri": ["error", { target: "crossorigin" }], // our own scripts are named by their hash
  },
};
const validator = new HtmlValidate(new StaticConfigLoader({ root: true, ...rules }));
const wrong = [];
for (const [name, html] of Object.entries(JSON.parse(readFileSync(0, "utf-8")))) {
  const report = await validator.validateString(html, name);
  for (const { messages } of report.results) {
    wrong.push(
      ...messages.map(
        (each) => `${name}:${each.line}:${each.column}: ${each.message} (${each.ruleId})`,
      ),
    );
  }
}
process.stdout.write(JSON.stringify(wrong));
