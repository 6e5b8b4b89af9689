import { createHash, randomUUID } from 'node:crypto';
import { eq, sql, type SQL } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { asId, type ActionId, type TenantId } from '@koppel/domain/kernel';
import { emptyPicture, type Action } from '@koppel/domain/relations';
import { connect, inSystem, inTenant, type Database } from '../database.js';
import { DrizzleActions } from '../relations/drizzle-actions.js';
import { trimHistory } from '../relations/trim-history.js';
import { actions, historyEntries, tenants } from '../schema/index.js';
import { createTestDatabase } from '../testing/test-db.js';
import { findUnsealedTenants, sealHistory, verifyHistory, type Anchor } from './index.js';

const dayMs = 86_400_000;
let database: Database;
let drop: () => Promise<void>;
let tenantId: TenantId;
beforeAll(async () => {
  const test = await createTestDatabase();
  database = connect(test.url, { max: 4 });
  drop = test.drop;
});
afterAll(async () => {
  await database.close();
  await drop();
});
beforeEach(async () => {
  tenantId = asId<TenantId>(randomUUID());
  await inSystem(database, (tx) =>
    tx.insert(tenants).values({ id: tenantId, name: 'Bouwgroep', createdAt: new Date() }),
  );
});

const anAct = (over: Partial<Action> = {}): Action => ({
  ...{ id: asId<ActionId>(randomUUID()), kind: 'edit', actorId: 'a', actorName: 'Anna', at: new Date() },
  ...{ relationIds: [], administrationId: null, before: emptyPicture, after: emptyPicture },
  ...{ batchId: null, undoOf: null, undoneBy: null, isUndoable: true, ...over },
});
const inHistory = <T>(work: (port: DrizzleActions) => Promise<T>): Promise<T> =>
  inTenant(database, tenantId, (tx) => work(new DrizzleActions(tx, tenantId)));
const add = (acts: readonly Action[]) => inHistory((port) => port.addMany(acts));
const seal = async (limit = 100) => (await sealHistory(database, { tenantId, limit })).acts;
const verify = (anchors: readonly Anchor[] = []) => verifyHistory(database, { tenantId, anchors });
/** As somebody does it who may do anything in the database. */
const tamper = (statement: SQL) =>
  database.db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(statement);
  });

