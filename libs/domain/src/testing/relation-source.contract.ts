import { describe, expect, it } from 'vitest';
import type {
  AccountRow,
  PageRequest,
  RelationSource,
  SourceAdministration,
  SourcePage,
} from '../sync/index.js';

/** An administration at a source, and what a person can do there. */
export interface SourceSubject {
  readonly source: RelationSource;
  readonly administration: SourceAdministration;
  /** How many accounts it has. */
  readonly accounts: number;
  /** Makes one more, with this name. */
  addAccount(name: string): Promise<void>;
  /** Moves it to another database. */
  move(): Promise<void>;
  /** Makes the next call meet the limit of the minute. */
  reachLimit(): Promise<void>;
}

const pagesMax = 50;
const begunAt = new Date('2026-11-25T08:00:00Z');

/** What every RelationSource does. `make` gives an administration of some accounts. */
export function describeRelationSourceContract(make: () => Promise<SourceSubject>): void {
  describe('RelationSource', () => {
    it('gives every account once, page by page, with a row version that only rises', async () => {
      const subject = await make();

      const pages = await readAccounts(subject, '1');

      const ids = pages.flatMap((page) => accountsOf(page).map((row) => row.exactId));
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toHaveLength(subject.accounts);
      const versions = pages.map((page) => BigInt(page.timestamp));
      expect(versions).toEqual(versions.toSorted((a, b) => (a < b ? -1 : 1)));
      const highest = pages
        .flatMap(accountsOf)
        .reduce((max, row) => (row.rowVersion > max ? row.rowVersion : max), 0n);
      expect(versions.at(-1)).toBe(highest);
    });

    it('gives nothing after the last row version, and then only what came later', async () => {
      const subject = await make();
      const last = (await readAccounts(subject, '1')).at(-1)?.timestamp ?? '1';
      const [empty] = await readAccounts(subject, last);
      expect(empty).toMatchObject({ rows: { rows: [] }, next: null, timestamp: last });

      await subject.addAccount('Gloednieuw Installatiebedrijf');

      const later = (await readAccounts(subject, last)).flatMap(accountsOf);
      expect(later.map((row) => row.fields.shared.name)).toEqual(['Gloednieuw Installatiebedrijf']);
    });

    it('counts the accounts and says that they may be read', async () => {
      const { source, administration, accounts } = await make();
      expect(await source.countAccounts(administration, 'initial')).toEqual({ ok: true, value: accounts });
      for (const kind of ['contact', 'address', 'bank-account'] as const)
        expect(await source.countParts(administration, kind, 'initial')).toMatchObject({ ok: true });
      expect(await source.mayReadAccounts(administration, 'initial')).toEqual({ ok: true, value: true });
    });

    it('tells when the administration was moved, as it was listed', async () => {
      const subject = await make();
      const asked = () => subject.source.movedAt(subject.administration, 'resync');
      expect(await asked()).toEqual({ ok: true, value: { movedAt: null } });
      await subject.move();
      expect(await asked()).toMatchObject({
        ok: true,
        value: { movedAt: expect.stringContaining('|') as string },
      });
    });

    it('answers with a limit and until when, and does not throw', async () => {
      const subject = await make();
      await subject.reachLimit();
      const page = await readPage(subject, { next: null, timestamp: '1' });
      expect(page).toMatchObject({ ok: false, error: { kind: 'limited', window: 'minute' } });
    });
  });
}

type Cursor = PageRequest['cursor'];

function readPage(
  { source, administration }: SourceSubject,
  cursor: Cursor,
): ReturnType<RelationSource['fetchPage']> {
  return source.fetchPage({ administration, kind: 'accounts', cursor, begunAt, purpose: 'initial' });
}

async function readAccounts(subject: SourceSubject, since: string): Promise<SourcePage[]> {
  const pages: SourcePage[] = [];
  let cursor: Cursor = { next: null, timestamp: since };
  do {
    const page = await readPage(subject, cursor);
    if (!page.ok) throw new Error(page.error.kind);
    pages.push(page.value);
    cursor = page.value;
  } while (cursor.next !== null && pages.length < pagesMax);
  return pages;
}

function accountsOf(page: SourcePage): readonly AccountRow[] {
  return page.rows.kind === 'accounts' ? page.rows.rows : [];
}
