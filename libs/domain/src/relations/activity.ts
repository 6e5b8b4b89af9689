/** What decides whether an account may be used in its administration (C19). Dates are YYYY-MM-DD. */
export interface ActivityFacts {
  readonly isBlocked: boolean;
  readonly startsOn: string | null;
  readonly endsOn: string | null;
}

export type Activity = 'active' | 'blocked' | 'inactive' | 'not-yet-active';

/** The state of an account on a day: the end date itself is still active. Exact's Status says nothing about it (C19). */
export function activityOf(account: ActivityFacts, today: string): Activity {
  if (account.isBlocked) return 'blocked';
  if (account.endsOn !== null && account.endsOn < today) return 'inactive';
  if (account.startsOn !== null && account.startsOn > today) return 'not-yet-active';
  return 'active';
}

const dutchDate = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Amsterdam',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The calendar date in the Netherlands, YYYY-MM-DD. */
export function dutchDay(moment: Date): string {
  return dutchDate.format(moment);
}
