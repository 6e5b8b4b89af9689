import { sql } from 'drizzle-orm';
import { afterEach, expect, it } from 'vitest';
import type { RelationSource } from '@koppel/domain/sync';
import { seededRandom, type Sandbox } from '@koppel/exact-sandbox';
import { inSystem, inTenant } from '@koppel/persistence';
import { aFetchingTenant, type FetchingTenant } from '../testing/a-fetching-tenant.js';
import { takeAll } from '../testing/a-coupled-tenant.js';
import { aWorkerRig, type WorkerRig } from '../testing/a-worker-rig.js';
import { workToTheEnd } from '../testing/work-to-the-end.js';

const minuteMs = 60_000;
const editsOfOneRun = 30;
/** One that fetches the edits, and one that fetches what was written for them. */
const roundsMax = 2;
/** Six runs of a small world, on a machine with much else to do. */
const patienceMs = 240_000;
const world = { seed: 5, divisions: 3, relations: 12, contacts: 1 };

type Edit = (sandbox: Sandbox) => void;

const rigs: WorkerRig[] = [];
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.close();
});

interface Begun {
  readonly rig: WorkerRig;
  readonly tenant: FetchingTenant;
}

async function aTenantBeforeItsFirstRun(): Promise<Begun> {
  const rig = await aWorkerRig({ sandbox: { world } });
  rigs.push(rig);
  return { rig, tenant: await aFetchingTenant(rig) };
}

function divisionsOf({ rig, tenant }: Begun) {
  const codes = new Set(tenant.administrations.map(({ division }) => division));
  return rig.sandbox.world.divisions.filter(({ code }) => codes.has(code));
}

/** What people do in Exact's own screens, the same for the same seed in every world that began alike. */
function editsOf(seed: number, at: Begun): Edit[] {
  const random = seededRandom(seed, 'edits meanwhile');
  const known = divisionsOf(at).map(({ code, tables: { Accounts } }) => ({
    code,
    ids: [...Accounts.all()].map((row) => Accounts.guid(row.$row)),
  }));
  return Array.from({ length: editsOfOneRun }, (_, number): Edit => {
    const { code, ids } = random.pick(known);
    const place = { division: code, entity: 'crm/Accounts' };
    const id = random.pick(ids);
    const chance = random.next();
    if (chance < 0.2) return ({ edits }) => void edits.create(place, { Name: `Nieuw ${number} Bouw B.V.` });
    // Exact refuses to delete what was booked on, and knows no account that is gone: then nothing happened, in each of the worlds.
    if (chance < 0.3) return ({ edits }) => void edits.delete({ ...place, id });
    if (chance < 0.6)
      return ({ edits }) => void edits.edit({ ...place, id }, { Phone: `0318-88${100 + number}` });
    if (chance < 0.8)
      return ({ edits }) => void edits.edit({ ...place, id }, { Email: `meanwhile${number}@voorbeeld.test` });
    return ({ edits }) =>
      void edits.create(
        { division: code, entity: 'crm/Addresses' },
        {
          Account: id,
          Type: 4,
          AddressLine1: `Bouwplaats ${number}`,
          City: 'Ede',
          Postcode: '6711 AA',
          Country: 'NL',
        },
      );
  });
}

/** Somebody edits in Exact before and after each page of the run, until all edits are made. */
function whileReading(source: RelationSource, edit: () => void): RelationSource {
  return new Proxy(source, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return async (...args: unknown[]) => {
        edit();
        const answer: unknown = await Reflect.apply(member, target, args);
        edit();
        return answer;
      };
    },
  });
}

/** The coupling becomes active, and what changed meanwhile is fetched; again, until nothing is written any more. */
async function activate({ rig, tenant }: Begun): Promise<void> {
  await rig.advance(2 * minuteMs);
  await inSystem(rig.database, (tx) =>
    tx.execute(sql`update couplings set step = 'active', activated_at = now()`),
  );
  await takeAll(rig.uow, tenant.tenantId, 'active');
  for (let round = 0; round < roundsMax; round += 1) {
    await tenant.resync();
    await workToTheEnd(rig);
    await rig.advance(2 * minuteMs);
  }
}

