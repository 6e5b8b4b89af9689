/** What is fetched of one administration, in this order: Exact wants one request at a time per division (exact-online.md 2.6). */
export const dataKinds = [
  'accounts',
  'contacts',
  'addresses',
  'bank-accounts',
  'gl-accounts',
  'journals',
  'vat-codes',
  'payment-conditions',
  'cost-centers',
  'cost-units',
  'deleted',
] as const;

export type DataKind = (typeof dataKinds)[number];

/** Records that belong to an account. */
export type PartKind = 'contact' | 'address' | 'bank-account';

/** How the kinds of parts are fetched. */
export const dataKindOfPart: Readonly<Record<PartKind, DataKind>> = {
  contact: 'contacts',
  address: 'addresses',
  'bank-account': 'bank-accounts',
};

/** Whether a read of all of the kind, with the log of deletions, tells what is gone. */
export function isProvable(kind: DataKind): boolean {
  return kind === 'accounts' || Object.values(dataKindOfPart).includes(kind);
}

/** Lists that settings choose from. */
export type MasterKind =
  'gl-accounts' | 'journals' | 'vat-codes' | 'payment-conditions' | 'cost-centers' | 'cost-units';

/** Kinds without a change log in Exact: small lists that hardly ever change, read whole or not at all. */
export const wholeLists = [
  'journals',
  'vat-codes',
  'payment-conditions',
  'cost-centers',
  'cost-units',
] as const satisfies readonly MasterKind[];

const wholeKinds: ReadonlySet<DataKind> = new Set<DataKind>(wholeLists);

/** Whether the kind is always read whole, because Exact keeps no row versions of it. */
export function isWholeList(kind: DataKind): kind is (typeof wholeLists)[number] {
  return wholeKinds.has(kind);
}
