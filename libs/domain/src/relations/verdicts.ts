import type { ActionId, Actor, SourceRelationId } from '../kernel/index.js';
import type { VerdictPicture } from './action.js';
import type { JudgementVerdict, PersonsJudgement } from './judgement.js';
import type { JudgementsTx } from './judgements.port.js';
import type { MatchModelTx, ReleasedDirection } from './match-model.port.js';
import type { ProposalsTx } from './proposals.port.js';

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

/** What judging takes: it also withdraws what answers had released the other way. */
export type JudgeTx = JudgementsTx & MatchModelTx & ProposalsTx;

/**
 * Appends a judgement per pair. What answers released that speaks against it is asked again: it may have been wrong as well. A "same" on
 * a question of a known kind says nothing of what is set aside of other kinds.
 */
export async function judge(
  tx: JudgeTx,
  said: Saying & {
    readonly pairs: readonly Pair[];
    readonly verdict: JudgementVerdict;
    readonly questionKind?: string | null;
  },
): Promise<void> {
  const { verdict, questionKind = null } = said;
  if (verdict === 'same' && questionKind !== null) await askKindAgain(tx, questionKind);
  else await dropContraries(tx, [contraryOf(verdict, null)]);
  await tx.judgements.addMany(said.pairs.map((pair) => judgement(pair, said.verdict, said)));
}

export interface TakenBack {
  readonly before: readonly VerdictPicture[];
  readonly after: readonly VerdictPicture[];
  /** Of the questions that the word answered; null where one of them is not known, and where it answered none. */
  readonly questionKinds?: readonly string[] | null;
}

/**
 * Appends what was said before, so that the newest word is the old one; where nobody had spoken it is "not sure". What answers
 * released may rest on the word that is taken back: of what is set aside that of the kinds of question that it answered.
 */
export async function takeBack(
  tx: JudgeTx,
  { before, after, questionKinds = null }: TakenBack,
  saying: Saying,
): Promise<void> {
  const taken = new Map(after.map(({ sourceA, sourceB, verdict }) => [`${sourceA},${sourceB}`, verdict]));
  const contraries = before.map(({ sourceA, sourceB, verdict }) =>
    contraryOf(verdict, taken.get(`${sourceA},${sourceB}`) ?? null),
  );
  if (questionKinds === null) await dropContraries(tx, contraries);
  else {
    await dropContraries(
      tx,
      contraries.filter((direction) => direction === 'joined'),
    );
    if (contraries.includes('aside')) for (const kind of questionKinds) await askKindAgain(tx, kind);
  }
  await tx.judgements.addMany(
    before.map(({ sourceA, sourceB, verdict }) => judgement([sourceA, sourceB], verdict ?? 'unsure', saying)),
  );
}

/** What a new word on a pair speaks against of what answers released; what was said of it before counts where the new word says nothing. */
export function contraryOf(
  now: JudgementVerdict | null,
  before: JudgementVerdict | null,
): ReleasedDirection | null {
  if (now === 'different') return 'joined';
  if (now === 'same') return 'aside';
  if (before === 'same') return 'joined';
  return before === 'different' ? 'aside' : null;
}

/** Withdraws each direction that is named, once. */
export async function dropContraries(
  tx: MatchModelTx & ProposalsTx,
  contraries: readonly (ReleasedDirection | null)[],
): Promise<void> {
  for (const direction of ['joined', 'aside'] as const)
    if (
      contraries.includes(direction) &&
      (await tx.matchModel.dropReleased(direction)) &&
      direction === 'aside'
    )
      await tx.proposals.askAgainExcept([]);
}

/** Asks again what was set aside, except for kinds that are set aside by now. */
export async function askAgainWhatIsNotAside(tx: MatchModelTx & ProposalsTx): Promise<void> {
  await tx.proposals.askAgainExcept([...(await tx.matchModel.findAside()).keys()]);
}

async function askKindAgain(tx: MatchModelTx & ProposalsTx, kind: string): Promise<void> {
  if (await tx.matchModel.dropReleased('aside', kind)) await askAgainWhatIsNotAside(tx);
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
