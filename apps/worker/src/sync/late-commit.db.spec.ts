import { sql } from 'drizzle-orm';
import { afterEach, expect, it } from 'vitest';
import type { DataKind, RelationSource, SourceRows } from '@koppel/domain/sync';
import { ok } from '@koppel/domain/kernel';
import { inTenant } from '@koppel/persistence';
import { aFetchingTenant, type FetchingTenant } from '../testing/a-fetching-tenant.js';
import { aWorkerRig, type WorkerRig } from '../testing/a-worker-rig.js';
import { workToTheEnd } from '../testing/work-to-the-end.js';

let rig: WorkerRig;
afterEach(() => rig.close());

const kinds = [
  { kind: 'accounts', table: 'Accounts', field: 'Phone' },
  { kind: 'contacts', table: 'Contacts', field: 'JobTitleDescription' },
  { kind: 'addresses', table: 'Addresses', field: 'AddressLine1' },
] as const;
type Place = (typeof kinds)[number];

function idsOf(division: number, { table: name }: Place): string[] {
  const table = rig.sandbox.world.division(division)!.tables[name];
  return [...table.all()].map(({ $row }) => table.guid($row));
}

function edit(division: number, { table, field }: Place, id: string, value: string): void {
  const made = rig.sandbox.edits.edit({ division, entity: table, id }, { [field]: value });
  if (!made.ok) throw new Error(made.error.message);
}

/** A source where a change is not committed yet that already has its row version: nobody sees it, or what it was before. */
function hiding(source: RelationSource, kind: DataKind, exactId: string): RelationSource {
  return new Proxy(source, {
    get: (target, name) => {
      if (name !== 'fetchPage') return Reflect.get(target, name, target) as unknown;
      const fetchPage: RelationSource['fetchPage'] = async (request) => {
        const page = await target.fetchPage(request);
        if (!page.ok || request.kind !== kind) return page;
        return ok({ ...page.value, rows: without(page.value.rows, exactId) });
      };
      return fetchPage;
    },
  });
}

function without(rows: SourceRows, exactId: string): SourceRows {
  return { ...rows, rows: rows.rows.filter((row) => row.exactId !== exactId) } as SourceRows; // one kind's rows stay that kind's
}

async function textOf({ tenantId }: FetchingTenant, exactId: string): Promise<string> {
  const [row] = await inTenant(rig.database, tenantId, (tx) =>
    tx.execute<{ text: string }>(sql`
      select fields::text as text from source_relations where exact_id = ${exactId}::uuid
      union all select fields::text from source_parts where exact_id = ${exactId}::uuid`),
  );
  return row?.text ?? '';
}

it.each(kinds)(
  'brings an edit of $kind that was committed after a later one had been read (F38)',
  async (place) => {
    rig = await aWorkerRig({ sandbox: { world: { seed: 5, divisions: 1, relations: 12, contacts: 1 } } });
    const tenant = await aFetchingTenant(rig, { state: 'active' });
    const { division } = tenant.administrations[0]!;
    await tenant.start();
    await workToTheEnd(rig);
    await tenant.resync(); // so that nothing of the first read is read again
    await workToTheEnd(rig);
    const [late, quick] = idsOf(division, place).slice(1) as [string, string];
    edit(division, place, late, 'Traag');
    edit(division, place, quick, 'Snel');

    await tenant.resync();
    const relationSource = hiding(rig.services.relationSource, place.kind, late);
    await rig.drain({ ...rig.services, relationSource });
    await workToTheEnd(rig);
    expect(await textOf(tenant, quick)).toContain('Snel');
    expect(await textOf(tenant, late)).not.toContain('Traag');

    await tenant.resync();
    await workToTheEnd(rig);
    expect(await textOf(tenant, late)).toContain('Traag');
  },
);
