import { describe, expect, it } from 'vitest';
import { countShared } from './count-shared.js';
import { PartCollector, PartReader, readRecords } from './read-records.js';
import { aMatchRecord } from './testing/a-match-record.js';

const ibans = ['NL91ABNA0417164300', 'BE68539007547034', 'NL20INGB0001234567', 'DE89370400440532013000'];
const records = [
  aMatchRecord({ id: 'a', name: 'Lumiri Glas B.V.', ibans, phone: '020-1234567' }),
  aMatchRecord({ id: 'b', name: 'Tozen Staal B.V.', ibans, phone: '020-1234567' }),
];
const twoEach = ibans.map(() => 2);

describe('the names that use a value', () => {
  it('are counted for every account of records that have several', () => {
    const table = readRecords(records).records;

    countShared(table);

    expect(records.map((_, r) => table.at(r).shared)).toEqual(
      records.map(() => ({ phone: 2, mail: 1, domain: 1, address: 1, kvk: 1, ibans: twoEach })),
    );
  });

  it('are counted for every account when several readers have read the records', () => {
    const collector = new PartCollector();
    for (const [reader, record] of records.entries()) {
      const part = new PartReader();
      part.add(record);
      collector.append(part.take(), reader);
    }
    const table = collector.finish().records;

    countShared(table);

    expect(table.at(0).shared.ibans).toEqual(twoEach);
    expect(table.at(1).shared.ibans).toEqual(twoEach);
  });
});
