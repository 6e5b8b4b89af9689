import { asId, type SyncRunId, type SyncStepId } from '../kernel/index.js';
import { noStatistics, type SyncRun, type SyncStep } from '../sync/index.js';
import { anAdministration } from './an-administration.js';

const moment = new Date('2026-11-25T09:00:00Z');

/** A run that fetches; a spec names what it is about. */
export function aSyncRun(over: Partial<SyncRun> = {}): SyncRun {
  return {
    id: asId<SyncRunId>('00000000-0000-7000-8000-0000000000a1'),
    kind: 'initial',
    trigger: 'person',
    state: 'fetching',
    startedBy: 'anna',
    startedByName: 'Anna',
    startedAt: moment,
    compared: 0,
    compareTotal: 0,
    endedAt: null,
    failure: null,
    statistics: noStatistics,
    pausedAt: null,
    ...over,
  };
}

/** A pending step of the first administration. */
export function aSyncStep(over: Partial<SyncStep> = {}): SyncStep {
  return {
    id: asId<SyncStepId>('00000000-0000-7000-8000-0000000000b1'),
    runId: aSyncRun().id,
    administrationId: anAdministration().id,
    kind: 'accounts',
    position: 0,
    isFullRead: true,
    state: 'pending',
    cursorNext: null,
    cursorTimestamp: '1',
    knownUntil: null,
    movedAt: null,
    records: 0,
    rejected: 0,
    expected: null,
    calls: 0,
    leaseOwner: null,
    isLeaseLive: false,
    epoch: 0,
    crashCount: 0,
    attempts: 0,
    dueAt: moment,
    waitReason: null,
    failure: null,
    startedAt: null,
    endedAt: null,
    ...over,
  };
}
