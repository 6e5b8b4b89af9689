import { existsSync, readdirSync, readFileSync } from 'node:fs';
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

  it('names specs that name the fault, and every spec that does', () => {
    const inTable = rows.flatMap(({ id, specs }) => specs.map((spec) => `${id} ${spec}`));
    const inSpecs = specsOf(root).flatMap((spec) => {
      const named = readFileSync(path.join(root, spec), 'utf8').match(/\bF(?:\d\d|3A)\b/g) ?? [];
      return [...new Set(named)].map((id) => `${id} ${spec}`);
    });

    expect(inSpecs.length).toBeGreaterThan(60);
    expect(inTable.sort()).toEqual(inSpecs.sort());
  });
});

/** Specs of the product and its tools, but for this one. */
function specsOf(top: string): string[] {
  return ['apps', 'libs', 'tools']
    .flatMap((part) => readdirSync(path.join(top, part)).map((name) => path.join(part, name)))
    .flatMap((unit) => ['src', 'e2e'].map((folder) => path.join(unit, folder)))
    .filter((folder) => existsSync(path.join(top, folder)))
    .flatMap((folder) =>
      readdirSync(path.join(top, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
        path.join(folder, file),
      ),
    )
    .filter(
      (file) =>
        /\.(spec|e2e)\.ts$/.test(file) &&
        file !== path.join('tools', 'architecture', 'src', 'faults.spec.ts'),
    );
}
