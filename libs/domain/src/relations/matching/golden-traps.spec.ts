import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import traps from './golden/traps.json' with { type: 'json' };

interface TrapCase {
  readonly trap: string;
  readonly file: string;
  readonly name: string;
}

const folder = new URL('golden/', import.meta.url);
const cases: readonly TrapCase[] = readdirSync(folder)
  .filter((file) => file.endsWith('.json') && file !== 'traps.json')
  .flatMap(casesOfFile);
const keys = Object.keys(traps);

describe('golden traps', () => {
  it.each(keys)('%s has two cases at least', (key) => {
    expect(cases.filter(({ trap }) => trap === key).length).toBeGreaterThanOrEqual(2);
  });

  it('knows no trap that is not in the list', () => {
    expect(cases.filter(({ trap }) => !keys.includes(trap))).toEqual([]);
  });

  it('has no two cases of one name in a file', () => {
    const names = cases.map(({ file, name }) => `${file}: ${name}`);

    expect(new Set(names).size).toBe(names.length);
  });

  it('lists every case in the table', () => {
    const readme = readFileSync(new URL('README.md', folder), 'utf8');
    const rows = readme
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .slice(2)
      .flatMap(casesOfRow);

    expect(new Set(rows.map(asText))).toEqual(new Set(cases.map(asText)));
  });
});

function casesOfFile(file: string): TrapCase[] {
  const labelled = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as {
    case: string;
    trap?: string;
  }[]; // our own files
  return labelled.flatMap(({ trap, case: name }) => (trap === undefined ? [] : [{ trap, file, name }]));
}

function casesOfRow(row: string): TrapCase[] {
  const [trap = '', , file = '', names = ''] = row
    .split('|')
    .slice(1)
    .map((cell) => cell.trim());
  return names.split('; ').map((name) => ({ trap, file, name }));
}

function asText({ trap, file, name }: TrapCase): string {
  return `${trap} ${file} ${name}`;
}
