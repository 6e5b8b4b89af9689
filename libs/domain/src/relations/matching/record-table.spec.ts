import { describe, expect, it } from 'vitest';
import { relationRules } from './rules/relation-rules.js';
import type { MatchRecord } from './match-record.js';
import { PartCollector, PartReader, readRecords, type ReadRecords } from './read-records.js';
import { aMatchRecord } from './testing/a-match-record.js';

const records: MatchRecord[] = [
  aMatchRecord({ id: 'a', name: 'J. van den Berg h.o.d.n. De Eik', phone: '020-1234567', city: 'Ede' }),
  aMatchRecord({ id: 'b', name: '', ibans: ['NL91ABNA0417164300', 'BE68539007547034'] }),
  aMatchRecord({
    id: 'c',
    name: 'Vermeer Holding II B.V.',
    vat: 'NL001234567B01',
    kvk: '12345674 000012345678',
  }),
  aMatchRecord({ id: 'd', name: 'Molen Bouw Ede V.O.F.', rsin: '001234567', isOwnCompany: true }),
  aMatchRecord({
    id: 'e',
    addressLine1: 'Postbus 12',
    postcode: '1234 AB',
    city: 'Den Haag',
    email: 'x@molen.nl',
  }),
];

function featuresOf({ records: table }: ReadRecords) {
  return Array.from({ length: table.length }, (_, r) => table.at(r));
}

describe('a table of records', () => {
  it('gives back the features that were put into it, in the order of their ids', () => {
    expect(featuresOf(readRecords(records.toReversed()))).toEqual(
      records.map((record) => relationRules.toFeatures(record)),
    );
  });

  it('is the same when several readers have read parts of the records', () => {
    const collector = new PartCollector();
    const readers = [new PartReader(), new PartReader()];
    records.toReversed().forEach((record, at) => {
      const reader = readers[at % 2]!;
      reader.add(record);
      collector.append(reader.take(), at % 2);
    });

    const collected = collector.finish();

    const whole = readRecords(records);
    expect(featuresOf(collected)).toEqual(featuresOf(whole));
    expect(collected.keys).toEqual(whole.keys);
  });
});
