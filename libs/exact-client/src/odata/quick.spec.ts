import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decodeRows } from './decode.js';
import * as fields from './fields.js';
import { quickRow } from './quick.js';
import { zoneOf } from './zone.js';

const id = '3F2504E0-4F89-11D3-9A0C-0305E82C3301';
const shape = {
  ID: fields.guid,
  Parent: fields.reference,
  Name: fields.requiredText,
  City: fields.text,
  Count: fields.int32,
  Amount: fields.double,
  Main: fields.flag,
  Timestamp: fields.int64,
  EndDate: fields.calendarDate,
  Modified: fields.localTimestamp(zoneOf('Europe/Amsterdam')),
};
const schema = z.object(shape);
/** The same schema without its quick ways: a copy is another schema. */
const slow = z.object(
  Object.fromEntries(Object.entries(shape).map(([key, field]) => [key, field.clone()])) as typeof shape,
);
const good = {
  ...{ ID: id, Parent: null, Name: ' Jansen ', City: '', Count: 3, Amount: 0.5, Main: 1, Timestamp: '7' },
  ...{ EndDate: '/Date(1703980800000)/', Modified: '/Date(1720008000000)/' },
};

describe('quickRow', () => {
  it('decodes a plain record', () => {
    expect(quickRow(schema, good)).toEqual({
      ...{ ID: id.toLowerCase(), Parent: null, Name: 'Jansen', City: null, Count: 3, Amount: 0.5 },
      ...{ Main: true, Timestamp: '7', EndDate: '2023-12-31', Modified: '2024-07-03T10:00:00.000Z' },
    });
  });

  it('leaves to the schema what is missing, what is wrong and what must be cleaned', () => {
    const { Name: _, ...nameless } = good;
    const doubtful = [nameless, { ...good, Name: null }, { ...good, Count: 1.5 }, { ...good, City: 'a\0' }];
    for (const record of doubtful) expect(quickRow(schema, record)).toBeUndefined();
    expect(quickRow(slow, good)).toBeUndefined();
  });

  it('never decodes otherwise than the schema', () => {
    const odd = fc.oneof(
      fc.jsonValue({ maxDepth: 1 }),
      fc.string({ unit: 'binary' }),
      fc.double(),
      fc.constantFrom(id, ` ${id} `, fields.zeroGuid, '', ' ', 0, 1, 2 ** 53, '9007199254740993', -0),
      fc.integer().map((n) => `/Date(${n}000)/`),
      fc.constantFrom('/Date(-62135596800000)/', '/Date(1792895400000)/', '/Date(99999999999999999)/'),
      fc.constantFrom('/Date(253402214400000)/', '/Date(253402300800000)/'),
    );
    const keys = Object.keys(shape);
    const record = fc
      .dictionary(fc.constantFrom(...keys), odd, { maxKeys: 3 })
      .map((changes) => ({ ...good, ...changes }));
    fc.assert(
      fc.property(record, (raw) => {
        const quick = quickRow(schema, raw);
        if (quick === undefined) return;
        expect(decodeRows(slow, [raw])).toEqual({ rows: [quick], rejected: [], notes: [] });
      }),
      { numRuns: 3_000 },
    );
  });
});
