import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { workerMemory } from './memory-habits.js';

const compose = readFileSync(path.resolve(import.meta.dirname, '../../../compose.yaml'), 'utf8');

describe("the worker's memory habits", () => {
  it('are the same in compose.yaml', () => {
    const worker = /\n {2}worker:\n(.*?)\n(?:\S|\n)/s.exec(compose)?.[1] ?? '';
    const flags = worker.match(/--[\w-]+(?:=\d+)?/g);
    const malloc = [...worker.matchAll(/(MALLOC_\w+): '(\d+)'/g)].map(([, name, value]) => [name, value]);

    expect(flags).toEqual(workerMemory.nodeFlags);
    expect(Object.fromEntries(malloc)).toEqual(workerMemory.mallocEnv);
  });
});
