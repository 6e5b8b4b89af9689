import { isUncoupled, type Administration, type AdministrationState } from '../administrations/index.js';
import { newAct, type ActsTx } from '../history/index.js';
import {
  err,
  ok,
  type Actor,
  type AdministrationId,
  type Deps,
  type OutboxTx,
  type RelationId,
  type Result,
  type SourceRelationId,
  type TenantId,
  type WriteIntentId,
} from '../kernel/index.js';
import type { CallPurpose, SyncPolicyTx, WriteIntentsTx } from '../sync/index.js';
import { accountInUse } from './account-in-use.js';
import { isWhollyAnonymised } from './anonymised.js';
import type { FreezeTx } from './freeze.port.js';
import { createIntent, rolesElsewhere } from './create-intent.js';
import type { AccountRole } from './link.js';
import { openRelation, type OpenRelation, type RelationDeskTx } from './open-relation.js';
import { mostUrgent, purposeOf } from './write-purpose.js';

export interface UseRelation {
  readonly tenantId: TenantId;
  readonly relationId: RelationId;
  readonly administrationId: AdministrationId;
  /** As what a new account is made; as what the relation is elsewhere when not said. */
  readonly roles?: readonly AccountRole[] | undefined;
  readonly actor: Actor;
}

/** The relation's account in the administration, or word that it is being made. */
export type RelationUse =
  | {
      readonly state: 'linked';
      readonly relationId: RelationId;
      readonly sourceRelationId: SourceRelationId;
      readonly exactId: string;
      /** Exact's own code there, not padded. */
      readonly code: string | null;
      readonly isBlocked: boolean;
      /** As what it stands there: Koppel changes that of no account that it finds. */
      readonly isCustomer: boolean;
      readonly isSupplier: boolean;
    }
  | { readonly state: 'requested'; readonly relationId: RelationId };

export type UseRelationError =
  | { readonly kind: 'not-found' }
  | { readonly kind: 'administration-unknown' }
  | { readonly kind: 'relations-frozen' }
  | { readonly kind: 'administration-not-active'; readonly state: AdministrationState }
  | { readonly kind: 'creating-switched-off' }
  | { readonly kind: 'relation-anonymised' };

export type UseRelationTx = RelationDeskTx & FreezeTx & SyncPolicyTx & ActsTx;

/**
 * The relation is going to be used in the administration (product.md 3.4). Answers its account there; when it has none, one create is
 * planned, however often and by however many this is asked, in the roles that any of them said, unless the coupling says "never". The worker searches Exact once more before
 * it creates. A relation that is already linked answers while contacts are frozen too.
 */
export function useRelation(
  deps: Deps<UseRelationTx>,
  command: UseRelation,
): Promise<Result<RelationUse, UseRelationError>> {
  type Outcome = Result<RelationUse, UseRelationError>;
  return deps.uow.run(command.tenantId, async (tx): Promise<Outcome> => {
    const open = await openRelation(tx, command.relationId);
    if (open?.relation.state !== 'active') return err({ kind: 'not-found' });
    const administration = open.administrations.get(command.administrationId);
    if (!administration || isUncoupled(administration.state)) return err({ kind: 'administration-unknown' });
    const account = accountInUse(open.members, administration.id);
    if (account) return ok({ state: 'linked', relationId: open.relation.id, ...placeOf(account.source) });
    const roles = command.roles ?? rolesElsewhere(open.members);
    const standing = await tx.writeIntents.findOpenCreate(open.relation.id, administration.id);
    if (standing) {
      const by = purposeOf(command.actor);
      await hasten(tx, standing.id, { roles: command.roles ?? [], by, now: deps.now() });
      return ok({ state: 'requested', relationId: open.relation.id });
    }
    const refusal = await refusalOf(tx, open, administration);
    if (refusal) return err(refusal);
    await planCreate(tx, deps, { open, administration, roles, actor: command.actor });
    return ok({ state: 'requested', relationId: open.relation.id });
  });
}

function placeOf(source: OpenRelation['members'][number]['source']) {
  const { id, exactId, fields, isBlocked, isCustomer, isSupplier } = source;
  const code = fields.local.code?.trim() ?? null;
  return { sourceRelationId: id, exactId, code, isBlocked, isCustomer, isSupplier };
}

/**
 * Whoever asks later needs the account too, perhaps as something more, and waits for it: one that is to be made with many others goes first.
 * What may have been sent stays as it was, but is known to be waited for.
 */
async function hasten(
  tx: WriteIntentsTx & OutboxTx,
  id: WriteIntentId,
  {
    roles,
    by,
    now,
  }: { readonly roles: readonly AccountRole[]; readonly by: CallPurpose; readonly now: Date },
): Promise<void> {
  const create = await tx.writeIntents.findByIdForUpdate(id);
  if (!create) return;
  const purpose = mostUrgent([create.purpose], by);
  if (create.state !== 'planned') {
    if (purpose !== create.purpose) await tx.writeIntents.save({ ...create, purpose });
    return;
  }
  const isLater = create.dueAt > now;
  const isAsked = purpose === create.purpose && roles.every((role) => create.roles.includes(role));
  if (!isLater && isAsked) return;
  const dueAt = isLater ? now : create.dueAt;
  await tx.writeIntents.save({ ...create, roles: [...new Set([...create.roles, ...roles])], purpose, dueAt });
  if (isLater) await tx.outbox.add({ kind: 'send-write', intentId: id });
}

async function refusalOf(
  tx: UseRelationTx,
  { members }: OpenRelation,
  { state }: Administration,
): Promise<UseRelationError | undefined> {
  if (await tx.freeze.isFrozen()) return { kind: 'relations-frozen' };
  const policy = await tx.syncPolicy.read();
  if (!policy.isActive || state !== 'active') return { kind: 'administration-not-active', state };
  if (policy.accountCreation === 'never') return { kind: 'creating-switched-off' };
  return isWhollyAnonymised(members) ? { kind: 'relation-anonymised' } : undefined;
}

async function planCreate(
  tx: UseRelationTx,
  deps: Deps<UseRelationTx>,
  wanted: {
    readonly open: OpenRelation;
    readonly administration: Administration;
    readonly roles: readonly AccountRole[];
    readonly actor: Actor;
  },
): Promise<void> {
  const { open, administration, roles, actor } = wanted;
  const facts = { newId: deps.newId, now: deps.now(), byName: actor.name, purpose: purposeOf(actor) };
  const intent = createIntent({ relation: open.relation, administration, roles }, facts);
  await tx.writeIntents.addMany([intent]);
  await tx.outbox.add({ kind: 'send-write', intentId: intent.id });
  const what = { kind: 'use-relation', administrationId: administration.id, facts: {} } as const;
  await tx.acts.add(newAct(deps, { ...what, relationIds: [open.relation.id], actor }));
}
