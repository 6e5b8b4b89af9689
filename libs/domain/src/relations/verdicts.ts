import type { ActionId, Actor, SourceRelationId } from '../kernel/index.js';
import type { VerdictPicture } from './action.js';
import type { JudgementVerdict, PersonsJudgement } from './judgement.js';
import type { JudgementsTx } from './judgements.port.js';
import type { MatchModelTx } from './match-model.port.js';

export type Pair = readonly [SourceRelationId, SourceRelationId];

/** What persons had said of the pairs; null where nobody had. */
export async function verdictsOn(tx: JudgementsTx, pairs: readonly Pair[]): Promise<VerdictPicture[]> {
  const said = await tx.judgements.findLatestOf([...new Set(pairs.flat())]);
  const byPair = new Map(said.map(({ sourceA, sourceB, verdict }) => [`${sourceA},${sourceB}`, verdict]));
  return pairs.map(([sourceA, sourceB]) => ({
    sourceA,
    sourceB,
    verdict: byPair.get(`${sourceA},${sourceB}`) ?? null,
  }));
}

/** One verdict on all pairs, as a picture. */
export function saidOf(pairs: readonly Pair[], verdict: JudgementVerdict): VerdictPicture[] {
  return pairs.map(([sourceA, sourceB]) => ({ sourceA, sourceB, verdict }));
}

export interface Saying {
  readonly actionId: ActionId;
  readonly actor: Actor;
  readonly now: Date;
  readonly newId: () => string;
}

/** What judging takes: a "not the same" also withdraws what answers had released. */
export type JudgeTx = JudgementsTx & MatchModelTx;

/** Appends a judgement per pair. After a "not the same" every question is asked again: it was one that answers may have spared. */
export async function judge(
  tx: JudgeTx,
  said: Saying & { readonly pairs: readonly Pair[]; readonly verdict: JudgementVerdict },
): Promise<void> {
  if (said.verdict === 'different') await tx.matchModel.dropReleased();
  await tx.judgements.addMany(said.pairs.map((pair) => judgement(pair, said.verdict, said)));
}

/** Appends what was said before, so that the newest word is the old one; where nobody had spoken it is "not sure". */
export async function takeBack(
  tx: JudgementsTx,
  before: readonly VerdictPicture[],
  saying: Saying,
): Promise<void> {
  await tx.judgements.addMany(
    before.map(({ sourceA, sourceB, verdict }) => judgement([sourceA, sourceB], verdict ?? 'unsure', saying)),
  );
}

function judgement([sourceA, sourceB]: Pair, verdict: JudgementVerdict, saying: Saying): PersonsJudgement {
  return {
    id: saying.newId(),
    sourceA,
    sourceB,
    verdict,
    actionId: saying.actionId,
    actorId: saying.actor.id,
    actorName: saying.actor.name,
    at: saying.now,
  };
}
