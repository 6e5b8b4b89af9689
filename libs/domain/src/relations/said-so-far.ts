import { ok, type ActionId, type TenantId } from '../kernel/index.js';
import type { ActionsTx } from './actions.port.js';
import type { CompareDeps } from './compare-command.js';
import type { JudgementVerdict, PersonsJudgement } from './judgement.js';
import type { JudgementsTx } from './judgements.port.js';
import type { ReleasedDirection } from './match-model.port.js';
import { asideOf, type Judgement } from './matching/index.js';
import { contraryOf } from './verdicts.js';

/** Acts per question which of them a batch did. */
const actsPerRead = 10_000;

/** What persons had said when a comparison began. */
export interface SaidSoFar {
  /** For the matcher; what nobody is sure of is left out. */
  readonly judgements: readonly Judgement[];
  /** The newest word on each pair, by the pair. */
  readonly newest: ReadonlyMap<string, { readonly id: string; readonly verdict: JudgementVerdict }>;
  /** The kinds of question that were set aside. */
  readonly aside: ReadonlySet<string>;
}

/** Reads the newest word on every pair, and whether somebody looked at that very pair. */
export async function readSaid(deps: CompareDeps, tenantId: TenantId): Promise<SaidSoFar> {
  const said = await deps.uow.run(tenantId, async (tx) => {
    const latest = await tx.judgements.findLatest();
    const aside = asideOf(await tx.matchModel.find());
    return ok({ latest, aside, ofBatches: await batchActsAmong(tx, latest) });
  });
  const { latest, aside, ofBatches } = said.ok ? said.value : nothingSaid; // never failed: reading has no expected failure
  return {
    aside: new Set(aside.keys()),
    newest: new Map(latest.map(({ id, verdict, ...pair }) => [pairOf(pair), { id, verdict }])),
    judgements: latest.flatMap(({ sourceA, sourceB, verdict, actionId }) =>
      verdict === 'unsure' ? [] : [{ a: sourceA, b: sourceB, verdict, isAnswer: !ofBatches.has(actionId) }],
    ),
  };
}

const nothingSaid = { latest: [], aside: new Map<string, unknown>(), ofBatches: new Set<ActionId>() };

async function batchActsAmong(tx: ActionsTx, said: readonly PersonsJudgement[]): Promise<Set<ActionId>> {
  const ids = [...new Set(said.map(({ actionId }) => actionId))];
  const ofBatches = new Set<ActionId>();
  for (let start = 0; start < ids.length; start += actsPerRead)
    for (const id of await tx.actions.findThoseOfBatches(ids.slice(start, start + actsPerRead)))
      ofBatches.add(id);
  return ofBatches;
}

/** What of the released somebody has spoken against since, or withdrawn the ground of: that is no longer what answers say. */
export async function contradictedSince(
  tx: JudgementsTx,
  said: SaidSoFar,
): Promise<(ReleasedDirection | null)[]> {
  const now = await tx.judgements.findLatest();
  return now.map(({ id, verdict, ...pair }) => {
    const before = said.newest.get(pairOf(pair));
    return before?.id === id ? null : contraryOf(verdict, before?.verdict ?? null);
  });
}

function pairOf({ sourceA, sourceB }: Pick<PersonsJudgement, 'sourceA' | 'sourceB'>): string {
  return `${sourceA},${sourceB}`;
}
