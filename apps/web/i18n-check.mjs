// Compares the texts that the compiler finds with the English ones, placeholders included; run by `npm run i18n:check`.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import path from 'node:path';

// The English texts are TypeScript that imports by `.js`, as everywhere in this repository.
registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier.startsWith('./') ? specifier.replace(/\.js$/, '.ts') : specifier, context),
});
const { english } = await import('./src/i18n/en/index.ts');

const extracted = path.join(import.meta.dirname, 'dist/i18n/messages.json');
const { translations } = JSON.parse(readFileSync(extracted, 'utf8'));
const placeholdersOf = (text) =>
  [...text.matchAll(/\{\$?([A-Z][A-Z_0-9]*)[},]/g)]
    .map((match) => match[1])
    .sort()
    .join();

const faults = [
  ...Object.keys(translations)
    .filter((id) => !(id in english))
    .map((id) => `${id}: not translated`),
  ...Object.keys(english)
    .filter((id) => !(id in translations))
    .map((id) => `${id}: no longer used`),
  ...Object.entries(translations)
    .filter(([id, source]) => id in english && placeholdersOf(source) !== placeholdersOf(english[id]))
    .map(([id, source]) => `${id}: other placeholders than "${source}"`),
];
for (const fault of faults) console.error(fault);
console.log(`${Object.keys(translations).length} texts, ${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;
