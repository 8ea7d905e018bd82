// Bundles static/js and static/css into static/build: one script and one style sheet for all pages, and for what only
// some pages need one of its own for each file in static/js/pages and static/css/pages. backlog/web/assets.py adds the
// content hashes; a page takes its own by {{ script("board") }} and {{ style("figures") }} in its block `head`.
import { readdirSync, rmSync } from "node:fs";
import { build } from "esbuild";

const of = (folder) => readdirSync(`static/${folder}`).map((name) => `static/${folder}/${name}`);

rmSync("static/build", { recursive: true, force: true });
await build({
  entryPoints: ["static/js/app.js", "static/css/app.css", ...of("js/pages"), ...of("css/pages")],
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
