import type { Freeze } from '../relations/index.js';

/** The freeze in memory: a spec sets it. */
export class InMemoryFreeze implements Freeze {
  isSet = false;

  async isFrozen(): Promise<boolean> {
    return this.isSet;
  }
}
