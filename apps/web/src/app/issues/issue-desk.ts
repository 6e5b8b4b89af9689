import { DestroyRef, inject, signal, type Signal } from '@angular/core';
import {
  approveIssueEndpoint,
  ignoreBatchEndpoint,
  ignoreIssueEndpoint,
  listIssuesEndpoint,
  reopenIssueEndpoint,
  retryIssueEndpoint,
  type Issue,
} from '@koppel/contracts';
import type { ApiProblem } from '../api/api-problem.js';
import { injectCallEndpoint } from '../api/call-endpoint.js';
import { actOnEach, type BulkOutcome } from './bulk-act.js';
import { ignoreInPortions, type IgnoredAll } from './ignore-in-portions.js';
import { retryIssues } from './retry-issues.js';

const pageSize = 200;
const pagesMax = 5;
/** How many issues are ignored in one go at most. */
export const bulkMax = pageSize * pagesMax;

/** How often, and how many times, the list is read again after a check was asked for. */
const followMs = 4_000;
const followMax = 6;

export interface IssueDesk {
  /** Administrations whose issues are being checked again. */
  readonly checking: Signal<ReadonlySet<string | null>>;
  /** How far ignoring or reopening many is. */
  readonly progress: Signal<{ readonly done: number; readonly total: number } | undefined>;
  /** Asks for one check per administration, and for each write that failed once more; `onLook` is called a few times while the answer may come in. */
  recheck(issues: readonly Issue[], onLook: () => void): Promise<BulkOutcome>;
  /** Says that the change which the issue asks about is right: it is written to the other administrations. */
  approve(issue: Issue): Promise<ApiProblem | undefined>;
  ignore(issues: readonly Issue[], reason: string): Promise<BulkOutcome>;
  /** Ignores the first `bulkMax` as one, portion by portion: closing the page loses nothing of what was done. */
  ignoreAll(issues: readonly Issue[], reason: string): Promise<IgnoredAll>;
  /** Takes issues that were put aside up again. */
  reopen(issues: readonly Issue[]): Promise<BulkOutcome>;
  /** All open issues of a cause, up to `bulkMax`, also those that are not in view. */
  collect(filter: CollectFilter): Promise<readonly Issue[] | ApiProblem>;
}

/** Which open issues a bulk act is about. */
export interface CollectFilter {
  readonly cause: string;
  readonly administrationId: string | undefined;
  readonly search: string | undefined;
}

/** The actions on issues, one and many. */
export function injectIssueDesk(): IssueDesk {
  const call = injectCallEndpoint();
  const checking = signal<ReadonlySet<string | null>>(new Set());
  const progress = signal<{ done: number; total: number } | undefined>(undefined);
  let timer: ReturnType<typeof setTimeout> | undefined;
  inject(DestroyRef).onDestroy(() => clearTimeout(timer));

  const follow = (onLook: () => void, left: number) => {
    clearTimeout(timer);
    if (left === 0) return checking.set(new Set());
    timer = setTimeout(() => {
      onLook();
      follow(onLook, left - 1);
    }, followMs);
  };

  return {
    checking,
    progress,
    recheck: (issues, onLook) => {
      checking.update((before) => new Set([...before, ...issues.map((issue) => issue.administrationId)]));
      follow(onLook, followMax);
      return retryIssues(issues, ({ id }) => call(retryIssueEndpoint, { params: { id } }));
    },
    approve: async ({ id, version }) => {
      const result = await call(approveIssueEndpoint, { params: { id }, body: { version } });
      return result.ok ? undefined : result.problem;
    },
    ignore: (issues, reason) =>
      actOnEach(issues.slice(0, bulkMax), {
        onProgress: (now) => progress.set(now),
        act: ({ id, version }) => call(ignoreIssueEndpoint, { params: { id }, body: { reason, version } }),
      }),
    ignoreAll: (issues, reason) =>
      ignoreInPortions(issues.slice(0, bulkMax), {
        onProgress: (now) => progress.set(now),
        send: (portion) => call(ignoreBatchEndpoint, { body: { reason, ...portion } }),
      }),
    reopen: (issues) =>
      actOnEach(issues, {
        onProgress: (now) => progress.set(now),
        act: ({ id, version }) => call(reopenIssueEndpoint, { params: { id }, body: { version } }),
      }),
    collect: async (filter) => {
      const found: Issue[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < pagesMax; page += 1) {
        const query = { ...filter, state: 'open', limit: pageSize, cursor } as const;
        const result = await call(listIssuesEndpoint, { query });
        if (!result.ok) return result.problem;
        found.push(...result.value.items);
        cursor = result.value.nextCursor ?? undefined;
        if (cursor === undefined) break;
      }
      return found;
    },
  };
}
