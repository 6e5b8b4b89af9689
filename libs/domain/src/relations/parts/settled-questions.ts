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
import type { SourcePart } from './source-part.js';

/** Questions per transaction. */
const questionsPerTransaction = 100;
/** More than people answer. */
const questionsMax = 10_000;

/**
 * Closes questions about parts that ask nothing any more, because the part or all that it stood apart from is deleted, unlinked or kept to
 * itself: no change of a part tells of that.
 */
export async function closeSettledQuestions(
  deps: Deps<ComparePartsTx>,
  command: { readonly tenantId: TenantId },
): Promise<void> {
  const asked = await deps.uow.run<Issue[], never>(command.tenantId, async (tx) => {
    const found: Issue[] = [];
    for (const prefix of questionPrefixes) found.push(...(await tx.issues.findOpen(prefix)));
    return ok(found);
  });
  const open = asked.ok ? asked.value.slice(0, questionsMax) : [];
  for (let start = 0; start < open.length; start += questionsPerTransaction)
    await deps.uow.run(command.tenantId, async (tx) => {
      const settled = await settledOf(tx, open.slice(start, start + questionsPerTransaction));
      const keys = settled.map(({ causeKey }) => causeKey);
      if (keys.length > 0) await tx.issues.resolve(keys, deps.now(), systemActor.name);
      return ok(undefined);
    });
}

async function settledOf(tx: ComparePartsTx, asked: readonly Issue[]): Promise<Issue[]> {
  const about: { issue: Issue; part: SourcePart | undefined }[] = [];
  for (const issue of asked) {
    const ref = partOfQuestion(issue);
    if (ref) about.push({ issue, part: await tx.sourceParts.find(ref) });
  }
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

/** Whether the part still says something that others of its relation, who share, do not. */
function isAsked(unit: PartUnit, part: SourcePart, found: PartsOfRelation): boolean {
  const own = found.members.find(({ source }) => source.id === part.sourceRelationId);
  if (!own || !sharesPart(own, part)) return false;
  if (part.kind === 'bank-account')
    return saidNumber(part.fields) !== '' && accountsWithout(part, found).length > 0;
  return othersOf(part, found).some((side) => side.part && !agrees(unit, side.expected, part.fields));
}
