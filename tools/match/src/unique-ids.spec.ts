import { describe, expect, it } from 'vitest';
import { PartCollector, PartReader } from '@koppel/domain/matching';
import { relationReader } from './relation-rows.js';
import { LinesOfIds, UniqueIds } from './unique-ids.js';

/** Ids with the lines that their rows begin on. */
const rows: readonly (readonly [string, number])[] = [
  ['z', 2],
  ['b', 3],
  ['c', 7],
  ['b', 9],
  ['z', 12],
];

function collect(): void {
  const ids = new LinesOfIds();
  const collector = new PartCollector();
  const toRecord = relationReader(['id']);
  for (const [id, line] of rows) {
    const reader = new PartReader();
    reader.add(toRecord([id]));
    collector.append(reader.take(), line);
    ids.add(id, line);
  }
  try {
    collector.finish();
  } catch (error) {
    throw ids.withLines(error);
  }
}

describe('repeated ids', () => {
  const refusal = { kind: 'id-repeated', message: 'line 9 repeats the id "b" of line 3' };

  it('are refused as they are met, the first of the file with both lines', () => {
    const ids = new UniqueIds();

    expect(() => rows.forEach(([id, line]) => ids.add(id, line))).toThrow(expect.objectContaining(refusal));
  });

  it('are refused the same way once parts are collected', () => {
    expect(collect).toThrow(expect.objectContaining(refusal));
  });

  it('leave other errors as they are', () => {
    const error = new RangeError('More than 4000000 records');

    expect(new LinesOfIds().withLines(error)).toBe(error);
  });
});

describe.each([
  ['UniqueIds', () => new UniqueIds()],
  ['LinesOfIds', () => new LinesOfIds()],
])('%s', (_, make) => {
  it('refuses a row without an id', () => {
    expect(() => make().add('', 4)).toThrow('line 4 has no id');
  });
});
