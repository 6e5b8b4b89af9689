import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { simulate } from './simulate.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'koppel-simulate-'));
  file = path.join(folder, 'some.regressions.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Fails for numbers from `from` on, and remembers all that it got. */
function aProperty(from: number) {
  const drawn: number[] = [];
  const property = fc.asyncProperty(fc.nat(1_000_000), (number) => {
    drawn.push(number);
    if (number >= from) throw new Error('too large');
    return Promise.resolve();
  });
  return { property, drawn };
}

describe('a simulation', () => {
  it('says which line to add when a case fails, and runs that case first once it is there', async () => {
    const failing = aProperty(500_000);
    const error = await simulate(failing.property, { file, runs: 200 }).catch((reason: unknown) => reason);

    const line = /some\.regressions\.json: (\{.*\})/.exec(String(error))?.[1] ?? '';
    const first = failing.drawn.find((number) => number >= 500_000);
    expect((error as Error).cause).toMatchObject({ message: 'too large' });
    writeFileSync(file, `[${line}]`);
    const again = aProperty(Infinity);
    await simulate(again.property, { file, runs: 10 });
    expect(again.drawn[0]).toBe(first);
    expect(again.drawn).toHaveLength(11);
  });

  it('fails by a case that failed once, before any other is drawn', async () => {
    writeFileSync(file, JSON.stringify([{ seed: 7, run: 3 }]));
    const failing = aProperty(0);

    await expect(simulate(failing.property, { file, runs: 10 })).rejects.toThrow('seed: 7, path: "3');
  });

  it('draws new cases where nothing has failed yet', async () => {
    const fine = aProperty(Infinity);

    await simulate(fine.property, { file, runs: 25 });

    expect(fine.drawn).toHaveLength(25);
  });

  it('refuses a file that holds something else', async () => {
    writeFileSync(file, JSON.stringify([{ seed: 'x' }]));

    await expect(simulate(aProperty(Infinity).property, { file, runs: 1 })).rejects.toThrow('seed');
  });
});
