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
}

/** The clock that the options ask for. */
export function clockSettings(clock: SandboxOptions['clock']): ClockSettings {
  if (clock === undefined || clock === 'real') return machineClock();
  if ('scale' in clock) return machineClock(clock.scale);
  const startsAt = Date.parse(clock.startsAt);
  if (Number.isNaN(startsAt)) throw new Error(`clock.startsAt is no date: ${clock.startsAt}`);
  return { startsAt, scale: 0 };
}
