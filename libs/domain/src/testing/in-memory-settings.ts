import type { AdministrationId } from '../kernel/index.js';
import type { AdministrationSettings, Master, Settings } from '../settings/index.js';

/** Settings in memory, for specs; `masters` is what Exact has, everywhere but where `mastersOf` says otherwise. */
export class InMemorySettings implements Settings {
  private readonly rows = new Map<AdministrationId, AdministrationSettings>();
  readonly mastersOf = new Map<AdministrationId, readonly Master[]>();

  constructor(private readonly masters: readonly Master[] = []) {}

  async find(administrationId: AdministrationId): Promise<AdministrationSettings> {
    const untouched = {
      administrationId,
      values: {},
      follows: {},
      version: 0,
      updatedAt: null,
      updatedBy: null,
    };
    return this.rows.get(administrationId) ?? untouched;
  }

  findForUpdate(administrationId: AdministrationId): Promise<AdministrationSettings> {
    return this.find(administrationId);
  }

  async save(settings: AdministrationSettings): Promise<void> {
    this.rows.set(settings.administrationId, settings);
  }

  async findMasters(administrationId: AdministrationId): Promise<Master[]> {
    return [...(this.mastersOf.get(administrationId) ?? this.masters)];
  }
}
