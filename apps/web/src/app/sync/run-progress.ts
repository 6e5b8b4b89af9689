import type { SyncRun } from '@koppel/contracts';

type Administration = SyncRun['administrations'][number];

export interface Progress {
  readonly records: number;
  readonly expected: number;
  /** 0..1, or undefined while nothing is known about the size. */
  readonly share: number | undefined;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

/** How far an administration is. A part of unknown size counts as one step, so that the share never goes back much. */
export function progressOf(administration: Pick<Administration, 'parts'>): Progress {
  const { parts } = administration;
  const records = sum(parts.map((part) => part.records));
  const expected = sum(parts.map((part) => Math.max(part.expected ?? 0, part.records)));
  const ended = parts.filter((part) => part.state === 'done' || part.state === 'skipped').length;
  if (parts.length > 0 && ended === parts.length) return { records, expected: records, share: 1 };
  const known = parts.filter((part) => part.expected !== null);
  const share =
    known.length === parts.length && expected > 0 ? records / expected : ended / Math.max(1, parts.length);
  return { records, expected, share: parts.length === 0 ? undefined : Math.min(0.99, share) };
}

/** How far the whole run is: fetching counts for nine tenths, comparing for the last. */
export function runShare(run: Pick<SyncRun, 'state' | 'administrations' | 'comparing'>): number | undefined {
  if (run.state === 'completed') return 1;
  const shares = run.administrations.map((each) => progressOf(each).share ?? 0);
  if (shares.length === 0) return undefined;
  const compared = run.comparing.total > 0 ? run.comparing.done / run.comparing.total : 0;
  return (sum(shares) / shares.length) * 0.9 + compared * 0.1;
}

/** Records of every kind that the run has fetched. */
export function runRecords(run: Pick<SyncRun, 'administrations'>): number {
  return sum(run.administrations.map((each) => progressOf(each).records));
}

/** Records per second since the beginning; undefined in the first seconds, when it says nothing. */
export function runRate(run: Pick<SyncRun, 'startedAt' | 'administrations'>, now: Date): number | undefined {
  const seconds = (now.getTime() - new Date(run.startedAt).getTime()) / 1000;
  return seconds < 5 ? undefined : runRecords(run) / seconds;
}
