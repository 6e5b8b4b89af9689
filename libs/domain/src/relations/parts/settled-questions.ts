import { ok, systemActor, type Deps, type TenantId } from '../../kernel/index.js';
import type { Issue } from '../../issues/index.js';
import { accountsWithout, saidNumber } from './bank-numbers.js';
import {
  othersOf,
  partsOfRelations,
  sharesPart,
  type ComparePartsTx,
  type PartsOfRelation,
} from './parts-of-relation.js';
import { agrees, type PartUnit } from './part-units.js';
import { partOfQuestion, questionPrefixes, unitOfQuestion } from './question-key.js';
import type { PartRef, SourcePart } from './source-part.js';

/** Questions per transaction. */
const questionsPerTransaction = 100;
/** A million questions of one kind, more than people answer. */
const portionsMax = 10_000;

/**
 * Closes questions about parts that ask nothing any more, because the part or all that it stood apart from is deleted, unlinked or kept to
 * itself: no change of a part tells of that.
 */
export async function closeSettledQuestions(
  deps: Deps<ComparePartsTx>,
  command: { readonly tenantId: TenantId },
): Promise<void> {
  for (const prefix of questionPrefixes) {
    let after: string | undefined = '';
    for (let portion = 0; portion < portionsMax && after !== undefined; portion += 1)
      after = await closePortion(deps, { ...command, prefix, after });
  }
}

/** Looks at the questions after the given key; answers the last key when there may be more. */
async function closePortion(
  deps: Deps<ComparePartsTx>,
  {
    tenantId,
    prefix,
    after,
  }: { readonly tenantId: TenantId; readonly prefix: string; readonly after: string },
): Promise<string | undefined> {
  const looked = await deps.uow.run<string | undefined, never>(tenantId, async (tx) => {
    const open = await tx.issues.findOpenAfter(prefix, { after, limit: questionsPerTransaction });
    if (open.length === 0) return ok(undefined);
    const keys = (await settledOf(tx, open)).map(({ causeKey }) => causeKey);
    if (keys.length > 0) await tx.issues.resolve(keys, deps.now(), systemActor.name);
    return ok(open.length < questionsPerTransaction ? undefined : open.at(-1)?.causeKey);
  });
  return looked.ok ? looked.value : undefined;
}

async function settledOf(tx: ComparePartsTx, asked: readonly Issue[]): Promise<Issue[]> {
  const refs = asked.flatMap((issue) => partOfQuestion(issue) ?? []);
  const known = new Map((await tx.sourceParts.findMany(refs)).map((part) => [keyOf(part), part]));
  const about = asked.flatMap((issue) => {
    const ref = partOfQuestion(issue);
    return ref ? [{ issue, part: known.get(keyOf(ref)) }] : [];
  });
  const relations = await partsOfRelations(
    tx,
    about.flatMap(({ part }) => part ?? []),
  );
  return about.flatMap(({ issue, part }) => {
    const unit = unitOfQuestion(issue);
    const found = part?.sourceRelationId ? relations.get(part.sourceRelationId) : undefined;
    return part && unit && found && isAsked(unit, part, found) ? [] : [issue];
  });
}

function keyOf({ administrationId, kind, exactId }: PartRef): string {
  return `${administrationId} ${kind} ${exactId}`;
}

/** Whether the part still says something that others of its relation, who share, do not. */
function isAsked(unit: PartUnit, part: SourcePart, found: PartsOfRelation): boolean {
  const own = found.members.find(({ source }) => source.id === part.sourceRelationId);
  if (!own || !sharesPart(own, part)) return false;
  if (part.kind === 'bank-account')
    return saidNumber(part.fields) !== '' && accountsWithout(part, found).length > 0;
  return othersOf(part, found).some((side) => side.part && !agrees(unit, side.expected, part.fields));
}