/** The accounts that are one relation with each account and role, by Exact's ids. */
async function belongingsOf(begun: Begun): Promise<string[]> {
  return linesOf(
    begun,
    sql`select concat_ws(' ', s.exact_id, l.role, l.state, l.is_alias, (
        select string_agg(distinct o.exact_id::text, '+' order by o.exact_id::text)
        from links m join source_relations o on o.id = m.source_relation_id
        where m.relation_id = l.relation_id and m.state = 'linked')) as line
      from source_relations s join links l on l.source_relation_id = s.id where s.state = 'present'`,
  );
}

function mirrorOf(begun: Begun): Promise<string[]> {
  return linesOf(
    begun,
    sql`select concat_ws(' ', exact_id, name, fields -> 'shared' ->> 'email', fields -> 'shared' ->> 'phone') as line
      from source_relations where state = 'present'`,
  );
}

function exactOf(at: Begun): string[] {
  return divisionsOf(at)
    .flatMap(({ tables: { Accounts } }) =>
      [...Accounts.all()].map((row) => {
        const values = ['Name', 'Email', 'Phone'].map((name) => row[name]);
        const said = values.filter((value) => typeof value === 'string').map((value) => value.trim());
        return [Accounts.guid(row.$row), ...said.filter((value) => value !== '')].join(' ');
      }),
    )
    .sort();
}

/** What each relation says of each field, and whether a person is asked, by the first of its accounts. */
function valuesOf(begun: Begun): Promise<string[]> {
  return linesOf(
    begun,
    sql`select concat_ws(' ', min(s.exact_id::text), f.field, r.values ->> f.field) as line
      from relations r join links l on l.relation_id = r.id and l.state = 'linked' join source_relations s on s.id = l.source_relation_id
        cross join (values ('name'), ('email'), ('phone')) as f(field)
      where r.state = 'active' group by r.id, f.field`,
  );
}

async function linesOf({ rig, tenant }: Begun, query: ReturnType<typeof sql>): Promise<string[]> {
  const rows = await inTenant(rig.database, tenant.tenantId, (tx) => tx.execute<{ line: string }>(query));
  return [...rows].map(({ line }) => line).sort();
}

const runs = {
  /** The edits are made before it begins. */
  before: async (seed: number): Promise<Begun> => {
    const begun = await aTenantBeforeItsFirstRun();
    for (const edit of editsOf(seed, begun)) edit(begun.rig.sandbox);
    await begun.tenant.start();
    await workToTheEnd(begun.rig);
    return begun;
  },
  /** The edits are made from its first call to its last. */
  during: async (seed: number): Promise<Begun> => {
    const begun = await aTenantBeforeItsFirstRun();
    const { services, sandbox } = begun.rig;
    const edits = editsOf(seed, begun);
    const relationSource = whileReading(services.relationSource, () => edits.shift()?.(sandbox));
    await begun.tenant.start();
    await begun.rig.drain({ ...services, relationSource });
    expect(edits).toHaveLength(0);
    return begun;
  },
  /** The edits are made when it is over. */
  after: async (seed: number): Promise<Begun> => {
    const begun = await aTenantBeforeItsFirstRun();
    await begun.tenant.start();
    await workToTheEnd(begun.rig);
    for (const edit of editsOf(seed, begun)) edit(begun.rig.sandbox);
    return begun;
  },
};

it.each([1, 2])(
  'edits in Exact during the whole first run end like a quiet run and the same edits (F38, seed %i)',
  async (seed) => {
    const [before, during, after] = [
      await runs.before(seed),
      await runs.during(seed),
      await runs.after(seed),
    ];
    for (const each of [before, during, after]) {
      await activate(each);
      expect(await mirrorOf(each)).toEqual(exactOf(each));
    }
    expect(await belongingsOf(during)).toEqual(await belongingsOf(after));
    // What was read with its edit stood so from the beginning; what was read without it was edited afterwards.
    const either = new Set([...(await valuesOf(before)), ...(await valuesOf(after))]);
    expect((await valuesOf(during)).filter((line) => !either.has(line))).toEqual([]);
  },
  patienceMs,
);
