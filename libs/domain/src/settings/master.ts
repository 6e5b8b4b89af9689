export type SettingMasterKind =
  'journals' | 'gl-accounts' | 'vat-codes' | 'payment-conditions' | 'cost-centers' | 'cost-units';

/** One of Exact's master records of one administration, as far as settings look at it. */
export interface Master {
  readonly kind: SettingMasterKind;
  /** Trimmed; compared without regard to case. */
  readonly code: string;
  readonly description: string;
  readonly isBlocked: boolean;
  /** Exact's type number of a journal or ledger account. */
  readonly type: number | null;
  /** A VAT code's percentage as a fraction: 0.21 is 21 %. */
  readonly percentage: number | null;
  /** Exact's type of a VAT code: B base only (0 %), E exclusive, I inclusive, N none. */
  readonly vatType: string | null;
  /** B both, P purchase, S sales. */
  readonly vatTransaction: string | null;
  readonly isReverseCharge: boolean;
}
