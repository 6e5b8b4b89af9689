import type { Dashboard } from '@koppel/contracts';
import type { Administration } from '@koppel/domain/administrations';

type Health = Dashboard['administrations'][number]['health'];

export interface HealthFacts {
  readonly isConnectionBroken: boolean;
  readonly isBusy: boolean;
  readonly openIssues: number;
  readonly openDoubles: number;
}

/** What a bookkeeper should know of an administration first; the worst comes first. */
export function healthOf(administration: Administration, facts: HealthFacts): Health {
  if (administration.state === 'access-lost') return 'access-lost';
  if (administration.state === 'paused') return 'paused';
  if (facts.isConnectionBroken) return 'reconnect';
  if (facts.isBusy) return 'busy';
  if (facts.openIssues > 0 || facts.openDoubles > 0) return 'waits-for-you';
  return administration.state === 'active' ? 'in-step' : 'not-active';
}
