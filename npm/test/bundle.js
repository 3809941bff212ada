// Bundles a page that uses the package with two bundlers, and looks whether the package is in it and nothing is left to import.
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import * as vite from "vite";

const entry = fileURLToPath(new URL("page.js", import.meta.url));

const bundles = {
  async esbuild() {
    const built = await esbuild.build({ entryPoints: [entry], bundle: true, minify: true, format: "esm", write: false });
    return built.outputFiles[0].text;
  },
  async vite() {
    const lib = { entry, formats: ["es"], fileName: "page" };
    const [built] = await vite.build({ configFile: false, logLevel: "error", build: { lib, write: false } });
    return built.output[0].code;
  },
};

for (const [name, bundle] of Object.entries(bundles)) {
  const code = await bundle();
  assert.match(code, /embed\.js/, name);
  assert.doesNotMatch(code, /\bimport\b/, name);
  console.log(`${name}: ${code.length} bytes`);
}
