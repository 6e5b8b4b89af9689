import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { accountSchema, syncAccountSchema } from '../resources/account-fields.js';
import { anAccount } from '../testing/records.js';
import { decodeRows } from './decode.js';
import { calendarDate, guid, int64, reference, text } from './fields.js';
import { zoneOf } from './zone.js';

const id = '3f2504e0-4f89-11d3-9a0c-0305e82c3301';
const schema = z.object({ ID: guid, Timestamp: int64, Name: text, EndDate: calendarDate, Parent: reference });
const good = { ID: id, Timestamp: '7', Name: 'Jansen', EndDate: null, Parent: null };

describe('decodeRows', () => {
  it('trims what Exact pads, and takes empty text and zero GUIDs for nothing', () => {
    const zero = '00000000-0000-0000-0000-000000000000';
    const { rows } = decodeRows(schema, [
      { ...good, Name: '           0000002 ' },
      { ...good, Name: '', Parent: zero, EndDate: '' },
    ]);

    expect(rows).toEqual([
      { ...good, Name: '0000002' },
      { ...good, Name: null, Parent: null, EndDate: null },
    ]);
  });

  it('drops fields that were not asked for', () => {
    const { rows } = decodeRows(schema, [{ ...good, BSN: '123456782', __metadata: { uri: 'x' } }]);

    expect(rows).toEqual([good]);
  });

  it('E12 rejects the one record with a bad value, names the field and goes on', () => {
    const decoded = decodeRows(schema, [good, { ...good, EndDate: 'binnenkort' }, good]);

    expect(decoded.rows).toHaveLength(2);
    expect(decoded.rejected).toEqual([{ id, timestamp: '7', reason: 'EndDate is no date' }]);
  });

  it.each([
    [
      'a field that is missing although it was asked for',
      { ID: id, Timestamp: '7', EndDate: null, Parent: null },
      'Name is missing',
    ],
    ['a number for text', { ...good, Name: 5 }, 'Name'],
    ['a name of a million characters', { ...good, Name: 'x'.repeat(1_000_000) }, 'Name is too long'],
    ['no id', { ...good, ID: null }, 'ID'],
    [
      'a row version that lost its digits',
      { ...good, Timestamp: 9007199254740993 },
      'Timestamp is no 64-bit number',
    ],
    ['no object', 'Jansen', 'the record is no object'],
    ['null', null, 'the record is no object'],
  ])('F36 rejects %s', (_name, record, reason) => {
    const decoded = decodeRows(schema, [record]);

    expect(decoded.rows).toEqual([]);
    expect(decoded.rejected[0]?.reason).toContain(reason);
  });

  it('F36 takes NUL and lone surrogates out and says in which field', () => {
    const decoded = decodeRows(schema, [{ ...good, Name: 'Jan\0sen \uD83D& Zn 👷' }]);

    expect(decoded.rows[0]?.Name).toBe('Jansen & Zn 👷');
    expect(decoded.notes).toEqual([{ id, field: 'Name', note: 'characters-removed' }]);
  });

  it('never quotes a value in a reason', () => {
    const decoded = decodeRows(schema, [{ ...good, Name: 5, EndDate: 'geheim-1', Parent: 'geheim-2' }]);

    expect(decoded.rejected[0]?.reason).not.toContain('geheim');
  });

  it('F36 decodes or rejects every record, and throws on none', () => {
    const record = fc.oneof(
      fc.jsonValue(),
      fc.record(Object.fromEntries(Object.keys(schema.shape).map((key) => [key, fc.jsonValue()]))),
      fc.record({
        ID: fc.constant(id),
        Timestamp: fc.constant('7'),
        Name: fc.string({ unit: 'binary' }),
        EndDate: fc.integer().map((n) => `/Date(${n})/`),
        Parent: fc.constant(null),
      }),
    );
    fc.assert(
      fc.property(fc.array(record, { maxLength: 5 }), (records) => {
        const decoded = decodeRows(schema, records);
        return decoded.rows.length + decoded.rejected.length === records.length;
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('the account schema', () => {
  const zone = zoneOf('Europe/Amsterdam');

  it('asks for nothing about a person that the coupling does not need', () => {
    const fields = Object.keys(accountSchema(zone).shape).join(',');

    expect(fields).not.toMatch(/BSN|Birth|SocialSecurity|Nationality/);
  });

  it('decodes a recorded record', () => {
    const [account] = decodeRows(syncAccountSchema(zone), [
      anAccount({
        Code: '           0000002',
        Country: 'NL ',
        IsAnonymised: 0,
        Modified: '/Date(1720008000000)/',
      }),
    ]).rows;

    expect(account).toMatchObject({
      Code: '0000002',
      Country: 'NL',
      IsAnonymised: false,
      Modified: '2024-07-03T10:00:00.000Z',
    });
  });
});
