import type { Result } from '../kernel/index.js';
import type { AccountRole, PartFields, SharedValues } from '../relations/index.js';
import type { PartKind } from './data-kind.js';
import type { WriteTarget } from './relation-source.port.js';
import type { SourceFault } from './source-fault.js';
import type { AccountRow, PartRow } from './source-rows.js';

/** Asked right before a write leaves: true when another worker may have taken it over meanwhile, so that it must not. */
export type IsTooLate = () => boolean;

/** Not sent, because of that. */
export interface TooLate {
  readonly kind: 'too-late';
}

/** Reads and writes single accounts and their parts. Nothing here runs inside a transaction. */
export interface WriteSource extends PartSource {
  /** Null when Exact has no such account. */
  readAccount(administration: WriteTarget, exactId: string): Promise<Result<AccountRow | null, SourceFault>>;
  /** Changes the given shared fields and nothing else; the code is never sent (exact-online.md 3.6). */
  updateAccount(
    administration: WriteTarget,
    change: { readonly exactId: string; readonly patch: Partial<SharedValues> },
    isTooLate: IsTooLate,
  ): Promise<Result<void, SourceFault | TooLate>>;
  /** Accounts that could be the one meant: equal KvK number, VAT number or name, each once. A fault when not all of them can be read. */
  findAlike(
    administration: WriteTarget,
    values: Partial<SharedValues>,
  ): Promise<Result<AccountRow[], SourceFault>>;
  /** One POST, which answers Exact's id; a lost answer is `uncertain`. What Exact made of it is read by itself. */
  createAccount(
    administration: WriteTarget,
    account: NewAccount,
    isTooLate: IsTooLate,
  ): Promise<Result<string, SourceFault | TooLate>>;
}

/** An account that is to be made. */
export interface NewAccount {
  readonly values: Partial<SharedValues>;
  /** Exact's own choice when empty. */
  readonly roles: readonly AccountRole[];
}

/** A contact person, address or bank account at the source. */
export interface PartAt {
  readonly kind: PartKind;
  readonly exactId: string;
}

/** Reads and writes single contact persons, addresses and bank accounts; the fields are those of `PartRow`. */
export interface PartSource {
  /** Null when Exact has no such part. */
  readPart(administration: WriteTarget, part: PartAt): Promise<Result<PartRow | null, SourceFault>>;
  /** Every part of the kind that the account has. A fault when not all of them can be read. */
  findParts(
    administration: WriteTarget,
    of: { readonly kind: PartKind; readonly accountExactId: string },
  ): Promise<Result<PartRow[], SourceFault>>;
  /** Changes the given fields and nothing else. */
  updatePart(
    administration: WriteTarget,
    change: PartAt & { readonly patch: PartFields },
    isTooLate: IsTooLate,
  ): Promise<Result<void, SourceFault | TooLate>>;
  /** One POST, which answers Exact's id; a lost answer is `uncertain`. What Exact made of it is read by itself. */
  createPart(
    administration: WriteTarget,
    part: { readonly kind: PartKind; readonly accountExactId: string; readonly fields: PartFields },
    isTooLate: IsTooLate,
  ): Promise<Result<string, SourceFault | TooLate>>;
}
