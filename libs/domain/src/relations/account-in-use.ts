import type { AdministrationId } from '../kernel/index.js';
import type { LinkedMember } from './members.js';

/**
 * The relation's account in the administration: linked and there, before others the one to book on (product.md 3.7a). Undefined when the
 * relation has none.
 */
export function accountInUse(
  members: readonly LinkedMember[],
  administrationId: AdministrationId,
): LinkedMember | undefined {
  const there = members.filter(
    ({ source, isLinked }) =>
      isLinked && source.state === 'present' && source.administrationId === administrationId,
  );
  return there.find(({ isAlias }) => !isAlias) ?? there[0];
}
