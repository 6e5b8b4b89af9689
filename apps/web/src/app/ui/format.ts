const localeTags: Readonly<Record<string, string>> = { nl: 'nl-NL', en: 'en-GB' };
const tagOf = (locale: string) => localeTags[locale] ?? 'nl-NL';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** Older moments are shown as a date: "42 days ago" tells less than the day itself. */
const relativeMaxDays = 7;

/** 12345 -> "12.345" in Dutch. */
export function formatCount(count: number, locale: string): string {
  return new Intl.NumberFormat(tagOf(locale)).format(count);
}

/** A share of 0..1 as a whole percentage; never "100 %" or "0 %" for what only comes near. */
export function formatShare(share: number, locale: string): string {
  const percent = share > 0.99 && share < 1 ? 99 : share > 0 && share < 0.01 ? 1 : Math.round(share * 100);
  return new Intl.NumberFormat(tagOf(locale), { style: 'percent' }).format(percent / 100);
}

/** A decimal with one digit and its sign, as used for evidence. */
export function formatWeight(weight: number, locale: string): string {
  return new Intl.NumberFormat(tagOf(locale), {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  }).format(weight);
}

/** Day and time, with the year only when it is another than this year's. */
export function formatMoment(iso: string, locale: string, now: Date): string {
  const at = new Date(iso);
  const isSameYear = at.getFullYear() === now.getFullYear();
  return new Intl.DateTimeFormat(tagOf(locale), {
    day: 'numeric',
    month: 'short',
    ...(isSameYear ? {} : { year: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
  }).format(at);
}

/** The calendar day only. */
export function formatDay(iso: string, locale: string): string {
  return new Intl.DateTimeFormat(tagOf(locale), { day: 'numeric', month: 'short', year: 'numeric' }).format(
    new Date(iso),
  );
}

/** Hours and minutes, for a moment of today. */
export function formatTime(iso: string, locale: string): string {
  return new Intl.DateTimeFormat(tagOf(locale), { hour: '2-digit', minute: '2-digit' }).format(new Date(iso));
}

/** "5 minuten geleden", "over 3 uur"; a date when it is more than a week away. */
export function formatAgo(iso: string, locale: string, now: Date): string {
  const differenceMs = new Date(iso).getTime() - now.getTime();
  const sizeMs = Math.abs(differenceMs);
  if (sizeMs >= relativeMaxDays * dayMs) return formatDay(iso, locale);
  const relative = new Intl.RelativeTimeFormat(tagOf(locale), { numeric: 'auto' });
  if (sizeMs < minuteMs) return relative.format(0, 'second');
  const [minutes, hours] = [Math.round(differenceMs / minuteMs), Math.round(differenceMs / hourMs)];
  if (Math.abs(minutes) < 60) return relative.format(minutes, 'minute');
  if (Math.abs(hours) < 24) return relative.format(hours, 'hour');
  return relative.format(Math.round(differenceMs / dayMs), 'day');
}

/** Seconds as the largest useful unit: "40 s", "5 min", "2 u 10 min". */
export function formatDuration(seconds: number, locale: string): string {
  const hour = locale === 'en' ? 'h' : 'u';
  if (seconds < 60) return `${Math.max(0, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} ${hour}` : `${Math.floor(minutes / 60)} ${hour} ${rest} min`;
}
