// What eslint looks for in the scripts of the pages, and in those that look at the pages.

import js from "@eslint/js";
import globals from "globals";

const STRICT = {
  eqeqeq: "error",
  "no-unused-private-class-members": "error",
  // rjsmin takes the inner one's first mark for the outer one's end.
  "no-restricted-syntax": ["error", "TemplateLiteral TemplateLiteral"],
  "no-var": "error",
  "prefer-const": "error",
};

export default [
  js.configs.recommended,
  {
    files: ["audioguide/web/static/**/*.js"],
    languageOptions: { globals: globals.browser },
    rules: STRICT,
  },
  {
    // Whoever has a phone of 2020 hears a stop (Safari 14, Firefox 79); a group needs a newer one.
    files: ["audioguide/web/static/**/*.js"],
    ignores: ["follow", "group", "lead"].flatMap((each) => [`**/${each}.js`, `**/${each}/**`]),
    languageOptions: { ecmaVersion: 2021 },
  },
  {
    files: ["tests/browser/*.js"],
    languageOptions: {
      globals: { ...globals.node, ...globals.browser, axe: "readonly", due: "readonly" },
    },
    rules: STRICT,
  },
];
