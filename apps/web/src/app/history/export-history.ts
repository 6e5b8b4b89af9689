import { DOCUMENT, inject, LOCALE_ID, signal, type Signal } from '@angular/core';
import { listActionsEndpoint, type Action, type Query } from '@koppel/contracts';
import type { ApiProblem } from '../api/api-problem.js';
import { injectCallEndpoint } from '../api/call-endpoint.js';
import { downloadCsv } from '../ui/csv.js';
import { historyCsv } from './history-csv.js';

const pageSize = 200;
const pagesMax = 100;
/** How many actions an export holds at most. */
export const exportMax = pageSize * pagesMax;

export interface ExportHistory {
  readonly isBusy: Signal<boolean>;
  /** Saves what the filter shows, all pages of it, as a CSV file; answers how many, and whether there were more. */
  save(filter: Query<typeof listActionsEndpoint>): Promise<{ count: number; isCut: boolean } | ApiProblem>;
}

/** History as a file. */
export function injectExportHistory(): ExportHistory {
  const call = injectCallEndpoint();
  const locale = inject(LOCALE_ID);
  const document = inject(DOCUMENT);
  const isBusy = signal(false);

  const collect = async (filter: Query<typeof listActionsEndpoint>) => {
    const found: Action[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < pagesMax; page += 1) {
      const result = await call(listActionsEndpoint, { query: { ...filter, limit: pageSize, cursor } });
      if (!result.ok) return result.problem;
      found.push(...result.value.items);
      cursor = result.value.nextCursor ?? undefined;
      if (cursor === undefined) break;
    }
    return { found, isCut: cursor !== undefined };
  };

  return {
    isBusy,
    save: async (filter) => {
      isBusy.set(true);
      const collected = await collect(filter);
      isBusy.set(false);
      if (collected instanceof Error) return collected;
      const name = $localize`:@@history.fileName:geschiedenis.csv`;
      downloadCsv(document, name, historyCsv(collected.found, locale));
      return { count: collected.found.length, isCut: collected.isCut };
    },
  };
}
