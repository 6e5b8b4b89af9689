import type { Response, SyncRun } from '@koppel/contracts';
import type { listSyncRunsEndpoint } from '@koppel/contracts';
import type { SyncAdministrationView, SyncRunSummaryView, SyncRunView } from '@koppel/persistence/read';

export function toSyncRunResponse(view: SyncRunView): SyncRun {
  return {
    ...toSyncRunSummary(view),
    isPaused: view.isPaused,
    administrations: view.administrations.map(toAdministration),
    comparing: { done: view.comparing.done, total: view.comparing.total },
    secondsLeft: view.secondsLeft,
    events: view.events.map(({ at, key, administrationName, params }) => ({
      at: at.toISOString(),
      key,
      administrationName,
      params: { ...params },
    })),
  };
}

type Summary = Response<typeof listSyncRunsEndpoint>['items'][number];

export function toSyncRunSummary(view: SyncRunSummaryView): Summary {
  const { id, kind, trigger, state, startedByName, startedAt, endedAt, statistics } = view;
  return {
    id,
    kind,
    trigger,
    state,
    startedByName,
    startedAt: startedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    statistics: { ...statistics },
  };
}

function toAdministration(view: SyncAdministrationView): SyncRun['administrations'][number] {
  const { administrationId, name, state, parts, budget } = view;
  return {
    administrationId,
    name,
    state,
    budget: { ...budget },
    parts: parts.map((part) => ({
      stepId: part.stepId,
      kind: part.kind,
      state: part.state,
      records: part.records,
      rejected: part.rejected,
      expected: part.expected,
      calls: part.calls,
      waitReason: part.waitReason,
      resumesAt: part.resumesAt?.toISOString() ?? null,
      failure: part.failure && { kind: part.failure.kind, message: part.failure.message },
    })),
  };
}
