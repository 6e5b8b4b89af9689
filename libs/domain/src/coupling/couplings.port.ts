import type { Coupling, StepLogEntry } from './coupling.js';

/** The coupling of one tenant, and who finished its steps. */
export interface Couplings {
  find(): Promise<Coupling | undefined>;
  /** Locks the row until the transaction ends. */
  findForUpdate(): Promise<Coupling | undefined>;
  /** Does nothing when the tenant has one already. */
  add(coupling: Coupling): Promise<void>;
  /** Writes every column and raises `version` by one. */
  save(coupling: Coupling): Promise<void>;
  addStepLog(entry: StepLogEntry): Promise<void>;
  /** Oldest first. */
  findStepLog(): Promise<StepLogEntry[]>;
}

export interface CouplingsTx {
  readonly couplings: Couplings;
}
