import { describe, expect, it } from 'vitest';
import { asId, type TenantId } from '@koppel/domain/kernel';
import { readAnchors, verdictText, whyUnread } from './history-verdict.js';

const tenantId = asId<TenantId>('00000000-0000-7000-8000-000000000001');
const link = 'a'.repeat(64);
const verdict = { entries: 7, head: { number: 7, link }, unsealed: 1, trimmed: 2, erased: 3, faults: [] };

describe('the verdict on a history', () => {
  it('tells its end in the form that the next run takes', () => {
    const text = verdictText(tenantId, verdict);

    expect(text).toContain('verified, 7 entries');
    const end = /ends at (\S+);/.exec(text)?.[1] ?? '';
    expect(readAnchors([end])).toEqual(new Map([[tenantId, [verdict.head]]]));
  });

  it('tells each fault on a line', () => {
    const faults = [
      { number: 2, kind: 'broken-link' },
      { number: 9, kind: 'anchor-missing' },
      { kind: 'entry-missing', actionId: 'a1' },
    ] as const;

    expect(verdictText(tenantId, { ...verdict, faults }).split('\n')).toEqual([
      expect.stringContaining('3 faults'),
      expect.stringContaining('entry 2 does not follow'),
      expect.stringContaining('entry 9 is not what an earlier run told'),
      expect.stringContaining('act a1 is said to have an entry and has none'),
    ]);
  });

  it('counts one fault in the singular', () => {
    const one = { ...verdict, faults: [{ number: 2, kind: 'broken-link' }] } as const;

    expect(verdictText(tenantId, one)).toContain(': 1 fault, ');
  });

  it.each([
    ['x'],
    [`${tenantId}:0:${link}`],
    [`${tenantId}:1:abc`],
    [`${tenantId}:1:${link}:1`],
    [`nobody:1:${link}`],
  ])('refuses %s as an end', (text) => {
    expect(readAnchors([text])).toBeUndefined();
  });
});

describe('a history that could not be read', () => {
  it.each(['42P01', '42703', '22023'])(
    'is one of a database that was not migrated, when Postgres says %s',
    (code) => {
      const error = new Error('Failed query: select …', { cause: Object.assign(new Error('x'), { code }) });

      expect(whyUnread(error)).toContain('npm run db:migrate');
    },
  );

  it('is told of in one line of words', () => {
    expect(
      whyUnread(new Error('the database of DATABASE_URL cannot be used', { cause: new Error('x') })),
    ).toBe('the database of DATABASE_URL cannot be used');
  });
});
