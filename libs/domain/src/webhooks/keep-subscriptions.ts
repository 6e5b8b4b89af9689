import type { AdministrationsTx, ConnectionsTx } from '../administrations/index.js';
import { isUsable } from '../administrations/index.js';
import { ok, type AdministrationId, type Deps, type TenantId } from '../kernel/index.js';
import type { SourceAdministration, SourceFault } from '../sync/index.js';
import type { FoundSubscription, SubscriptionSource } from './subscription-source.port.js';
import { planSubscriptions, type Plan } from './plan-subscriptions.js';
import { topics, type Topic } from './topic.js';
import type { Watch, WatchesTx } from './watches.port.js';

export type KeepSubscriptionsTx = WatchesTx & AdministrationsTx & ConnectionsTx;

export interface KeepSubscriptionsDeps extends Deps<KeepSubscriptionsTx> {
  readonly source: SubscriptionSource;
  /** Where Exact finds us, per country; undefined when it cannot: then only the schedule fetches. */
  readonly callbackUrlOf: (region: string) => string | undefined;
  /** Another tenant has the same administration and lives by the same subscriptions. */
  readonly isNeededElsewhere: (administration: SourceAdministration) => Promise<boolean>;
}

export type KeptSubscriptions =
  { readonly kind: 'kept' | 'nothing-to-do' } | { readonly kind: 'waiting'; readonly dueAt: Date };

/** Looks at an Exact that is out of reach; after that the daily one. */
const attemptsMax = 10;
const firstPauseMs = 30_000;
const longestPauseMs = 15 * 60_000;

interface Situation {
  readonly administration: SourceAdministration;
  readonly watch: Watch | undefined;
  readonly wanted: readonly Topic[];
  readonly callbackUrl: string | undefined;
}

/**
 * Makes Exact's subscriptions what they should be: one per topic while the administration is active, none when it is not. Exact's
 * list decides, so a lost one is made again, a doubled one removed, and a lost answer repeats nothing.
 */
export async function keepSubscriptions(
  deps: KeepSubscriptionsDeps,
  command: { readonly tenantId: TenantId; readonly administrationId: AdministrationId },
): Promise<KeptSubscriptions> {
  const situation = await load(deps, command);
  if (!situation) return { kind: 'nothing-to-do' };
  const { administration } = situation;
  const listed = await deps.source.list(administration);
  if (!listed.ok) return settle(deps, situation, { fault: listed.error, kept: undefined });
  const isShared = situation.wanted.length === 0 && (await deps.isNeededElsewhere(administration));
  const plan = isShared
    ? { keep: [], remove: [], create: [] }
    : planSubscriptions({ ...situation, found: listed.value });
  return settle(deps, situation, await carryOut(deps, situation, plan));
}

async function load(
  deps: KeepSubscriptionsDeps,
  { tenantId, administrationId }: { tenantId: TenantId; administrationId: AdministrationId },
): Promise<Situation | undefined> {
  const loaded = await deps.uow.run(tenantId, async (tx) => {
    const found = await tx.administrations.findById(administrationId);
    const connection = found && (await tx.connections.findById(found.connectionId));
    if (!found || !connection || !isUsable(connection)) return ok(undefined);
    const watch = await tx.watches.find(administrationId);
    const callbackUrl = deps.callbackUrlOf(found.region);
    const wanted = found.state === 'active' && callbackUrl !== undefined ? topics : [];
    if (wanted.length === 0 && (watch?.subscriptions ?? []).length === 0) return ok(undefined);
    const { id, connectionId, region, division } = found;
    const administration = { tenantId, id, connectionId, region, division };
    return ok({ administration, watch, wanted, callbackUrl });
  });
  return loaded.ok ? loaded.value : undefined;
}

interface CarriedOut {
  /** Undefined when Exact could not even be asked. */
  readonly kept: Watch['subscriptions'] | undefined;
  readonly fault: SourceFault | undefined;
}

/** Removals first: Exact takes one subscription per topic. The first fault ends it; what was done is remembered. */
async function carryOut(
  { source }: KeepSubscriptionsDeps,
  { administration, callbackUrl }: Situation,
  plan: Plan,
): Promise<CarriedOut> {
  const kept: { topic: Topic; exactId: string }[] = [...plan.keep];
  for (const { exactId } of plan.remove) {
    const removed = await source.remove(administration, exactId);
    if (!removed.ok) return { kept: [...kept, ...ours(plan.remove)], fault: removed.error };
  }
  let refusal: SourceFault | undefined;
  for (const topic of callbackUrl === undefined ? [] : plan.create) {
    const created = await source.create(administration, { topic, callbackUrl: callbackUrl ?? '' });
    if (created.ok) kept.push({ topic, exactId: created.value });
    // Another user of the organisation may have the topic, or the licence may not: the others are made all the same.
    else if (created.error.kind === 'refused') refusal = created.error;
    else return { kept, fault: created.error };
  }
  return { kept, fault: refusal };
}

function ours(found: readonly FoundSubscription[]): { topic: Topic; exactId: string }[] {
  return found.flatMap(({ topic, exactId }) => (topic === null ? [] : [{ topic, exactId }]));
}

async function settle(
  deps: KeepSubscriptionsDeps,
  { administration, watch }: Situation,
  { kept, fault }: CarriedOut,
): Promise<KeptSubscriptions> {
  const now = deps.now();
  const attempts = fault && isPassing(fault) ? (watch?.attempts ?? 0) + 1 : 0;
  await deps.uow.run(administration.tenantId, async (tx) => {
    await tx.watches.put({
      administrationId: administration.id,
      subscriptions: kept ?? watch?.subscriptions ?? [],
      attempts,
      failure: fault ? { kind: fault.kind, message: messageOf(fault) } : null,
      checkedAt: now,
    });
    return ok(undefined);
  });
  if (fault?.kind === 'limited' || fault?.kind === 'suspended' || fault?.kind === 'silent')
    return { kind: 'waiting', dueAt: fault.until };
  if (attempts === 0 || attempts >= attemptsMax) return { kind: 'kept' };
  const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (attempts - 1));
  return { kind: 'waiting', dueAt: new Date(now.getTime() + pauseMs) };
}

/** What is worth another look before the daily one. */
function isPassing({ kind }: SourceFault): boolean {
  return kind === 'unavailable' || kind === 'unexpected' || kind === 'misshapen' || kind === 'uncertain';
}

function messageOf(fault: SourceFault): string {
  if ('reason' in fault) return fault.reason.slice(0, 500);
  return 'message' in fault ? fault.message.slice(0, 500) : '';
}
