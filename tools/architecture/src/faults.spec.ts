import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');
const decades: readonly (readonly [first: number, last: number])[] = [
  [1, 5],
  [10, 12],
  [20, 28],
  [30, 39],
  [40, 47],
  [50, 54],
  [60, 60],
  [70, 73],
  [80, 82],
  [90, 96],
];
const faults = decades.flatMap(([first, last]) =>
  Array.from({ length: last - first + 1 }, (_, index) => `F${String(first + index).padStart(2, '0')}`),
);

const rows = readFileSync(path.join(root, 'docs/faults.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| F[0-9]/.test(line))
  .map((line) => {
    const [id = '', , specs = '', missing = ''] = line
      .split('|')
      .slice(1)
      .map((cell) => cell.trim());
    return { id, specs: [...specs.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''), missing };
  });

describe('the table of faults', () => {
  it('has one row for each fault', () => {
    expect(rows.map(({ id }) => id).sort()).toEqual([...faults, 'F3A'].sort());
  });

  it('names specs that exist', () => {
    const named = rows.flatMap(({ specs }) => specs);

    expect(named.length).toBeGreaterThan(60);
    expect(named.filter((spec) => !spec.endsWith('.spec.ts') || !existsSync(path.join(root, spec)))).toEqual(
      [],
    );
  });

  it('says what is missing where it names no spec', () => {
    expect(rows.filter(({ specs, missing }) => specs.length === 0 && missing === '')).toEqual([]);
  });
});
