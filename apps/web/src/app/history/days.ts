import type { Action } from '@koppel/contracts';
import { formatDay } from '../ui/format.js';

export interface Day {
  readonly key: string;
  readonly heading: string;
  readonly actions: readonly Action[];
}

const dayMs = 24 * 60 * 60 * 1_000;

/** Acts under the reader's calendar day, in the order in which they come. */
export function byDay(actions: readonly Action[], locale: string, now: Date): readonly Day[] {
  const days = new Map<string, Action[]>();
  for (const action of actions) {
    const key = dayOf(new Date(action.at));
    days.set(key, [...(days.get(key) ?? []), action]);
  }
  return [...days].map(([key, own]) => ({ key, heading: headingOf(key, locale, now), actions: own }));
}

function headingOf(key: string, locale: string, now: Date): string {
  if (key === dayOf(now)) return $localize`:@@days.today:Vandaag`;
  if (key === dayOf(new Date(now.getTime() - dayMs))) return $localize`:@@days.yesterday:Gisteren`;
  return formatDay(`${key}T12:00:00`, locale);
}

/** The local calendar day, not the UTC one: an act of 0:30 belongs to the day that the reader saw. */
function dayOf(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
