import type { TenantId } from './ids.js';
import type { Result } from './result.js';

/**
 * One transaction for one tenant. Commits when `work` resolves to an ok result; rolls back on an err result and on a throw.
 * `Tx` is the set of ports that the use case needs; there is no other way to reach a repository.
 *
 * Who locks several rows locks them in this order, and those of one kind by id, so that no two wait for each other (F24): the switch of the
 * organisation, coupling, connection, runs, steps, administrations, relations, accounts, writes, issues, acts. Waking writes is outside it: it
 * passes over those that somebody holds. What collides all the same is done again.
 */
export interface UnitOfWork<Tx> {
  run<T, E>(tenantId: TenantId, work: (tx: Tx) => Promise<Result<T, E>>): Promise<Result<T, E>>;
}

/** What every use case is given. `now` and `newId` (uuid v7) keep clocks and chance out of the domain. */
export interface Deps<Tx> {
  readonly uow: UnitOfWork<Tx>;
  readonly now: () => Date;
  readonly newId: () => string;
}
