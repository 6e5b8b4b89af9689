import {
  isListingAwaited,
  recordDivisions,
  recordListingFailure,
  type Administration,
  type ListedDivision,
} from '@koppel/domain/administrations';
import { ok, type ConnectionId, type TenantId } from '@koppel/domain/kernel';
import { wakeConnection } from '@koppel/domain/sync';
import {
  ExactError,
  isTransient,
  listReachable,
  mayReadRelations,
  obstacleOf,
  type CallClass,
  type Division,
  type ExactClient,
} from '@koppel/exact-client';
import { findConnectionOwner } from '@koppel/persistence';
import { movedAtOf } from '../exact/moved-at.js';
import { done, type Handled, type Services } from '../services.js';

/** Rights are asked one division after another, several divisions at once: a user of an accountant's office has hundreds. */
const askedAtOnce = 4;

/** Asks Exact who the connection's user is and which administrations that user reaches, with the right to read relations in each. */
export async function listDivisions(
  services: Services,
  job: { readonly tenantId: TenantId; readonly connectionId: ConnectionId },
): Promise<Handled> {
  const { deps, database, clients, log } = services;
  const { tenantId, connectionId } = job;
  const owner = await findConnectionOwner(database, connectionId);
  if (!owner || owner.tenantId !== tenantId) return done;
  try {
    const { authorisedAt, known, callClass } = await knownBefore(services, job);
    if (!authorisedAt) return done;
    const client = clients.ofStoredConsent(connectionId, owner.region);
    const { me, divisions } = await readDivisions(client, { known, callClass });
    const exactUser = { id: me.UserID, name: me.FullName ?? me.UserName ?? me.UserID };
    const listing = { tenantId, connectionId, authorisedAt, exactUser, divisions };
    const recorded = await recordDivisions(deps, listing);
    if (recorded.ok && recorded.value.isAccepted) {
      await wakeConnection(deps, { tenantId, connectionId });
      await lookAfterSubscriptions(services, job);
    }
    return done;
  } catch (error) {
    if (!(error instanceof ExactError)) throw error;
    log.warn({ connectionId, kind: error.kind }, 'administrations could not be listed');
    const failure = { tenantId, connectionId, reason: error.kind, isPassing: isTransient(error) };
    const { againAt } = await recordListingFailure(deps, failure);
    return againAt ? { kind: 'later', at: againAt } : done;
  }
}

interface Known {
  /** Of the consent that is about to be asked; undefined when there is no connection. */
  readonly authorisedAt: Date | undefined;
  /** What was listed before, those in use first. */
  readonly known: readonly number[];
  readonly callClass: CallClass;
}

async function knownBefore(
  { deps }: Services,
  job: { readonly tenantId: TenantId; readonly connectionId: ConnectionId },
): Promise<Known> {
  const found = await deps.uow.run<Known, never>(job.tenantId, async (tx) => {
    const connection = await tx.connections.findById(job.connectionId);
    const all = await tx.administrations.findMany();
    const own = all.filter((each) => each.connectionId === job.connectionId);
    const isAwaited = connection !== undefined && isListingAwaited(connection, deps.now());
    const callClass = isAwaited ? 'interactive' : 'upkeep';
    return ok({ authorisedAt: connection?.authorisedAt, known: inOrderOfUse(own), callClass });
  });
  return found.ok ? found.value : { authorisedAt: undefined, known: [], callClass: 'upkeep' };
}

function inOrderOfUse(own: readonly Administration[]): number[] {
  const inUse = new Set<string>(['active', 'coupling', 'selected']);
  return own
    .toSorted((one, other) => Number(inUse.has(other.state)) - Number(inUse.has(one.state)))
    .map(({ division }) => division);
}

/** Daily and after a reconnect: what Exact lost is made again, what is not wanted any more is removed. */
async function lookAfterSubscriptions(
  { deps }: Services,
  { tenantId, connectionId }: { readonly tenantId: TenantId; readonly connectionId: ConnectionId },
): Promise<void> {
  await deps.uow.run(tenantId, async (tx) => {
    for (const { id, connectionId: own, activatedAt } of await tx.administrations.findMany())
      if (own === connectionId && activatedAt !== null)
        await tx.outbox.add({ kind: 'keep-subscriptions', administrationId: id });
    return ok(undefined);
  });
}

async function readDivisions(client: ExactClient, { known, callClass }: Pick<Known, 'known' | 'callClass'>) {
  const me = await client.me(callClass);
  const listed = await listReachable(client, { me, known, callClass });
  const divisions: ListedDivision[] = [];
  for (let start = 0; start < listed.length; start += askedAtOnce) {
    const some = listed.slice(start, start + askedAtOnce);
    divisions.push(...(await Promise.all(some.map((division) => toListed(client, division, callClass)))));
  }
  return { me, divisions };
}

async function toListed(
  client: ExactClient,
  division: Division,
  callClass: CallClass,
): Promise<ListedDivision> {
  const isClosed = async () => !(await mayReadRelations(client, division.Code, callClass));
  const obstacle = obstacleOf(division);
  return {
    division: division.Code,
    name: division.Description,
    legalName: division.CustomerName,
    number: division.Hid,
    kvk: division.ChamberOfCommerceNumber,
    vat: division.VATNumber,
    country: division.Country,
    currency: division.Currency,
    movedAt: movedAtOf(division),
    unavailableReason: obstacle ?? ((await isClosed()) ? 'no-rights' : null),
  };
}
