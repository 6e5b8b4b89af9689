import type { AdministrationId } from '../kernel/index.js';
import type { Master } from './master.js';
import type { SettingKey } from './setting-keys.js';

/** Settings that are kept equal to those of another administration, by whose they follow. */
export type Following = Readonly<Partial<Record<SettingKey, AdministrationId>>>;

export type SettingValues = Readonly<Partial<Record<SettingKey, string | null>>>;

/** What an administrator chose for one administration. Version 0: nothing was saved yet. */
export interface AdministrationSettings {
  readonly administrationId: AdministrationId;
  readonly values: SettingValues;
  /** Counts while the followed administration is the first one; the value itself always stands in `values`. */
  readonly follows: Following;
  readonly version: number;
  readonly updatedAt: Date | null;
  readonly updatedBy: string | null;
}

/** Settings and the master records that they choose from. */
export interface Settings {
  find(administrationId: AdministrationId): Promise<AdministrationSettings>;
  /** Locks the settings until the transaction ends, making an empty row on first use. */
  findForUpdate(administrationId: AdministrationId): Promise<AdministrationSettings>;
  save(settings: AdministrationSettings): Promise<void>;
  findMasters(administrationId: AdministrationId): Promise<Master[]>;
}

export interface SettingsTx {
  readonly settings: Settings;
}
