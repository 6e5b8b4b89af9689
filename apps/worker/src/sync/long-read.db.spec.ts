import { sql } from 'drizzle-orm';
import { afterEach, expect, it } from 'vitest';
import type { RelationSource } from '@koppel/domain/sync';
import { inTenant } from '@koppel/persistence';
import { aFetchingTenant, type FetchingTenant } from '../testing/a-fetching-tenant.js';
import { aWorkerRig, type WorkerRig } from '../testing/a-worker-rig.js';
import { workToTheEnd } from '../testing/work-to-the-end.js';

const minuteMs = 60_000;
const entity = 'crm/BankAccounts';

let rig: WorkerRig;
afterEach(() => rig.close());

const tableOf = (division: number) => rig.sandbox.world.division(division)!.tables.BankAccounts;
const truthOf = (division: number) =>
  [...tableOf(division).all()].map(({ $row }) => tableOf(division).guid($row)).sort();

async function mirrorOf({ tenantId }: FetchingTenant): Promise<string[]> {
  const rows = await inTenant(rig.database, tenantId, (tx) =>
    tx.execute<{ id: string }>(sql`
      select exact_id as id from source_parts where kind = 'bank-account' and state = 'present' order by 1`),
  );
  return rows.map(({ id }) => id);
}

/** Does something right after the first page of bank accounts was given. */
function afterFirstPage(source: RelationSource, work: () => Promise<void>): RelationSource {
  return new Proxy(source, {
    get: (target, name) => {
      if (name !== 'fetchPage') return Reflect.get(target, name, target) as unknown;
      const fetchPage: RelationSource['fetchPage'] = async (request) => {
        const page = await target.fetchPage(request);
        if (request.kind === 'bank-accounts' && request.cursor.next === null) await work();
        return page;
      };
      return fetchPage;
    },
  });
}

/** A new number of some account, by its id before the given one: no page that is still to come has it. */
function addBefore(division: number, last: string): string {
  const [account] = rig.sandbox.world.division(division)!.tables.Accounts.all();
  const Account = rig.sandbox.world.division(division)!.tables.Accounts.guid(account!.$row);
  for (let number = 100; ; number += 1) {
    const made = rig.sandbox.edits.create(
      { division, entity },
      { Account, BankAccount: `NL00TEST0000000${number}` },
    );
    if (!made.ok) throw new Error(made.error.message);
    if (made.value.id < last) return made.value.id;
  }
}

it('brings what came in while bank accounts were read for long, though later pages are dated after it (F38, I3)', async () => {
  rig = await aWorkerRig({ sandbox: { world: { seed: 5, divisions: 1, relations: 300 } } });
  const tenant = await aFetchingTenant(rig, { state: 'active' });
  const { division } = tenant.administrations[0]!;
  const inOrder = truthOf(division);
  expect(inOrder.length).toBeGreaterThan(70);
  let added = '';
  const { services, sandbox } = rig;
  const relationSource = afterFirstPage(services.relationSource, async () => {
    added = addBefore(division, inOrder[30]!);
    await rig.advance(20 * minuteMs);
    sandbox.edits.edit({ division, entity, id: inOrder.at(-1)! }, { BankAccountHolderName: 'Later' });
  });
  await tenant.start();
  await rig.drain({ ...services, relationSource });
  await workToTheEnd(rig);
  expect(await mirrorOf(tenant)).not.toContain(added);

  await tenant.resync();
  await workToTheEnd(rig);

  expect(await mirrorOf(tenant)).toEqual(truthOf(division));
});
