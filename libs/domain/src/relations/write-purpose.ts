import type { Actor } from '../kernel/index.js';
import type { CallPurpose } from '../sync/index.js';

/** In order of precedence, as `CallPurpose` has it. */
const ranks: Readonly<Record<CallPurpose, number>> = {
  interactive: 0,
  upkeep: 1,
  webhook: 2,
  resync: 3,
  initial: 4,
  plan: 5,
};

/** Who waits for what somebody did: nobody when it was Koppel itself. */
export function purposeOf({ kind }: Pick<Actor, 'kind'>): CallPurpose {
  return kind === 'system' ? 'resync' : 'interactive';
}

/** That of the first who waits: one write may say what several meant. */
export function mostUrgent(purposes: readonly CallPurpose[], otherwise: CallPurpose): CallPurpose {
  return purposes.reduce((first, each) => (ranks[each] < ranks[first] ? each : first), otherwise);
}
