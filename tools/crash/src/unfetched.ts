import { sql } from 'drizzle-orm';
import { type TenantId } from '@koppel/domain/kernel';
import type { Sandbox } from '@koppel/exact-sandbox';
import { connect, inTenant } from '@koppel/persistence';

/** Where a kind whose cursor is a row version stands in Exact. The cursor of bank accounts is a time, that of a whole list tells nothing but that it was read. */
const tableOf = {
  accounts: 'Accounts',
  contacts: 'Contacts',
  addresses: 'Addresses',
  'gl-accounts': 'GLAccounts',
  deleted: 'Deleted',
} as const;

interface Cursor extends Record<string, unknown> {
  readonly administration_id: string;
  readonly division: number;
  readonly kind: string;
  readonly timestamp: string;
}

/** One line per cursor: how much Exact has that lies beyond it. Row versions are dealt out in the order of writes, so that the cursors of two runs may differ though both have seen all. */
export async function unfetchedFacts(
  databaseUrl: string,
  tenantId: TenantId,
  { world }: Sandbox,
): Promise<string[]> {
  const database = connect(databaseUrl, { max: 1 });
  try {
    const cursors = await inTenant(database, tenantId, async (tx) => [
      ...(await tx.execute<Cursor>(sql`select administration_id, division, kind, timestamp::text
        from cursors join administrations a on a.id = administration_id`)),
    ]);
    return cursors.flatMap(({ administration_id: id, division, kind, timestamp }) => {
      if (!isByVersion(kind)) return [];
      const place = world.division(division);
      if (!place) throw new Error(`the world has no division ${String(division)}`);
      const beyond = [...place.tables[tableOf[kind]].all()].filter(
        ({ $stamp }) => BigInt(place.database.stampText($stamp)) > BigInt(timestamp),
      );
      return `unfetched ${id} ${kind} ${String(beyond.length)}`;
    });
  } finally {
    await database.close();
  }
}

function isByVersion(kind: string): kind is keyof typeof tableOf {
  return kind in tableOf;
}
