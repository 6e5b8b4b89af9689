import { isUncoupled, type Administration } from '../administrations/index.js';

/**
 * The administrations that have settings: everything coupled or being coupled, in order of selection. The first of them is
 * the one that the others are suggested from and may follow.
 */
export function withSettings(administrations: readonly Administration[]): Administration[] {
  return administrations.filter(({ state }) => !isUncoupled(state));
}
