import { inject, LOCALE_ID, signal, type Signal } from '@angular/core';
import { acceptBatchEndpoint, undoBatchEndpoint, type Body } from '@koppel/contracts';
import type { ApiProblem } from '../api/api-problem.js';
import { injectCallEndpoint } from '../api/call-endpoint.js';
import { Toaster } from '../ui/toaster.js';
import { undoneText, type ActionBatch } from './batch-words.js';

/** A portion is fifty acts; no batch is larger than this many portions. */
const portionsMax = 2_000;

export interface BatchOutcome {
  readonly done: number;
  readonly skipped: number;
  /** What stopped it before the end. */
  readonly problem: ApiProblem | undefined;
}

export interface RunBatch {
  /** Acts that were carried out or skipped so far; undefined while nothing runs. */
  readonly progress: Signal<number | undefined>;
  accept(batch: Omit<Body<typeof acceptBatchEndpoint>, 'cursor'>): Promise<BatchOutcome>;
  /** Takes a whole batch back, says so in a toast, and is true when something was taken back. */
  undo(batch: Pick<ActionBatch, 'id' | 'subject'>): Promise<boolean>;
}

interface Portion {
  readonly done: number;
  readonly skipped: number;
  readonly nextCursor: string | null;
}
type Step = (
  cursor: string | undefined,
) => Promise<{ ok: true; value: Portion } | { ok: false; problem: ApiProblem }>;

/** Many acts as one: carried out portion by portion, so that each shows progress and closing the page loses nothing. */
export function injectRunBatch(): RunBatch {
  const call = injectCallEndpoint();
  const toaster = inject(Toaster);
  const locale = inject(LOCALE_ID);
  const progress = signal<number | undefined>(undefined);

  const run = async (step: Step): Promise<BatchOutcome> => {
    let [done, skipped] = [0, 0];
    let cursor: string | undefined;
    progress.set(0);
    for (let portion = 0; portion < portionsMax; portion += 1) {
      const result = await step(cursor);
      if (!result.ok) {
        progress.set(undefined);
        return { done, skipped, problem: result.problem };
      }
      done += result.value.done;
      skipped += result.value.skipped;
      progress.set(done + skipped);
      cursor = result.value.nextCursor ?? undefined;
      if (cursor === undefined) break;
    }
    progress.set(undefined);
    return { done, skipped, problem: undefined };
  };

  return {
    progress: progress.asReadonly(),
    accept: (batch) =>
      run(async (cursor) => {
        const result = await call(acceptBatchEndpoint, { body: { ...batch, ...(cursor && { cursor }) } });
        return result.ok ? { ok: true, value: { ...result.value, done: result.value.merged } } : result;
      }),
    undo: async ({ id, subject }) => {
      const outcome = await run(async (cursor) => {
        const body = cursor === undefined ? {} : { cursor };
        const result = await call(undoBatchEndpoint, { params: { id }, body });
        return result.ok ? { ok: true, value: { ...result.value, done: result.value.undone } } : result;
      });
      if (outcome.problem) toaster.showProblem(outcome.problem);
      if (outcome.done > 0 || !outcome.problem) toaster.show(undoneText(subject, outcome, locale));
      return outcome.done > 0;
    },
  };
}
