import type { ClockSettings } from './clock.js';
import { machineClock } from './clock.js';
import type { ClientRegistration } from './oauth/clients.js';
import type { Switches } from './switches.js';
import type { WorldOptions } from './world/divisions.js';

/** How a sandbox is started; everything may be left out. */
export interface SandboxOptions {
  /** 0 = a free one. */
  readonly port?: number;
  readonly world?: WorldOptions;
  readonly switches?: Partial<Switches>;
  /** `real` follows the machine, `scale` makes it run faster, `startsAt` (ISO) stands still until moved by hand. */
  readonly clock?: 'real' | { readonly startsAt: string } | { readonly scale: number };
  /** Apps besides the demo app. */
  readonly clients?: readonly ClientRegistration[];
  /** Where to remember tokens, consents, subscriptions and changed records for the next start; absent = nowhere. */
  readonly stateFile?: string;
}

/** The clock that the options ask for; never behind `notBefore`, at which an earlier start stopped (epoch milliseconds). */
export function clockSettings(clock: SandboxOptions['clock'], notBefore = 0): ClockSettings {
  const { startsAt, scale } = asked(clock);
  return { startsAt: Math.max(startsAt, notBefore), scale };
}

function asked(clock: SandboxOptions['clock']): ClockSettings {
  if (clock === undefined || clock === 'real') return machineClock();
  if ('scale' in clock) return machineClock(clock.scale);
  const startsAt = Date.parse(clock.startsAt);
  if (Number.isNaN(startsAt)) throw new Error(`clock.startsAt is no date: ${clock.startsAt}`);
  return { startsAt, scale: 0 };
}
