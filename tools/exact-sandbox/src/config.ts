import { parseArgs } from 'node:util';
import type { SandboxOptions } from './options.js';
import { CHAOS_SWITCHES } from './switches.js';

/** The sandbox's settings from the command line. */
export function readConfig(args: readonly string[]): SandboxOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      seed: { type: 'string' },
      divisions: { type: 'string' },
      relations: { type: 'string' },
      contacts: { type: 'string' },
      archived: { type: 'string' },
      unthrottled: { type: 'boolean' },
      chaos: { type: 'boolean' },
      'clock-scale': { type: 'string' },
      state: { type: 'string' },
    },
  });
  const scale = number(values['clock-scale']);
  return {
    port: number(values.port) ?? 0,
    world: defined({
      seed: number(values.seed),
      divisions: number(values.divisions),
      relations: number(values.relations),
      contacts: number(values.contacts),
      archived: number(values.archived),
    }),
    switches: { ...(values.chaos ? CHAOS_SWITCHES : {}), unthrottled: values.unthrottled ?? false },
    clock: scale === undefined ? 'real' : { scale },
    ...(values.state === undefined ? {} : { stateFile: values.state }),
  };
}

function number(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new Error(`not a number: ${text}`);
  return value;
}

function defined(values: Readonly<Record<string, number | undefined>>): Readonly<Record<string, number>> {
  const entries = Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return Object.fromEntries(entries);
}
