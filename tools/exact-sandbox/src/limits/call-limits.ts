import type { Switches } from '../switches.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const UNTHROTTLED_LIMIT = 1_000_000;

export type LimitResult =
  | { readonly kind: 'allowed'; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'minute' | 'day'; readonly headers: Readonly<Record<string, string>> };

/** A call as the limits see it. */
export interface CountedCall {
  readonly clientId: string;
  readonly division: number;
  readonly now: number;
}

interface Usage {
  minute: number;
  minuteCalls: number;
  day: number;
  dayCalls: number;
}

/** Calls per app and division: a fixed clock minute and a UTC day (specification, sections 2.1 to 2.3). */
export class CallLimits {
  private readonly usages = new Map<string, Usage>();

  constructor(private readonly switches: () => Switches) {}

  /** Counts a call, or refuses it; a refused call does not count. */
  take(call: CountedCall): LimitResult {
    const usage = this.usage(call);
    const { minuteLimit, dayLimit } = this.limits();
    if (usage.dayCalls >= dayLimit) return this.refuse('day', usage);
    if (usage.minuteCalls >= minuteLimit) return this.refuse('minute', usage);
    usage.minuteCalls += 1;
    usage.dayCalls += 1;
    return { kind: 'allowed', headers: { ...this.dayHeaders(usage), ...this.minuteHeaders(usage) } };
  }

  /** The headers of a 429, as a planted fault needs them. */
  refusalHeaders(window: 'minute' | 'day', call: CountedCall): Readonly<Record<string, string>> {
    const usage = this.usage(call);
    const full = { ...usage, minuteCalls: this.limits().minuteLimit, dayCalls: this.limits().dayLimit };
    return this.refuse(window, full).headers;
  }

  private refuse(kind: 'minute' | 'day', usage: Usage): LimitResult {
    if (this.switches().rateHeadersOn429 === 'none') return { kind, headers: {} };
    return { kind, headers: kind === 'minute' ? this.minuteHeaders(usage) : this.dayHeaders(usage) };
  }

  private limits(): { readonly minuteLimit: number; readonly dayLimit: number } {
    const { unthrottled, minuteLimit, dayLimit } = this.switches();
    return unthrottled
      ? { minuteLimit: UNTHROTTLED_LIMIT, dayLimit: UNTHROTTLED_LIMIT }
      : { minuteLimit, dayLimit };
  }

  private usage({ clientId, division, now }: CountedCall): Usage {
    const key = `${clientId}|${division}`;
    const minute = Math.floor(now / MINUTE_MS);
    const day = Math.floor(now / DAY_MS);
    const known = this.usages.get(key);
    const usage: Usage = known ?? { minute, minuteCalls: 0, day, dayCalls: 0 };
    if (!known) this.usages.set(key, usage);
    if (usage.minute !== minute) Object.assign(usage, { minute, minuteCalls: 0 });
    if (usage.day !== day) Object.assign(usage, { day, dayCalls: 0 });
    return usage;
  }

  private dayHeaders(usage: Usage): Readonly<Record<string, string>> {
    const { dayLimit } = this.limits();
    return {
      'X-RateLimit-Limit': String(dayLimit),
      'X-RateLimit-Remaining': String(Math.max(0, dayLimit - usage.dayCalls)),
      'X-RateLimit-Reset': String((usage.day + 1) * DAY_MS),
    };
  }

  private minuteHeaders(usage: Usage): Readonly<Record<string, string>> {
    const { minuteLimit } = this.limits();
    return {
      'X-RateLimit-Minutely-Limit': String(minuteLimit),
      'X-RateLimit-Minutely-Remaining': String(Math.max(0, minuteLimit - usage.minuteCalls)),
      'X-RateLimit-Minutely-Reset': String((usage.minute + 1) * MINUTE_MS),
    };
  }
}
