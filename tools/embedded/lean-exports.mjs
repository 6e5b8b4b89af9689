// After an install: says the same in fewer words. Node passes a package's whole list of exports along with each of its modules, and that of
// drizzle-orm is 178 kB for 447 entries: two seconds of processor time in every process, before anything of ours runs.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const file = path.resolve(import.meta.dirname, '../../node_modules/drizzle-orm/package.json');

/** The same exports: folders one by one, all other modules by a pattern; undefined when the list is not as regular as that. */
function lean(exports) {
  const folders = {};
  for (const [name, target] of Object.entries(exports)) {
    const module = target?.import?.default;
    if (module === `${name}.js`) continue;
    const isFolder = module === `${name}/index.js`;
    if (!isFolder || target.require?.default !== `${name}/index.cjs`) return undefined;
    folders[name] = { import: module, require: `${name}/index.cjs` };
  }
  return { ...folders, './*': { import: './*.js', require: './*.cjs' } };
}

const description = JSON.parse(readFileSync(file, 'utf8'));
const exports = lean(description.exports);
if (exports) {
  const draft = `${file}.lean`;
  writeFileSync(draft, `${JSON.stringify({ ...description, exports }, null, 2)}\n`);
  // Renamed, not overwritten: package managers link one file into many folders.
  renameSync(draft, file);
}
