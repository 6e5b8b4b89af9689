import { isUsable, type ConnectionsTx } from '../administrations/index.js';
import { invariant, type Actor } from '../kernel/index.js';
import { advance, newCoupling, type Coupling, type WrongStep } from './coupling.js';
import type { CouplingEvent } from './coupling-step.js';
import type { CouplingsTx } from './couplings.port.js';
import { ok, type Result } from '../kernel/index.js';

interface Chance {
  readonly now: () => Date;
  readonly newId: () => string;
}

/**
 * The coupling, locked; made on first use. A tenant that has a connection already (it was coupled to one administration)
 * begins at `select` and keeps what it had.
 */
export async function lockCoupling(tx: CouplingsTx & ConnectionsTx, chance: Chance): Promise<Coupling> {
  const present = await tx.couplings.findForUpdate();
  if (present) return present;
  const connection = (await tx.connections.findMany()).find(isUsable);
  await tx.couplings.add(newCoupling(connection ? 'select' : 'connect', chance.now()));
  const made = await tx.couplings.findForUpdate();
  invariant(made, 'a coupling that was added is there');
  if (connection && made.step === 'select') {
    const { authorisedBy: actorId, authorisedByName: actorName, authorisedAt: at } = connection;
    await tx.couplings.addStepLog({
      id: chance.newId(),
      step: 'connect',
      actorId,
      actorName,
      at,
      detail: {},
    });
  }
  return made;
}

export interface Happening {
  readonly on: CouplingEvent;
  readonly actor: Actor;
  /** Kept beside the name of who finished the step. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** Moves a locked coupling on, saves it and logs who finished the step. */
export async function moveOn(
  tx: CouplingsTx,
  chance: Chance,
  of: Happening & { readonly coupling: Coupling },
): Promise<Result<Coupling, WrongStep>> {
  const now = chance.now();
  const advanced = advance(of.coupling, of.on, now);
  if (!advanced.ok) return advanced;
  const { coupling, finished } = advanced.value;
  await tx.couplings.save(coupling);
  if (finished) {
    await tx.couplings.addStepLog({
      id: chance.newId(),
      step: finished,
      actorId: of.actor.id,
      actorName: of.actor.name,
      at: now,
      detail: of.detail ?? {},
    });
  }
  return ok({ ...coupling, version: coupling.version + 1 });
}
