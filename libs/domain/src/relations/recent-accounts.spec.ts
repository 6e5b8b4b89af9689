import { describe, expect, it } from 'vitest';
import { asId, type SourceRelationId } from '../kernel/index.js';
import { aMatchRecord } from './matching/testing/a-match-record.js';
import { RecentAccounts } from './recent-accounts.js';
import type { SourceRelationsTx } from './source-relations.port.js';

const idsOf = (text: string) => [...text].map((one) => asId<SourceRelationId>(one));

function aDatabase(): { readonly tx: SourceRelationsTx; readonly asked: string[] } {
  const asked: string[] = [];
  const findComparablesOf = (ids: readonly SourceRelationId[]) => {
    asked.push(ids.join(''));
    const present = ids.filter((id) => id !== 'x');
    return Promise.resolve(present.map((id) => ({ record: aMatchRecord({ id }), relationId: null })));
  };
  return { tx: { sourceRelations: { findComparablesOf } } as unknown as SourceRelationsTx, asked };
}

describe('RecentAccounts', () => {
  it('reads only whom it does not have', async () => {
    const { tx, asked } = aDatabase();
    const recent = new RecentAccounts(3);
    const namesOf = async (ids: string) => (await recent.find(tx, idsOf(ids))).map(({ record }) => record.id);

    expect(await namesOf('abx')).toEqual(['a', 'b']);
    expect(await namesOf('cba')).toEqual(['b', 'a', 'c']);
    expect(await namesOf('abc')).toEqual(['a', 'b', 'c']);
    expect(asked).toEqual(['abx', 'c']);
  });

  it('forgets whom nobody has asked for longest', async () => {
    const { tx, asked } = aDatabase();
    const recent = new RecentAccounts(2);
    for (const ids of ['ab', 'a', 'c', 'ab']) await recent.find(tx, idsOf(ids));

    expect(asked).toEqual(['ab', 'c', 'b']);
  });
});
