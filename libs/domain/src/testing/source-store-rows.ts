import { asId, type SyncRunId } from '../kernel/index.js';
import type { AccountReadBack, MasterRow, PartRow, StoreContext, StoredAccount } from '../sync/index.js';
import { anAdministration } from './an-administration.js';

export const run = (last: number) => asId<SyncRunId>(`00000000-0000-7000-8000-0000000000a${last}`);
export const context: StoreContext = {
  administrationId: anAdministration().id,
  runId: run(1),
  now: new Date('2026-11-25T09:00:00Z'),
  writtenSince: new Date('2026-11-25T08:55:00Z'),
  isFullRead: true,
};
export const later: StoreContext = {
  ...context,
  runId: run(2),
  now: new Date('2026-11-25T10:00:00Z'),
  writtenSince: new Date('2026-11-25T09:55:00Z'),
  isFullRead: false,
};
export const journal: MasterRow = {
  exactId: '00000000-0000-4000-8000-0000000000c1',
  code: '70',
  description: 'Verkoopboek',
  isBlocked: false,
  rowVersion: null,
  fields: { type: 20 },
};
export const bank: PartRow = {
  exactId: '00000000-0000-4000-8000-0000000000c2',
  accountExactId: '00000000-0000-4000-8000-000000000001',
  rowVersion: null,
  fields: { iban: 'NL00TEST0123456789' },
};

/** The account as it is read back right after a write. */
export function readBackOf({ fields, contentHash, modifiedAt }: StoredAccount): AccountReadBack {
  return { fields, contentHash, modifiedAt, base: null, written: {} };
}
