import { accessTrouble } from '../administrations/index.js';
import {
  aboutFields,
  closedIssue,
  fieldsLeft,
  paramsOfBoth,
  unwrittenFields,
  unwrittenParam,
  writeIssueOf,
  writeIssuesOf,
  type Issue,
  type IssuesTx,
  type Trouble,
} from '../issues/index.js';
import { systemActor, type OutboxTx } from '../kernel/index.js';
import { subjectOf } from '../relations/index.js';
import { isStandstill, standstillsOf } from './standstills.js';
import type { WriteIntent } from './write-intent.js';

interface Moment {
  readonly intent: WriteIntent;
  readonly now: Date;
  /** Those of an update that are told of; all of its patch when none are given. */
  readonly fields?: readonly string[] | undefined;
}

/**
 * Tells people that a write failed. Of its fields only this stands; what they were told of other fields of the same account stays, also where
 * both are one issue. What somebody ignored he ignored of those fields: it stays ignored, and another one is told beside it.
 */
export async function tellOfFailure(
  tx: IssuesTx,
  { intent, now, fields, trouble }: Moment & { readonly trouble: Trouble },
): Promise<void> {
  const told = await tx.issues.findUnresolvedForUpdate(writeIssuesOf(subjectOf(intent)));
  const isSame = ({ causeKey }: Issue) => causeKey === trouble.causeKey;
  const others = told.filter((issue) => !isSame(issue));
  await withoutFields(tx, { told: others, fields: fieldsOf(intent, fields), now });
  await tellOnce(tx, { same: told.filter(isSame), trouble, now });
}

/** Tells people that nobody knows whether a write arrived; what they were told of its fields before stands until that is known. */
export async function tellOfDoubt(
  tx: IssuesTx,
  { trouble, now }: { readonly trouble: Trouble; readonly now: Date },
): Promise<void> {
  await tellOnce(tx, { same: await tx.issues.findUnresolvedForUpdate([trouble.causeKey]), trouble, now });
}

interface Telling {
  /** The issues with its key that are open or ignored. */
  readonly same: readonly Issue[];
  readonly trouble: Trouble;
  readonly now: Date;
}

async function tellOnce(tx: IssuesTx, { same, trouble, now }: Telling): Promise<void> {
  const ignored = same.filter(({ state }) => state === 'ignored');
  // Taken up again, they are about the write that failed last.
  for (const issue of ignored) await freshen(tx, issue, trouble);
  const news = ignored.reduce<readonly string[] | undefined>(
    (left, issue) => fieldsLeft(left, unwrittenFields(issue)),
    unwrittenFields(trouble),
  );
  if (ignored.length > 0 && !news?.length) return;
  const told = news ? about(trouble, news) : trouble;
  const open = same.find(({ state }) => state === 'open');
  await tx.issues.report([{ ...(open ? bothOf(open, told) : told), isBesideIgnored: true }], now);
}

/** Gives an ignored issue the facts of the write that failed last, of the fields that are ignored. */
async function freshen(tx: IssuesTx, issue: Issue, trouble: Trouble): Promise<void> {
  const [ignored, failed] = [unwrittenFields(issue), unwrittenFields(trouble)];
  const both = ignored && failed?.filter((field) => ignored.includes(field));
  if (both?.length === 0) return;
  const { params } = bothOf(issue, both ? about(trouble, both) : trouble);
  await tx.issues.save({ ...issue, params, version: issue.version + 1 });
}

function about(trouble: Trouble, fields: readonly string[]): Trouble {
  return { ...trouble, params: { ...trouble.params, ...unwrittenParam(fields) } };
}

/** Closes what people were told of the fields that are written now; of an overtaken write only that it was in doubt is over. */
export async function tellOfSuccess(
  tx: IssuesTx,
  { intent, now, fields, isOvertaken }: Moment & { readonly isOvertaken: boolean },
): Promise<void> {
  // Overtaken, it proves nothing of a refusal before it.
  const subject = subjectOf(intent);
  const own = isOvertaken ? [writeIssueOf('write-uncertain', subject)] : writeIssuesOf(subject);
  const keys = [...own, ...standstillsOf(intent.administrationId)];
  const told = (await tx.issues.findUnresolvedForUpdate(keys)).filter((issue) => !isStandstill(issue, now));
  await withoutFields(tx, { told, fields: fieldsOf(intent, fields), now });
}

/** The administration's next run meets the same closed door and pauses it; until then its writes wait. */
export async function tellOfLostAccess(
  tx: IssuesTx & OutboxTx,
  { intent, now, reason }: Moment & { readonly reason: string },
): Promise<void> {
  const { administrationId } = intent;
  const trouble = accessTrouble(administrationId, { reason });
  const known = await tx.issues.findOpenCauseKeys(trouble.causeKey);
  await tx.issues.report([trouble], now);
  if (known.length > 0) return;
  await tx.outbox.add({ kind: 'start-resync', administrationIds: [administrationId] });
}

/** Undefined when it is about a whole new account or part. */
function fieldsOf(
  { kind, patch }: WriteIntent,
  fields: readonly string[] = Object.keys(patch),
): readonly string[] | undefined {
  return kind === 'create' ? undefined : fields;
}

interface Told {
  readonly told: readonly Issue[];
  readonly fields: readonly string[] | undefined;
  readonly now: Date;
}

async function withoutFields(tx: IssuesTx, { told, fields, now }: Told): Promise<void> {
  for (const issue of told) {
    const unwritten = unwrittenFields(issue);
    const left = fieldsLeft(unwritten, fields);
    // Not by its key: an ignored one beside it may be about other fields.
    if (left.length === 0) await tx.issues.save(closedIssue(issue, now, systemActor.name));
    else if (left.length < (unwritten?.length ?? 0)) await tx.issues.save(aboutFields(issue, left));
  }
}

/** One issue of both. */
function bothOf(earlier: Issue, latest: Trouble): Trouble {
  return { ...latest, params: paramsOfBoth(earlier, latest) };
}
