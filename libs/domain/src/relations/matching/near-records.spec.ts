import { describe, expect, it } from 'vitest';
import { compareAll, compareOne, NearRecords, type MatchRecord } from './index.js';
import { aBuildingGroup } from './testing/a-building-group.js';
import { aMatchRecord } from './testing/a-match-record.js';

const records = aBuildingGroup(120, 7);
const { learnt } = compareAll(records);

describe('NearRecords', () => {
  it('gives what compareOne gives, without what is neither worth a look nor vetoed', () => {
    const near = new NearRecords(learnt);
    const some = records.slice(0, 60);
    let [asked, opposed] = [0, 0];
    for (const record of some) {
      const all = compareOne(record, some, { learnt });

      const { verdicts, vetoed } = near.lookAt(record, { candidates: some, around: [], judgements: [] });

      expect(verdicts).toEqual(all.filter(({ band }) => band !== 'separate'));
      expect(vetoed.size).toBe(all.filter(({ vetoes }) => vetoes.length > 0).length);
      asked += verdicts.length;
      opposed += vetoed.size;
    }
    expect(asked).toBeGreaterThan(30);
    expect(opposed).toBeGreaterThan(30);
  });

  it('sees that a phone is shared by the names of all around, candidates or not', () => {
    const phone = '0201234567';
    const named = (id: string, administrationId: string, name: string) =>
      aMatchRecord({ id, administrationId, name, phone });
    const [one, other] = [named('1', 'a', 'Lumiraket B.V.'), named('2', 'b', 'Lumiraket BV')];
    const strangers = ['Tozenvira', 'Hoekstra', 'Vlier'].map((name, at) => named(`s${at}`, 'b', name));
    const lookAmong = (around: readonly MatchRecord[]) =>
      new NearRecords(learnt).lookAt(one, { candidates: [other], around, judgements: [] }).verdicts[0];

    const alone = lookAmong([other]);
    const amongMany = lookAmong([other, ...strangers]);

    expect(alone?.score).toBeGreaterThan(amongMany?.score ?? 0);
  });
});
