import type { Action } from '@koppel/contracts';
import { isTakingBack, subjectOf, type ActionBatch } from './batch-words.js';

/** What a list shows on one line: an act, or acts that one person did at once. */
export type HistoryLine =
  | { readonly kind: 'act'; readonly key: string; readonly action: Action }
  | {
      readonly kind: 'batch';
      readonly key: string;
      readonly batch: ActionBatch;
      readonly actions: readonly [Action, ...Action[]];
    };

/** Acts of one batch that follow each other become one line when asked, as far as they are in the list. */
export function linesOf(actions: readonly Action[], isJoining = true): readonly HistoryLine[] {
  const lines: HistoryLine[] = [];
  for (const action of actions) {
    const last = lines.at(-1);
    if (action.batch === null || !isJoining) lines.push({ kind: 'act', key: action.id, action });
    else if (last?.kind === 'batch' && isOfSame(last.actions[0], action))
      lines[lines.length - 1] = { ...last, actions: [...last.actions, action] };
    else {
      const batch = { ...action.batch, subject: subjectOf(action) };
      lines.push({ kind: 'batch', key: action.id, batch, actions: [action] });
    }
  }
  return lines;
}

/** Doing a batch is one line, taking it back another. */
function isOfSame(one: Action, other: Action): boolean {
  return one.batch?.id === other.batch?.id && isTakingBack(one) === isTakingBack(other);
}
