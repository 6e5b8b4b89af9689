import type { OutboxTx } from '../../kernel/index.js';
import type { Issue, IssuesTx, Trouble } from '../../issues/index.js';
import type { PartWrite, WriteIntentsTx } from '../../sync/index.js';
import type { LinkedMember } from '../members.js';
import type { PartsOfRelation } from './parts-of-relation.js';
import { accountsWithout, saidNumber } from './bank-numbers.js';
import { bankNumber, bankNumberOf } from './part-units.js';
import { takeBack } from './plan-part-writes.js';
import { questionKey, questionsAbout } from './question-key.js';
import { administrationName } from './settle-verdicts.js';
import type { SourcePart } from './source-part.js';

interface ChangedAccount {
  readonly part: SourcePart;
  readonly own: LinkedMember;
  readonly found: PartsOfRelation;
}

/**
 * A new or changed bank account number is written nowhere until a person approved it: a changed IBAN is the classic fraud
 * (product.md 3.3). One open question per bank account; a later number replaces the question about an earlier one. Of an approved number
 * that nobody says any more, what still waits is taken back. Says whether anything was.
 */
export async function askApproval(
  tx: IssuesTx & WriteIntentsTx & OutboxTx,
  now: Date,
  about: ChangedAccount,
): Promise<boolean> {
  const { part, found } = about;
  const number = saidNumber(part.fields);
  if (part.base === null || saidNumber(part.base) === number) return false;
  const taken = await takeBackNumber(tx, now, { number: saidNumber(part.base), found });
  const asked = await tx.issues.findOpen(questionsAbout(part, bankNumber));
  const was = numberBefore(part, asked, taken);
  const left = { ...found, open: found.open.filter(({ id }) => !taken.some((intent) => intent.id === id)) };
  const isNews = number !== '' && number !== was && accountsWithout(part, left).length > 0;
  const stale = asked.map(({ causeKey }) => causeKey);
  const trouble = troubleOf(about, was);
  await tx.issues.resolve(
    stale.filter((key) => !isNews || key !== trouble.causeKey),
    now,
    'Koppel',
  );
  if (isNews) await tx.issues.report([trouble], now);
  return taken.length > 0;
}

/** What waits to bring a number that no account of the relation has in Exact. */
async function takeBackNumber(
  tx: WriteIntentsTx & OutboxTx,
  now: Date,
  { number, found }: { readonly number: string; readonly found: PartsOfRelation },
): Promise<PartWrite[]> {
  const said = found.members.flatMap(({ source }) => found.parts.get(source.id) ?? []);
  const isSaid = said.some(({ kind, fields }) => kind === 'bank-account' && saidNumber(fields) === number);
  if (number === '' || isSaid) return [];
  const waiting = found.open.filter(
    (intent) => intent.part.kind === 'bank-account' && bankNumberOf(intent.patch) === number,
  );
  return takeBack(tx, waiting, { now });
}

/** The number that the other accounts have in this one's place: they never heard of one that was not approved, or was taken back. */
function numberBefore(part: SourcePart, asked: readonly Issue[], taken: readonly PartWrite[]): string {
  const before = bankNumberOf(part.base ?? {});
  const never = asked.map(({ params }) => String(params['was'] ?? ''));
  const still = taken.map((intent) => bankNumberOf(intent.part.was ?? {}));
  return (
    [...never, ...still].find((number) => number !== '') ??
    (before === bankNumberOf(part.fields) ? '' : before)
  );
}

function troubleOf({ part, own, found }: ChangedAccount, was: string): Trouble {
  return {
    cause: 'bank-account-changed',
    causeKey: questionKey(part, bankNumber),
    administrationId: part.administrationId,
    params: {
      name: found.relation.values.name,
      administration: administrationName(found.administrations, own),
      number: saidNumber(part.fields),
      was: was === '' ? '–' : was,
      exactId: own.source.exactId,
      partKind: part.kind,
      partId: part.exactId,
    },
  };
}
