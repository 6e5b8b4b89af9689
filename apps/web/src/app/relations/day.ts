/** Whether a text of the address is a calendar day, YYYY-MM-DD. */
export function isDay(text: string | undefined): boolean {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const end = lastMoment(text);
  return !Number.isNaN(end.getTime()) && localDay(end) === text;
}

/** The reader's calendar day of a moment, YYYY-MM-DD. */
export function localDay(moment: Date): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

/** The last moment of the reader's calendar day, as the api takes it. */
export function endOfDay(day: string): string {
  return lastMoment(day).toISOString();
}

// A date that its month does not have becomes one of the next month.
function lastMoment(day: string): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date, 23, 59, 59, 999);
}
