import type { Result } from '../kernel/index.js';
import type { SharedValues } from '../relations/index.js';
import type { SourceAdministration } from './relation-source.port.js';
import type { SourceFault } from './source-fault.js';
import type { AccountRow } from './source-rows.js';

/** Reads and writes single accounts. Nothing here runs inside a transaction. */
export interface WriteSource {
  /** Null when Exact has no such account. */
  readAccount(
    administration: SourceAdministration,
    exactId: string,
  ): Promise<Result<AccountRow | null, SourceFault>>;
  /** Changes the given shared fields and nothing else; the code is never sent (exact-online.md 3.6). */
  updateAccount(
    administration: SourceAdministration,
    change: { readonly exactId: string; readonly patch: Partial<SharedValues> },
  ): Promise<Result<void, SourceFault>>;
  /** Accounts that could be the one meant: equal KvK number, VAT number or name. */
  findAlike(
    administration: SourceAdministration,
    values: Partial<SharedValues>,
  ): Promise<Result<AccountRow[], SourceFault>>;
  /** One POST; a lost answer is `uncertain`. */
  createAccount(
    administration: SourceAdministration,
    values: Partial<SharedValues>,
  ): Promise<Result<AccountRow, SourceFault>>;
}
