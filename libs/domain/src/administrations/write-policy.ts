import type { SharedField } from '../relations/index.js';

/** What Koppel may write into one administration (product.md 3.3). */
export interface WritePolicy {
  /** Fields that belong to this administration alone: they neither come from the others nor go to them. */
  readonly localFields: readonly SharedField[];
}

/** Every shared field is shared. */
export const defaultWritePolicy: WritePolicy = { localFields: [] };
