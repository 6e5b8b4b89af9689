import type { AdministrationId } from '../kernel/index.js';
import type { Administration } from './administration.js';

/** The administrations of one tenant. */
export interface Administrations {
  /** All, by position and then division. */
  findMany(): Promise<Administration[]>;
  /** The same, locked until the transaction ends. */
  findManyForUpdate(): Promise<Administration[]>;
  findById(id: AdministrationId): Promise<Administration | undefined>;
  /** Locks the row until the transaction ends. */
  findByIdForUpdate(id: AdministrationId): Promise<Administration | undefined>;
  add(administration: Administration): Promise<void>;
  /** Writes every column and raises `version` by one. Answers `code-taken` when another row has the code (race). */
  save(administration: Administration): Promise<'saved' | 'code-taken'>;
}

export interface AdministrationsTx {
  readonly administrations: Administrations;
}
