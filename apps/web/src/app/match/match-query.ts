import { proposalState } from '@koppel/contracts';
import type { MatchQuery } from './match-queue.js';

/** The filter as it stands in the address. */
export interface MatchAddress {
  readonly soort: string | undefined;
  readonly zoek: string | undefined;
  readonly administratie: string | undefined;
  readonly kans: string | undefined;
  readonly status: string | undefined;
  readonly reden: string | undefined;
  readonly volgorde: string | undefined;
}

/** Reads the address; what makes no sense there is left out rather than sent on. */
export function matchQueryOf(address: MatchAddress): MatchQuery {
  const state = proposalState.safeParse(address.status);
  const percent = Number(address.kans);
  return {
    state: state.success ? state.data : 'open',
    kind: address.soort === 'dubbel' ? 'double' : 'match',
    ...(address.zoek ? { search: address.zoek } : {}),
    ...(address.administratie ? { administrationId: address.administratie } : {}),
    ...(address.reden ? { reason: address.reden } : {}),
    ...(address.volgorde === 'leerzaam' ? { order: 'teaching' as const } : {}),
    ...(percent > 0 && percent <= 100 ? { minProbability: percent / 100 } : {}),
  };
}
