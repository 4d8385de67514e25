// Compiles scss/app.scss and copies scripts and images into ../static (git-ignored, shipped in the wheel).
import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile, Logger } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "static");
const govuk = join(here, "node_modules", "govuk-frontend", "dist", "govuk");

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });

const { css } = compile(join(here, "scss", "app.scss"), {
  loadPaths: [join(here, "node_modules", "govuk-frontend", "dist")],
  style: "compressed",
  quietDeps: true,
  logger: Logger.silent,
});
// The font and the crest belong to GOV.UK alone: fail rather than ship a trace of them.
for (const forbidden of ["GDS Transport", "@font-face", "govuk-crest"]) {
  if (css.includes(forbidden)) throw new Error(`the compiled style sheet contains ${forbidden}`);
}
await writeFile(join(out, "app.css"), css);
await copyFile(join(govuk, "govuk-frontend.min.js"), join(out, "govuk-frontend.min.js"));
await copyFile(join(here, "scripts", "app.js"), join(out, "app.js"));
await copyFile(join(here, "images", "favicon.svg"), join(out, "favicon.svg"));
console.log(`wrote ${out}`);