describe('the history in a chain (I10)', () => {
  it('has one entry for each act, in portions, and says where it ends', async () => {
    const acts = [anAct(), anAct({ kind: 'merge' }), anAct({ actorId: 'b' })];
    await add(acts);
    expect(await findUnsealedTenants(database, 500)).toContain(tenantId);

    expect([await seal(2), await seal(2), await seal(2)]).toEqual([2, 1, 0]);

    const verdict = await verify();
    expect(verdict).toMatchObject({ entries: 3, unsealed: 0, trimmed: 0, erased: 0, faults: [] });
    expect(verdict.head).toEqual({ number: 3, link: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
    expect(await findUnsealedTenants(database, 500)).not.toContain(tenantId);
    expect((await inHistory((port) => port.findById(acts[1]!.id)))?.kind).toBe('merge');
  });

  it('is added to by one process at a time, each act once', async () => {
    await add(Array.from({ length: 40 }, () => anAct()));

    for (let round = 0; round < 40 && (await verify()).unsealed > 0; round += 1)
      await Promise.all([seal(3), seal(3), seal(3)]);

    expect(await verify()).toMatchObject({ entries: 40, unsealed: 0, faults: [] });
  });

  it('leaves an act that is being undone for the next time, and waits for nobody', async () => {
    const [undone, other] = [anAct(), anAct()];
    await add([undone, other]);
    const undoing = inHistory(async (port) => {
      await port.markUndone(undone.id, asId<ActionId>(randomUUID()));
      expect(await seal()).toBe(1);
    });
    await undoing;

    expect(await seal()).toBe(1);
    expect(await verify()).toMatchObject({ entries: 2, faults: [] });
  });

  it('bears what is taken back, erased or trimmed later', async () => {
    const old = anAct({ kind: 'exact-change', at: new Date(Date.now() - 900 * dayMs) });
    const [undone, erased] = [anAct(), anAct()];
    await add([old, undone, erased]);
    await seal();

    await inHistory((port) => port.markUndone(undone.id, asId<ActionId>(randomUUID())));
    const without = { ...emptyPicture, matcherVersion: 'erased' };
    await inHistory((port) => port.savePictures([{ ...erased, before: without }]));
    await trimHistory(database, { ageMs: 30 * dayMs, limit: 10, tenantsMax: 10_000 });

    expect(await verify()).toMatchObject({ entries: 3, trimmed: 1, erased: 1, faults: [] });
  });

  it('tells nobody what an erased act said, not by guessing either', async () => {
    const [erased, other] = [anAct(), anAct()];
    await add([erased, other]);
    await seal();
    const contents = async () =>
      new Set(
        (await inTenant(database, tenantId, (tx) => tx.select().from(historyEntries))).map((e) => e.content),
      );
    const guess = createHash('sha256');

    expect((await contents()).size).toBe(2); // of two acts that say the same
    await inHistory((port) => port.savePictures([erased]));

    const left = await inTenant(database, tenantId, (tx) => tx.select().from(actions));
    expect(left.map(({ id, salt }) => [id, salt === null])).toEqual(
      expect.arrayContaining([
        [erased.id, true],
        [other.id, false],
      ]),
    );
    const said = await database.db.execute<{ text: string }>(
      sql`select jsonb_build_array(${JSON.stringify(emptyPicture)}::jsonb, ${JSON.stringify(emptyPicture)}::jsonb, null::jsonb)::text as text`,
    );
    expect(await contents()).not.toContain(guess.update(said[0]!.text).digest('hex'));
    expect(await verify()).toMatchObject({ erased: 1, faults: [] });
  });

  it('holds an act that was sealed without chance against what was said then', async () => {
    const act = anAct();
    await add([act]);
    await seal();
    await tamper(sql`update actions set salt = null where id = ${act.id}::uuid`);
    const plain = sql`encode(sha256(convert_to(jsonb_build_array(a.before, a.after, a.facts)::text, 'UTF8')), 'hex')`;
    await tamper(sql`update history_entries e set content = ${plain} from actions a
      where a.id = ${act.id}::uuid and e.action_id = a.id`);

    expect((await verify()).faults).toEqual([{ number: 1, kind: 'broken-link' }]);
  });

  it.each([
    ['another actor', sql`update actions set actor_id = 'somebody else'`, 'act-changed'],
    ['another time', sql`update actions set at = at - interval '1 day'`, 'act-changed'],
    ['another name of who did it', sql`update actions set actor_name = 'Bert'`, 'content-changed'],
    ['other values', sql`update actions set after = '{}'::jsonb`, 'content-changed'],
    ['no act any more', sql`delete from actions`, 'act-missing'],
    ['another digest', sql`update history_entries set digest = repeat('0', 64)`, 'broken-link'],
  ])('shows an act with %s', async (_, change, kind) => {
    const acts = [anAct(), anAct(), anAct()];
    for (const act of acts) {
      await add([act]);
      await seal();
    }

    const column = kind === 'broken-link' ? sql`action_id` : sql`id`;
    await tamper(sql`${change} where ${column} = ${acts[1]!.id}::uuid`);

    expect((await verify()).faults).toContainEqual({ number: 2, kind });
  });

  it('shows an entry that was taken out, put elsewhere or cut off its end', async () => {
    await add(Array.from({ length: 6 }, () => anAct()));
    await seal();
    const { head } = await verify();
    const of = (condition: SQL) => sql`tenant_id = ${tenantId}::uuid and ${condition}`;
    const actOf = (number: number) =>
      of(sql`id = (select action_id from history_entries where ${of(sql`number = ${number}`)})`);

    await tamper(sql`delete from actions where ${actOf(6)}`);
    await tamper(sql`delete from history_entries where ${of(sql`number = 6`)}`);
    expect((await verify()).faults).toEqual([]);
    expect((await verify([head])).faults).toEqual([{ number: 6, kind: 'anchor-missing' }]);
    const another = { number: 5, link: '0'.repeat(64) };
    const told = (await verify()).head;
    expect((await verify([another, told])).faults).toEqual([{ number: 5, kind: 'anchor-missing' }]);

    await tamper(sql`delete from actions where ${actOf(2)}`);
    await tamper(sql`delete from history_entries where ${of(sql`number = 2`)}`);
    expect((await verify()).faults).toEqual([{ number: 3, kind: 'broken-link' }]);

    await tamper(sql`update history_entries set number = 2 where ${of(sql`number = 5`)}`);
    expect((await verify()).faults.map((fault) => 'number' in fault && fault.number)).toEqual([2, 3]);
  });

  it('shows an act that was added as if it had an entry', async () => {
    const [real, added] = [anAct(), anAct()];
    await add([real]);
    await seal();
    await add([added]);

    await tamper(sql`update actions set is_sealed = true where id = ${added.id}::uuid`);

    expect(await seal()).toBe(0);
    expect((await verify()).faults).toEqual([{ kind: 'entry-missing', actionId: added.id }]);
  });

  it('goes on behind an act that has an entry and was made to look as if it had none', async () => {
    const [touched, other] = [anAct({ at: new Date(1) }), anAct({ at: new Date(2) })];
    await add([touched]);
    await seal();
    await tamper(sql`update actions set is_sealed = false, actor_id = 'b' where id = ${touched.id}::uuid`);
    await add([other]);

    // Nothing was added, so no end is told that is none.
    expect(await sealHistory(database, { tenantId, limit: 1 })).toEqual({ acts: 1, head: null });
    expect([await seal(1), await seal(1)]).toEqual([1, 0]);

    expect(await verify()).toMatchObject({ entries: 2, unsealed: 0 });
    expect((await verify()).faults).toEqual([{ number: 1, kind: 'act-changed' }]);
  });

  it('is sealed first where it waits longest', async () => {
    const later = asId<TenantId>(randomUUID());
    const earlier = asId<TenantId>(randomUUID());
    for (const [id, at] of [
      [later, 2],
      [earlier, 1],
    ] as const) {
      await inTenant(database, id, (tx) => new DrizzleActions(tx, id).addMany([anAct({ at: new Date(at) })]));
    }

    expect(await findUnsealedTenants(database, 2)).toEqual([earlier, later]);
  });

  it('lets nobody change an entry, the owner of the table neither', async () => {
    await add([anAct()]);
    await seal();

    const own = sql`where tenant_id = ${tenantId}::uuid`;
    for (const change of [
      sql`update history_entries set link = '' ${own}`,
      sql`delete from history_entries ${own}`,
      sql`truncate history_entries`,
    ]) {
      const refused = database.db.execute(change);
      await expect(refused).rejects.toMatchObject({
        cause: { message: expect.stringContaining('only ever added') as string },
      });
    }
  });

  it("shows no tenant another one's", async () => {
    await add([anAct()]);
    await seal();
    const other = asId<TenantId>(randomUUID());

    expect(await verifyHistory(database, { tenantId: other })).toMatchObject({ entries: 0, unsealed: 0 });
    expect(
      await inTenant(database, other, (tx) =>
        tx.select().from(actions).where(eq(actions.tenantId, tenantId)),
      ),
    ).toEqual([]);
  });
});
