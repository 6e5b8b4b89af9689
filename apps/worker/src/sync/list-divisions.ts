import { recordDivisions, recordListingFailure, type ListedDivision } from '@koppel/domain/administrations';
import type { ConnectionId, TenantId } from '@koppel/domain/kernel';
import { wakeConnection } from '@koppel/domain/sync';
import { ExactError, isTransient, type Division, type ExactClient } from '@koppel/exact-client';
import { findConnectionOwner } from '@koppel/persistence';
import { done, type Handled, type Services } from '../services.js';

const laterMs = 30_000;
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
    const { me, divisions } = await readDivisions(clients.of(connectionId, owner.region));
    const exactUser = { id: me.UserID, name: me.FullName ?? me.UserName ?? me.UserID };
    const recorded = await recordDivisions(deps, { tenantId, connectionId, exactUser, divisions });
    if (recorded.ok && recorded.value.isAccepted) await wakeConnection(deps, { tenantId, connectionId });
    return done;
  } catch (error) {
    if (!(error instanceof ExactError)) throw error;
    log.warn({ connectionId, kind: error.kind }, 'administrations could not be listed');
    await recordListingFailure(deps, { tenantId, connectionId, reason: error.kind });
    return isTransient(error) ? { kind: 'later', at: new Date(deps.now().getTime() + laterMs) } : done;
  }
}

async function readDivisions(client: ExactClient) {
  const me = await client.me();
  const listed: Division[] = [];
  // Good for this one call and nothing else: it follows what the user opened last (E06).
  for await (const page of client.divisions(me.CurrentDivision)) listed.push(...page.rows);
  const divisions: ListedDivision[] = [];
  for (let start = 0; start < listed.length; start += askedAtOnce) {
    const some = listed.slice(start, start + askedAtOnce);
    divisions.push(...(await Promise.all(some.map((division) => toListed(client, division)))));
  }
  return { me, divisions };
}

async function toListed(client: ExactClient, division: Division): Promise<ListedDivision> {
  const obstacle = obstacleOf(division);
  const moved = [division.DivisionMoveDate, division.DivisionHRLinkUnlinkDate];
  return {
    division: division.Code,
    name: division.Description,
    legalName: division.CustomerName,
    number: division.Hid,
    kvk: division.ChamberOfCommerceNumber,
    vat: division.VATNumber,
    country: division.Country,
    currency: division.Currency,
    movedAt: moved.every((date) => date === null) ? null : moved.map((date) => date ?? '').join('|'),
    unavailableReason: obstacle ?? ((await mayRead(client, division.Code)) ? null : 'no-rights'),
  };
}

function obstacleOf(division: Division): ListedDivision['unavailableReason'] {
  if (division.Status === 'archived') return 'archived';
  if (division.Status !== 'active') return 'inactive';
  if (division.BlockingStatus !== 'not-blocked') return 'blocked';
  return division.IsPracticeDivision === true || division.IsDossierDivision === true ? 'template' : null;
}

const refusals = new Set(['forbidden-division', 'forbidden-module', 'unauthorised', 'not-found']);

async function mayRead(client: ExactClient, division: number): Promise<boolean> {
  try {
    return await client.userHasRights(division, 'crm/Accounts', 'GET');
  } catch (error) {
    if (error instanceof ExactError && refusals.has(error.kind)) return false;
    throw error;
  }
}
