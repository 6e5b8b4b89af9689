import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { english } from './en/index.js';

const app = path.resolve(import.meta.dirname, '../app');
const files = readdirSync(app, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(ts|html)$/.test(file) && !file.endsWith('.spec.ts'))
  .map((file) => ({ file, text: readFileSync(path.join(app, file), 'utf8') }));

/** `i18n="@@id"`, `i18n-label="@@id"` in templates and `$localize`:@@id:` in code. */
const idPattern = /(?:i18n(?:-[a-z-]+)?="@@|\$localize`:@@)([\w.]+)/g;
const used = new Set(files.flatMap(({ text }) => [...text.matchAll(idPattern)].map((match) => match[1])));
const placeholdersOf = (text: string) =>
  [...text.matchAll(/\{\$?([A-Z][A-Z_0-9]*)[},]/g)].map((match) => match[1]).sort();

/** The Dutch source of `$localize` messages, with the names of its placeholders. */
const localizePattern = /\$localize`:@@([\w.]+):((?:[^`\\]|\\.)*)`/g;
const sources = files.flatMap(({ text }) =>
  [...text.matchAll(localizePattern)].map((match) => ({
    id: match[1] as string,
    names: [...(match[2] as string).matchAll(/\}:([A-Z_]+):/g)].map((name) => name[1]).sort(),
  })),
);

describe('the English texts', () => {
  it('exist for every text of the portal', () => {
    expect([...used].filter((id) => english[id as string] === undefined)).toEqual([]);
  });

  it('are all still used', () => {
    expect(Object.keys(english).filter((id) => !used.has(id))).toEqual([]);
  });

  it('fill in the same values as the Dutch ones', () => {
    const wrong = sources.filter(({ id, names }) => {
      const translated = english[id];
      return translated !== undefined && placeholdersOf(translated).join() !== names.join();
    });
    expect(wrong).toEqual([]);
  });

  it('mark every text for translation by a meaningful id', () => {
    const anonymous = files.filter(({ text }) =>
      /\$localize`(?!:@@)|\si18n(?:-[a-z-]+)?(?:="(?!@@)|[\s>])/.test(text),
    );
    expect(anonymous.map(({ file }) => file)).toEqual([]);
  });
});
