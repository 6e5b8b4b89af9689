import path from 'node:path';
import { DEMO_CLIENT } from '@koppel/exact-sandbox';
import { PortTaken, takenPortIn } from '../free-port.js';
import { sandboxMemory } from '../memory-habits.js';
import { root } from './paths.js';
import { supervise, type Program, type Supervised } from './supervise.js';

/** The sandbox's command line: `{ divisions: 10, unthrottled: true }` becomes `--divisions 10 --unthrottled`. */
export type SandboxFlags = Readonly<Record<string, string | number | boolean>>;

export interface SandboxOptions extends Pick<Program, 'env' | 'onLine' | 'onRestart' | 'onGivenUp'> {
  readonly port: number;
  readonly flags: SandboxFlags;
  /** The compiled program. */
  readonly module?: string;
}

const ourSandbox = path.join(root, 'tools/exact-sandbox/dist/main.js');
const readyTimeoutMs = 180_000; // a million relations are made before it is ready
const regions = ['NL', 'BE', 'DE', 'UK', 'FR', 'ES', 'COM'];

/** Starts the sandbox. `ready` gives its address, or rejects when it crashes too often, takes too long, or when its port was taken meanwhile. */
export function startSandbox(options: SandboxOptions): { sandbox: Supervised; ready: Promise<string> } {
  let settle: { resolve: (url: string) => void; reject: (reason: Error) => void };
  const announced = new Promise<string>((resolve, reject) => (settle = { resolve, reject }));
  const tooLate = setTimeout(
    () => settle.reject(new Error('the Exact sandbox is not ready in time')),
    readyTimeoutMs,
  );
  let isReady = false;
  const sandbox = supervise({
    name: 'sandbox',
    args: [options.module ?? ourSandbox, '--port', String(options.port), ...toArguments(options.flags)],
    nodeFlags: sandboxMemory.nodeFlags,
    env: { ...sandboxMemory.mallocEnv, ...options.env },
    onRestart: options.onRestart,
    isLeft: (lastLines) => {
      const isPortTaken = !isReady && takenPortIn(lastLines) === options.port;
      if (isPortTaken) settle.reject(new PortTaken(options.port, 'Exact sandbox'));
      return isPortTaken;
    },
    onLine: (line) => {
      const url = /^exact-sandbox ready (\S+)/.exec(line)?.[1];
      if (url) {
        isReady = true;
        settle.resolve(url);
      }
      options.onLine(line);
    },
    onGivenUp: (reason) => {
      settle.reject(reason);
      options.onGivenUp(reason);
    },
  });
  return { sandbox, ready: announced.finally(() => clearTimeout(tooLate)) };
}

/** What api and worker must know to talk to the sandbox as if it were Exact, in whatever country. */
export function sandboxEnvironment(url: string): Record<string, string> {
  const overrides = Object.fromEntries(regions.map((region) => [`EXACT_BASE_URL_${region}`, url]));
  const { clientId, clientSecret, webhookSecret } = DEMO_CLIENT;
  return {
    ...overrides,
    EXACT_CLIENT_ID: clientId,
    EXACT_CLIENT_SECRET: clientSecret,
    EXACT_WEBHOOK_SECRET: webhookSecret,
  };
}

function toArguments(flags: SandboxFlags): string[] {
  return Object.entries(flags)
    .filter(([, value]) => value !== false)
    .flatMap(([name, value]) => (value === true ? [`--${name}`] : [`--${name}`, String(value)]));
}
