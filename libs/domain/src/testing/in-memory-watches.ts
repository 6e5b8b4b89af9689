import type { AdministrationId } from '../kernel/index.js';
import type { Watch, Watches } from '../webhooks/index.js';

/** Watches in memory, for specs. */
export class InMemoryWatches implements Watches {
  private readonly rows = new Map<AdministrationId, Watch>();

  async find(administrationId: AdministrationId): Promise<Watch | undefined> {
    return this.rows.get(administrationId);
  }

  async put(watch: Watch): Promise<void> {
    this.rows.set(watch.administrationId, watch);
  }
}
