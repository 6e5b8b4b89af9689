import { ok, type SourceRelationId } from '../kernel/index.js';
import { applyGroups } from './apply-groups.js';
import { askQuestions } from './ask-questions.js';
import {
  addCounts,
  noCounts,
  type CompareCounts,
  type CompareDeps,
  type CompareRun,
} from './compare-command.js';
import { planGroups, type Group } from './group-plan.js';
import { compareAll, type Judgement } from './matching/index.js';
import type { Comparable } from './source-relations.port.js';

/** Accounts per read; a tenant has at most a million (50 administrations of 20,000). */
const accountsPerRead = 10_000;
const readsMax = 1_000;
/** Accounts per transaction of the applying. */
const accountsPerTransaction = 2_000;

/** Portions under way at the same time. */
const lanesMax = 2;

/** Compares all accounts of all administrations, gives those without a relation one, and asks what is not certain. */
export async function compareEverything(deps: CompareDeps, command: CompareRun): Promise<CompareCounts> {
  const comparables = await loadComparables(deps, command);
  const total = comparables.size * 2;
  await command.onProgress(0, total);
  const outcome = await (deps.compareAll ?? compareAll)(
    [...comparables.values()].map(({ record }) => record),
    { judgements: await loadJudgements(deps, command, comparables) },
  );
  await command.onProgress(comparables.size, total);

  const plan = planGroups(comparables, outcome.clusters, command.contactHandling);
  let counts = noCounts;
  let done = comparables.size;
  const portions = inPortions(plan.groups);
  // Each lane works while the other waits for the database. A portion is in one transaction; lanes share no account.
  const lane = async (): Promise<void> => {
    for (const groups of portions) {
      const placed = await applyGroups(deps, command, { groups, comparables });
      counts = addCounts(counts, placed);
      done += groups.reduce((sum, group) => sum + group.members.length, 0);
      await command.onProgress(done, total);
    }
  };
  await Promise.all(Array.from({ length: lanesMax }, lane));
  counts = addCounts(
    counts,
    await askQuestions(deps, command, { comparables, outcome, certain: plan.certainPairs }),
  );
  await command.onProgress(total, total);
  return counts;
}

/** Present accounts by id: only what comparing needs, never whole rows. */
async function loadComparables(deps: CompareDeps, command: CompareRun): Promise<Map<string, Comparable>> {
  const comparables = new Map<string, Comparable>();
  let after: SourceRelationId | null = null;
  for (let read = 0; read < readsMax; read += 1) {
    const place: SourceRelationId | null = after;
    const page = await deps.uow.run(command.tenantId, async (tx) =>
      ok(await tx.sourceRelations.findComparables(place, accountsPerRead)),
    );
    if (!page.ok) break;
    for (const comparable of page.value) comparables.set(comparable.record.id, comparable);
    const last = page.value.at(-1);
    if (!last || page.value.length < accountsPerRead) break;
    after = last.record.id as SourceRelationId; // a record's id is its account's
  }
  return comparables;
}

/** What persons decided, and the links that stand: both outrank a score. */
async function loadJudgements(
  deps: CompareDeps,
  command: CompareRun,
  comparables: ReadonlyMap<string, Comparable>,
): Promise<Judgement[]> {
  const judgements: Judgement[] = [];
  const firstOf = new Map<string, string>();
  for (const { record, relationId } of comparables.values()) {
    if (relationId === null) continue;
    const first = firstOf.get(relationId);
    if (first === undefined) firstOf.set(relationId, record.id);
    else judgements.push({ a: first, b: record.id, verdict: 'same' });
  }
  const said = await deps.uow.run(command.tenantId, async (tx) => ok(await tx.judgements.findLatest()));
  if (!said.ok) return judgements;
  for (const { sourceA, sourceB, verdict } of said.value)
    if (verdict !== 'unsure') judgements.push({ a: sourceA, b: sourceB, verdict });
  return judgements;
}

function* inPortions(groups: readonly Group[]): Generator<Group[]> {
  let portion: Group[] = [];
  let accounts = 0;
  for (const group of groups) {
    portion.push(group);
    accounts += group.members.length;
    if (accounts < accountsPerTransaction) continue;
    yield portion;
    portion = [];
    accounts = 0;
  }
  if (portion.length > 0) yield portion;
}
