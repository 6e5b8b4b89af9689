import type { ExactClient } from '../client.js';
import { ExactError } from '../errors.js';
import type { CallClass } from '../limits/budget.js';
import type { Division, Me } from './divisions.js';

type Asking = Pick<ExactClient, 'divisions' | 'userHasRights'>;

/** Each refusal counts against our key, though for another division. */
const DOORS_MAX = 4;

interface Reach {
  readonly me: Me;
  readonly known: readonly number[];
  readonly callClass?: CallClass;
}

/**
 * All divisions that a consent covers. The list is the same behind every one of them; the one that the user opened last is good for this
 * one call and nothing else, and may lie outside the consent (E06). `known`: others that may open, the likeliest first.
 */
export function listReachable(
  client: Asking,
  { me, known, callClass = 'interactive' }: Reach,
): Promise<Division[]> {
  const wanted = [me.CurrentDivision, ...(me.AccountingDivision ? [me.AccountingDivision] : []), ...known];
  return listVia(client, [...new Set(wanted)].slice(0, DOORS_MAX), callClass);
}

async function listVia(
  client: Asking,
  [door, ...others]: readonly number[],
  callClass: CallClass,
): Promise<Division[]> {
  const listed: Division[] = [];
  if (door === undefined) return listed;
  try {
    for await (const page of client.divisions(door, callClass)) listed.push(...page.rows);
    return listed;
  } catch (error) {
    const isClosed = error instanceof ExactError && error.kind === 'forbidden-division';
    if (!isClosed || others.length === 0) throw error;
    return listVia(client, others, callClass);
  }
}

/** Why a division that is listed cannot be coupled, whatever the user may do there; null when it can. */
export function obstacleOf(division: Division): 'archived' | 'inactive' | 'blocked' | 'template' | null {
  if (division.Status === 'archived') return 'archived';
  if (division.Status !== 'active') return 'inactive';
  if (division.BlockingStatus !== 'not-blocked') return 'blocked';
  return division.IsPracticeDivision === true || division.IsDossierDivision === true ? 'template' : null;
}

const refusals = new Set(['forbidden-division', 'forbidden-module', 'unauthorised', 'not-found']);

/** Whether the user may read relations there. */
export async function mayReadRelations(
  client: Asking,
  division: number,
  callClass: CallClass = 'interactive',
): Promise<boolean> {
  try {
    return await client.userHasRights(division, { endpoint: 'crm/Accounts', action: 'GET' }, callClass);
  } catch (error) {
    if (error instanceof ExactError && refusals.has(error.kind)) return false;
    throw error;
  }
}
