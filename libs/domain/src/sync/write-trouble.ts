import { unwrittenParam, writeIssueOf, type Trouble, type WriteFailure } from '../issues/index.js';
import { subjectOf } from '../relations/index.js';
import type { Collision } from './find-collision.js';
import type { ClaimedWrite, SendWriteTx } from './send-write.js';
import type { RefusalKind } from './source-fault.js';

const causeOf: Readonly<Record<RefusalKind, WriteFailure>> = {
  // Which one stands in the way is told by a collision; without it there is only Exact's own text.
  'already-exists': 'write-refused',
  'unknown-code': 'reference-invalid',
  'ledger-account': 'ledger-account-unusable',
  'period-closed': 'period-closed',
  'not-customer-or-supplier': 'role-missing',
};

/** What people are told of a write that Exact refused (product.md 5). */
export function causeOfRefusal(about: RefusalKind | undefined): WriteFailure {
  return about ? causeOf[about] : 'write-refused';
}

/** A failed or doubtful write in the words of an issue; of an update with the fields that are not written, or nobody knows of. */
export function troubleOf(
  cause: WriteFailure,
  {
    intent,
    source,
    fields,
  }: Pick<ClaimedWrite, 'intent' | 'source'> & { readonly fields?: readonly string[] | undefined },
  reason: string,
): Trouble {
  const name = source?.fields.shared.name ?? String(intent.patch.name ?? '');
  const params = {
    name,
    reason: reason.slice(0, 500),
    intentId: intent.id,
    ...(source && { exactId: source.exactId }),
    ...(intent.kind === 'update' && unwrittenParam(fields ?? Object.keys(intent.patch))),
  };
  const { administrationId } = intent;
  return { cause, causeKey: writeIssueOf(cause, subjectOf(intent)), administrationId, params };
}

/** The same with the account that stands in the way, and its relation when it is known here. */
export async function troubleOfCollision(
  tx: SendWriteTx,
  claimed: ClaimedWrite,
  { message, row }: Collision,
): Promise<Trouble> {
  const { administrationId } = claimed.intent;
  const account = await tx.sourceStore.findAccount({ administrationId, exactId: row.exactId });
  const [link] = account ? await tx.links.findOfSources([account.id]) : [];
  const trouble = troubleOf('write-exists', claimed, message);
  const { shared, local } = row.fields;
  const code = local.code?.trim();
  const other = {
    other: code ? `${shared.name} (${code})` : shared.name,
    otherExactId: row.exactId,
    ...(link && { relationId: link.relationId }),
  };
  return { ...trouble, params: { ...trouble.params, ...other } };
}
