import type { listSyncRunsEndpoint, Response } from '@koppel/contracts';
import type { IconName } from '../ui/icons.js';

export type RunSummary = Response<typeof listSyncRunsEndpoint>['items'][number];

/** What a run was for. */
export function runKindText(kind: RunSummary['kind']): string {
  switch (kind) {
    case 'initial':
      return $localize`:@@runKind.initial:Eerste keer`;
    case 'addition':
      return $localize`:@@runKind.addition:Toegevoegde administraties`;
    case 'resync':
      return $localize`:@@runKind.resync:Bijwerken`;
  }
}

/** Who or what began a run: a schedule and a signal have a name of their own in the database, which says less. */
export function runStarterText(run: Pick<RunSummary, 'trigger' | 'startedByName'>): string {
  switch (run.trigger) {
    case 'webhook':
      return $localize`:@@runTrigger.webhook:seintje van Exact`;
    case 'schedule':
      return $localize`:@@runTrigger.schedule:volgens schema`;
    case 'person':
      return run.startedByName ?? '–';
  }
}

export interface RunLook {
  readonly icon: IconName;
  readonly tone: 'ok' | 'accent' | 'bad' | 'plain';
  readonly text: string;
}

/** How a run ended, or that it goes on. */
export function runLook(state: RunSummary['state']): RunLook {
  switch (state) {
    case 'fetching':
    case 'comparing':
      return { icon: 'refresh', tone: 'accent', text: $localize`:@@runState.running:Bezig` };
    case 'completed':
      return { icon: 'check', tone: 'ok', text: $localize`:@@runState.completed:Klaar` };
    case 'failed':
      return { icon: 'warning', tone: 'bad', text: $localize`:@@runState.failed:Deels mislukt` };
    case 'cancelled':
      return { icon: 'close', tone: 'plain', text: $localize`:@@runState.cancelled:Afgebroken` };
  }
}

/** Whole seconds that a run took; undefined while it goes on. */
export function secondsOf(run: Pick<RunSummary, 'startedAt' | 'endedAt'>): number | undefined {
  if (run.endedAt === null) return undefined;
  return Math.max(0, Math.round((Date.parse(run.endedAt) - Date.parse(run.startedAt)) / 1_000));
}
