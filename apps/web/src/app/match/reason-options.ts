import type { listProposalReasonsEndpoint, Response } from '@koppel/contracts';

export type Reason = Response<typeof listProposalReasonsEndpoint>['items'][number];
export type ReasonTexts = ReadonlyMap<string, Reason['text']>;

/** The texts of all reasons that were listed until now. */
export function reasonTexts(listed: readonly Reason[], before: ReasonTexts = new Map()): ReasonTexts {
  return new Map([...before, ...listed.map(({ key, text }) => [key, text] as const)]);
}

/**
 * The reasons to choose from. The chosen one is always among them, with 0 pairs once its last pair is decided and by its key
 * when it was never listed: else it would filter without being seen.
 */
export function reasonOptions(
  listed: readonly Reason[],
  chosen: string | undefined,
  texts: ReasonTexts,
): readonly Reason[] {
  if (!chosen || listed.some(({ key }) => key === chosen)) return listed;
  return [...listed, { key: chosen, text: texts.get(chosen) ?? { nl: chosen, en: chosen }, pairs: 0 }];
}
