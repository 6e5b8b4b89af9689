import { writeIssueOf, type Trouble, type WriteFailure } from '../issues/index.js';
import { askAboutAlike, subjectOf } from '../relations/index.js';
import type { ClaimedWrite, SendWriteDeps, SendWriteTx, WriteOutcome } from './send-write.js';
import type { AccountRow } from './source-rows.js';
import { tellOfFailure } from './tell-of-write.js';
import { forgetLists } from './whole-lists.js';
import type { WriteIntent } from './write-intent.js';
import { troubleOf } from './write-trouble.js';

/** Nothing is made beside an account that may be the relation: people are asked whether it is. */
export async function failAlike(
  tx: SendWriteTx,
  deps: SendWriteDeps,
  {
    intent,
    account,
  }: { readonly intent: WriteIntent; readonly account: Pick<AccountRow, 'exactId' | 'fields'> },
): Promise<WriteOutcome> {
  const now = deps.now();
  const { administrationId } = intent;
  const failure = { kind: 'alike', message: account.exactId };
  await tx.writeIntents.save({ ...intent, patch: {}, state: 'failed', failure, settledAt: now });
  const { exactId, fields } = account;
  const params = {
    ...{ name: fields.shared.name, code: fields.local.code?.trim() ?? '' },
    ...{ exactId, intentId: intent.id },
  };
  const causeKey = writeIssueOf('account-alike', subjectOf(intent));
  await tx.issues.report([{ cause: 'account-alike', causeKey, administrationId, params }], now);
  await askWhetherSame(tx, deps, { ...intent, exactId });
  return { kind: 'failed' };
}

type AccountAlike = Pick<WriteIntent, 'relationId' | 'administrationId'> & Pick<AccountRow, 'exactId'>;

/** Of an account that was not compared yet, comparing asks. */
async function askWhetherSame(
  tx: SendWriteTx,
  { newId, now }: SendWriteDeps,
  { relationId, administrationId, exactId }: AccountAlike,
): Promise<void> {
  const account = await tx.sourceStore.findAccount({ administrationId, exactId });
  const links = account ? await tx.links.findOfSources([account.id]) : [];
  if (account && links.length > 0) await askAboutAlike(tx, { relationId, account }, { newId, now: now() });
  else await tx.outbox.add({ kind: 'start-resync', administrationIds: [administrationId] });
}

/** A write that came to nothing. */
export interface Failed {
  readonly claimed: Pick<ClaimedWrite, 'intent' | 'source'>;
  readonly failure: NonNullable<WriteIntent['failure']>;
  /** The general one when none is given. */
  readonly cause?: WriteFailure;
  /** Made of the cause and the failure's text when none is given. */
  readonly trouble?: Trouble;
  /** The fields of an update that did not arrive; all of them when none are given. */
  readonly fields?: readonly string[];
}

/** Settles the write as failed and tells people. */
export async function fail(tx: SendWriteTx, deps: SendWriteDeps, failed: Failed): Promise<WriteOutcome> {
  const { claimed, failure, fields, cause = 'write-refused' } = failed;
  const now = deps.now();
  await tx.writeIntents.save({ ...claimed.intent, state: 'failed', failure, settledAt: now });
  const trouble = failed.trouble ?? troubleOf(cause, { ...claimed, fields }, failure.message);
  await tellOfFailure(tx, { intent: claimed.intent, trouble, now, fields });
  // People are sent to the settings for another code: the next run reads which ones there are.
  if (cause === 'reference-invalid') await forgetLists(tx, claimed.intent.administrationId);
  return { kind: 'failed' };
}
