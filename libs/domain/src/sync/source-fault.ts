/** Why a write was refused, as far as Exact's text tells (product.md 5). */
export type RefusalKind =
  'already-exists' | 'unknown-code' | 'ledger-account' | 'period-closed' | 'not-customer-or-supplier';

/** Why the source did not give what was asked. Expected: each has its road in settle-fault.ts. */
export type SourceFault =
  /** A limit of Exact or of our own budget; `until` by our clock. Not an attempt (E04). */
  | { readonly kind: 'limited'; readonly until: Date; readonly window: 'minute' | 'day' }
  /** Our error budget closed the endpoint before Exact would block the key (E05). */
  | { readonly kind: 'suspended'; readonly until: Date; readonly status: string }
  /** Exact gave nobody an answer for a while, so that this was not asked; `until` by our clock. Not an attempt (F32). */
  | { readonly kind: 'silent'; readonly until: Date }
  /** 5xx, network, time-out: the same call may succeed later. */
  | { readonly kind: 'unavailable'; readonly retryAt: Date | null; readonly reason: string }
  /** HTML, cut or empty: never taken for a short page (I8). */
  | { readonly kind: 'unexpected'; readonly reason: string }
  /** Read well and of another shape, or leading back or elsewhere: to ask for it again brings the same (F36, F37). */
  | { readonly kind: 'misshapen'; readonly reason: string }
  /** 401 or 403 for the whole administration. */
  | { readonly kind: 'access-lost'; readonly reason: string }
  /** The user or the licence may not use this one endpoint. */
  | { readonly kind: 'right-missing'; readonly reason: string }
  /** The refresh token is dead: only a person can mend it. */
  | { readonly kind: 'reconnect'; readonly reason: string }
  /** A write that Exact refused; `message` is Exact's own text, `about` absent when that is not known. */
  | { readonly kind: 'refused'; readonly message: string; readonly about?: RefusalKind }
  /** A write whose answer was lost. */
  | { readonly kind: 'uncertain'; readonly reason: string };
