import { accessTrouble } from '../administrations/index.js';
import {
  aboutFields,
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
import type { WriteIntent } from './write-intent.js';

interface Moment {
  readonly intent: WriteIntent;
  readonly now: Date;
  /** Those of an update that are told of; all of its patch when none are given. */
  readonly fields?: readonly string[] | undefined;
}

/**
 * Tells people that a write failed. Of its fields only this stands; what they were told of other fields of the same account stays, also where
 * both are one issue. What somebody ignored he ignored of those fields: another one is told anew.
 */
export async function tellOfFailure(
  tx: IssuesTx,
  { intent, now, fields, trouble }: Moment & { readonly trouble: Trouble },
): Promise<void> {
  const told = await tx.issues.findUnresolvedForUpdate(writeIssuesOf(subjectOf(intent)));
  const same = told.find(({ causeKey }) => causeKey === trouble.causeKey);
  const others = told.filter((issue) => issue !== same);
  await withoutFields(tx, { told: others, fields: fieldsOf(intent, fields), now });
  const isNews = fieldsLeft(trouble, same ? unwrittenFields(same) : []).length > 0;
  if (same?.state === 'ignored') {
    // Taken up again, it is about the write that failed last.
    const { params } = bothOf(same, trouble);
    if (isNews) await tx.issues.resolve([same.causeKey], now, systemActor.name);
    else await tx.issues.save({ ...same, params, version: same.version + 1 });
  }
  await tx.issues.report([same?.state === 'open' ? bothOf(same, trouble) : trouble], now);
}

/** Closes what people were told of the fields that are written now; of an overtaken write only that it was in doubt is over. */
export async function tellOfSuccess(
  tx: IssuesTx,
  { intent, now, fields, isOvertaken }: Moment & { readonly isOvertaken: boolean },
): Promise<void> {
  // Overtaken, it proves nothing of a refusal before it.
  const subject = subjectOf(intent);
  const keys = isOvertaken ? [writeIssueOf('write-uncertain', subject)] : writeIssuesOf(subject);
  const told = await tx.issues.findUnresolvedForUpdate(keys);
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

/** What the issue tells of beside the given fields; nothing when either of them is about all there is. */
function fieldsLeft(issue: Pick<Issue, 'params'>, fields: readonly string[] | undefined): readonly string[] {
  const unwritten = unwrittenFields(issue);
  return fields && unwritten ? unwritten.filter((field) => !fields.includes(field)) : [];
}

interface Told {
  readonly told: readonly Issue[];
  readonly fields: readonly string[] | undefined;
  readonly now: Date;
}

async function withoutFields(tx: IssuesTx, { told, fields, now }: Told): Promise<void> {
  const left = told.map((issue) => ({ issue, fields: fieldsLeft(issue, fields) }));
  const over = left.filter((each) => each.fields.length === 0).map(({ issue }) => issue.causeKey);
  await tx.issues.resolve(over, now, systemActor.name);
  for (const { issue, fields: rest } of left)
    if (rest.length > 0 && rest.length < (unwrittenFields(issue)?.length ?? 0))
      await tx.issues.save(aboutFields(issue, rest));
}

const reasonMax = 500;

/** One issue of both: the reason of fields that are told of already stays to be read. */
function bothOf(earlier: Issue, latest: Trouble): Trouble {
  const others = fieldsLeft(earlier, unwrittenFields(latest));
  if (others.length === 0) return latest;
  const reasons = [latest, earlier].map(({ params }) => String(params['reason'] ?? ''));
  const reason = [...new Set(reasons)].join(' / ').slice(0, reasonMax);
  const fields = unwrittenParam([...others, ...(unwrittenFields(latest) ?? [])]);
  return { ...latest, params: { ...latest.params, reason, ...fields } };
}
