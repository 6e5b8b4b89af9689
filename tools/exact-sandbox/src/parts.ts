import { Access } from './api/access.js';
import { ApiGate } from './api/gate.js';
import { Router } from './api/router.js';
import { createClock, type SandboxClock } from './clock.js';
import { FaultList } from './faults.js';
import { Journal } from './journal.js';
import { CallLimits } from './limits/call-limits.js';
import { ErrorBlock } from './limits/error-block.js';
import { Authorisation, type Logins } from './oauth/authorise.js';
import { DEMO_CLIENT, type ClientRegistration } from './oauth/clients.js';
import { TokenMachine } from './oauth/token-machine.js';
import { clockSettings, type SandboxOptions } from './options.js';
import { seededRandom } from './random.js';
import { DEFAULT_SWITCHES, type Switches } from './switches.js';
import { WorldEdits } from './admin/world-edits.js';
import { Writer } from './api/write.js';
import { keepState } from './state/keep-state.js';
import { readState } from './state/state-file.js';
import { Changes } from './store/changes.js';
import { checkCallbackUrl } from './webhooks/callback-rule.js';
import { WebhookSender } from './webhooks/webhook-sender.js';
import { World } from './world/world.js';

/** All parts of a sandbox, wired but not yet listening. */
export interface SandboxParts {
  readonly clock: SandboxClock;
  readonly world: World;
  readonly journal: Journal;
  readonly faults: FaultList;
  readonly access: Access;
  readonly tokens: TokenMachine;
  readonly authorisation: Authorisation;
  readonly gate: ApiGate;
  readonly edits: WorldEdits;
  readonly webhooks: WebhookSender;
  /** Told once the port is known. */
  readonly setOrigin: (origin: string) => void;
  /** Writes down what is not yet, when there is a state file. */
  readonly closeState: () => void;
  readonly clients: ReadonlyMap<string, ClientRegistration>;
  readonly switches: () => Switches;
  readonly setSwitches: (changes: Partial<Switches>) => void;
}

/** Builds a sandbox's parts from its options. */
export function buildParts(options: SandboxOptions): SandboxParts {
  let current: Switches = { ...DEFAULT_SWITCHES, ...options.switches };
  const switches = (): Switches => current;
  const stored = options.stateFile === undefined ? undefined : readState(options.stateFile);
  const clock = createClock(clockSettings(options.clock, stored?.at));
  const now = (): number => clock.now();
  const world = new World(options.world);
  // Another start must not give out the keys of the one before it again.
  const start = stored?.header ? ` ${stored.header.starts}` : '';
  const random = seededRandom(world.seed, `chance${start}`);
  const clients = new Map(
    [DEMO_CLIENT, ...(options.clients ?? [])].map((client) => [client.clientId, client]),
  );
  const tokens = new TokenMachine(now, seededRandom(world.seed, `tokens ${now()}${start}`), switches);
  const access = new Access(world);
  const journal = new Journal();
  const faults = new FaultList();
  const logins = loginsOf(world);
  const authorisation = new Authorisation({ clients, tokens, logins, random, switches });
  const changes = new Changes(now);
  let origin = '';
  const log = stored && keepState(stored, { world, tokens, changes, clock });
  const webhooks = new WebhookSender({ clock, random, switches, clients, changes, origin: () => origin });
  changes.onChange((notice) => webhooks.notice(notice));
  const writer = new Writer({
    changes,
    access,
    switches,
    now,
    onSubscribed: ({ division }, row) => webhooks.validate(division, row),
    checkCallback: ({ grant }, url) =>
      checkCallbackUrl(clients.get(grant.clientId), url, switches().strictRedirect),
  });
  const router = new Router({ world, access, switches, random, now, changes }, (call, endpoint) =>
    writer.write(call, endpoint),
  );
  const gate = new ApiGate({
    world,
    tokens,
    limits: new CallLimits(switches),
    errors: new ErrorBlock(() => switches().errorLimit),
    access,
    faults,
    journal,
    router,
    switches,
    now,
    chance: (probability) => probability > 0 && random.chance(probability),
  });
  const setSwitches = (changes: Partial<Switches>): void => {
    current = { ...current, ...changes };
  };
  const setOrigin = (own: string): void => {
    origin = own;
  };
  const edits = new WorldEdits(world, clock, changes);
  const oauth = { tokens, authorisation, clients };
  const door = { gate, access, faults, journal, switches, setSwitches };
  const closeState = (): void => log?.close();
  return { clock, world, edits, webhooks, setOrigin, closeState, ...oauth, ...door };
}

function loginsOf(world: World): Logins {
  return {
    check: (username, password) =>
      world.users.find(
        (user) => user.username === username.trim().toLowerCase() && user.password === password,
      )?.number,
    fullName: (user) => world.users[user]?.fullName ?? '',
    divisionsOf: (user) =>
      world.divisionsOf(user).map(({ code, profile }) => ({ code, description: profile.description })),
  };
}
