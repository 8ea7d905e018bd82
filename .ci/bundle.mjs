// Bundles static/js and static/css into static/build: one script and one style sheet for all pages,
// and a script of its own for a page that needs much (the board). backlog/web/assets.py adds the content hashes.
import { existsSync, rmSync } from "node:fs";
import { build } from "esbuild";

const ENTRIES = ["js/app.js", "js/board.js", "css/app.css"];
const entryPoints = ENTRIES.map((entry) => `static/${entry}`).filter((path) => existsSync(path));

rmSync("static/build", { recursive: true, force: true });
await build({
  entryPoints,
  entryNames: "[name]",
  outdir: "static/build",
  bundle: true,
  minify: true,
  charset: "utf8",
  format: "esm",
  legalComments: "linked",
  target: ["chrome123", "firefox121", "safari17.5"],
  external: ["*.svg"],
  logLevel: "warning",
});
