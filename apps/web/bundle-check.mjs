// Measures the JavaScript that must be there before any page can be shown, compressed as Angular counts it (brotli); fails above the bound of portal.md.
// Angular's own budget sees only `main`, as the application itself is imported after the language is known.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';

const bytesMax = 150_000;
const folder = path.join(import.meta.dirname, 'dist/browser');
const textOf = (file) => readFileSync(path.join(folder, file), 'utf8');

/** Files that a script imports statically; `import("./x.js")` is lazy and does not count. */
const importsOf = (file) =>
  [...textOf(file).matchAll(/(?:from|import)\s*["'`]\.\/([\w-]+\.js)["'`]/g)].map((match) => match[1]);

function closureOf(files, found = new Set()) {
  for (const file of files) {
    if (found.has(file)) continue;
    found.add(file);
    closureOf(importsOf(file), found);
  }
  return found;
}

const entries = [...textOf('index.html').matchAll(/src="([\w-]+\.js)"/g)].map((match) => match[1]);
const main = entries.find((file) => file.startsWith('main-'));
// The application and, for English readers, its texts.
const lazyOfMain = [...textOf(main).matchAll(/import\(["'`]\.\/([\w-]+\.js)["'`]\)/g)].map(
  (match) => match[1],
);
const files = [...closureOf([...entries, ...lazyOfMain])];
const sizes = files.map((file) => ({ file, bytes: brotliCompressSync(textOf(file)).length }));
const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
for (const { file, bytes } of sizes.toSorted((a, b) => b.bytes - a.bytes))
  console.log(`${String(bytes).padStart(8)}  ${file}`);
console.log(`${String(total).padStart(8)}  in all, of ${bytesMax}`);
process.exitCode = total <= bytesMax ? 0 : 1;
