import type { Administration, AdministrationsTx } from '../administrations/index.js';
import {
  ok,
  type AdministrationId,
  type Deps,
  type OutboxTx,
  type RelationId,
  type TenantId,
} from '../kernel/index.js';
import type { SyncPolicyTx, WriteIntentsTx } from '../sync/index.js';
import { dutchDay } from './activity.js';
import { createIntent, rolesElsewhere } from './create-intent.js';
import type { SharedValues } from './fields.js';
import type { LinksTx } from './links.port.js';
import { loadMembers, type Positions } from './members.js';
import type { ProposalsTx } from './proposals.port.js';
import type { Relation } from './relation.js';
import type { RelationsTx } from './relations.port.js';
import type { SourceRelationsTx } from './source-relations.port.js';
import { valuesToCreate } from './values-to-create.js';
import { callsPerCreate, type WritePace } from './write-pace.js';
import type { WriteFacts } from './write-planner.js';

/** A plan that makes more new accounts in an administration than this share of those that stand there goes out only when its number is confirmed. */
export const createsShareMax = 0.2;
/** So few are no mistake, whatever their share. */
const createsNeverAsked = 20;

export type PlanCreatesTx = RelationsTx &
  LinksTx &
  SourceRelationsTx &
  AdministrationsTx &
  WriteIntentsTx &
  SyncPolicyTx &
  ProposalsTx;

/** An account that would be made. */
export interface PlannedCreate {
  readonly administrationId: AdministrationId;
  readonly relation: Relation;
}

/** Twenty megabytes or so, however many administrations lack a relation. */
const createsPerPortion = 5_000;
const relationsPerPortion = 500;
/** Two million relations, also where fifty administrations lack them. */
const portionsMax = 20_000;

interface Lacking {
  readonly administrationIds: readonly AdministrationId[];
  readonly now: Date;
  /** Only of relations that came to be since; of all when null. */
  readonly createdSince?: Date;
}

/** Walks over the accounts that relations lack in the administrations, by relation; without those that are being made. `take` ends it by false. */
export async function walkCreates(
  tx: RelationsTx & WriteIntentsTx,
  lacking: Lacking,
  take: (creates: readonly PlannedCreate[]) => Promise<boolean>,
): Promise<void> {
  let after: RelationId | null = null;
  for (let portion = 0; portion < portionsMax; portion += 1) {
    const page: CreatesPage = await readCreates(tx, lacking, after);
    if (!(await take(page.creates)) || page.next === null) return;
    after = page.next;
  }
}

export interface CreatesPage {
  readonly creates: readonly PlannedCreate[];
  /** Where the next page begins; null after the last. */
  readonly next: RelationId | null;
}

async function readCreates(
  tx: RelationsTx & WriteIntentsTx,
  { administrationIds, now, createdSince }: Lacking,
  after: RelationId | null,
): Promise<CreatesPage> {
  const limit = Math.min(relationsPerPortion, Math.ceil(createsPerPortion / administrationIds.length));
  const page = {
    after,
    limit,
    today: dutchDay(now),
    createdSince: createdSince ?? null,
  };
  const found = await tx.relations.findLacking({ ...page, administrationIds });
  const ids = found.map(({ id }) => id);
  const relations = new Map((await tx.relations.findMany(ids)).map((relation) => [relation.id, relation]));
  const open = new Set(
    (await tx.writeIntents.findOpenCreatesOf(ids)).map(
      (create) => create.relationId + create.administrationId,
    ),
  );
  const creates = found.flatMap(({ id, lacking }) => {
    const relation = relations.get(id);
    return lacking.flatMap((administrationId) =>
      relation && !open.has(id + administrationId) ? [{ administrationId, relation }] : [],
    );
  });
  return { creates, next: found.length < limit ? null : (ids.at(-1) ?? null) };
}

/** An account that would be made, and what it begins with. */
export interface ForeseenCreate extends PlannedCreate {
  readonly values: Partial<SharedValues>;
  /** For the answer of a person: an account there may be the relation. */
  readonly isWaiting: boolean;
}

export interface ForeseenPage extends Pick<CreatesPage, 'next'> {
  readonly creates: readonly ForeseenCreate[];
}

/** The accounts that would be made where these are always made, piece by piece in a short transaction each, for a file of any size. */
export async function readPlanCreates(
  deps: Pick<Deps<PlanCreatesTx>, 'uow' | 'now'>,
  command: { readonly tenantId: TenantId; readonly after: RelationId | null },
): Promise<ForeseenPage> {
  const read = await deps.uow.run(command.tenantId, async (tx) => {
    const policies = new Map((await creatingIn(tx)).map(({ id, writePolicy }) => [id, writePolicy]));
    if (policies.size === 0) return ok({ creates: [], next: null });
    const lacking = { administrationIds: [...policies.keys()], now: deps.now() };
    const { creates, next } = await readCreates(tx, lacking, command.after);
    const asked = await tx.proposals.findQuestioned(creates.map(({ relation }) => relation.id));
    const questioned = new Set(asked.map((place) => place.relationId + place.administrationId));
    const foreseen = creates.map((create) => {
      const kept = policies.get(create.administrationId)?.localFields ?? [];
      const isWaiting = questioned.has(create.relation.id + create.administrationId);
      return { ...create, values: valuesToCreate(create.relation, kept), isWaiting };
    });
    return ok({ creates: foreseen, next });
  });
  return read.ok ? read.value : { creates: [], next: null };
}

/** The administrations of the coupling where every relation is to have an account; none unless the coupling says "always". */
export async function creatingIn(tx: SyncPolicyTx & AdministrationsTx): Promise<Administration[]> {
  const { accountCreation } = await tx.syncPolicy.read();
  if (accountCreation !== 'always') return [];
  const all = await tx.administrations.findMany();
  return all.filter(({ state }) => state === 'coupling' || state === 'active');
}

/** The administrations in which so many new accounts are more than anybody expects. */
export async function aboveShare(
  tx: SourceRelationsTx,
  creates: ReadonlyMap<AdministrationId, number>,
): Promise<AdministrationId[]> {
  if (creates.size === 0) return [];
  const present = await tx.sourceRelations.countPresent();
  return [...creates]
    .filter(([id, count]) => count > Math.max(createsNeverAsked, createsShareMax * (present.get(id) ?? 0)))
    .map(([id]) => id);
}

/** Means the accounts to be made, as what the relation is elsewhere, and sends word of those that go out at once; the sweeper finds the others. */
export async function addCreates(
  tx: PlanCreatesTx & OutboxTx,
  {
    creates,
    administrations,
    pace,
  }: {
    readonly creates: readonly PlannedCreate[];
    readonly administrations: Positions;
    readonly pace: WritePace;
  },
  facts: WriteFacts,
): Promise<void> {
  if (creates.length === 0) return;
  const ids = [...new Set(creates.map(({ relation }) => relation.id))];
  const members = await loadMembers(tx, ids, { positions: administrations });
  const intents = creates.flatMap(({ administrationId, relation }) => {
    const administration = administrations.get(administrationId);
    const roles = rolesElsewhere(members.get(relation.id) ?? []);
    if (!administration) return [];
    const intent = createIntent({ relation, administration, roles }, facts);
    return [{ ...intent, dueAt: pace.next(administrationId, callsPerCreate, facts.now) }];
  });
  await tx.writeIntents.addMany(intents);
  const atOnce = intents.filter(({ dueAt }) => dueAt <= facts.now);
  await tx.outbox.addMany(atOnce.map(({ id }) => ({ kind: 'send-write', intentId: id })));
}
