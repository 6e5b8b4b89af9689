import type { SourceFault } from '@koppel/domain/sync';
import {
  createExactClient,
  ExactError,
  NO_DIVISION,
  type CallObservation,
  type ExactClient,
  type HttpMethod,
  type ReauthReason,
  type Transport,
} from '@koppel/exact-client';
import {
  createTokenKeeper,
  regionBaseUrl,
  regionTimeZone,
  REGIONS,
  type Region,
  type TokenKeeper,
} from '@koppel/exact-client/auth';
import { BudgetLedger, DrizzleTokenStore, type Database, type TokenCipher } from '@koppel/persistence';
import type { Secret } from '../secret.js';
import { openedTokens } from './opened-tokens.js';
import { PostgresBudget } from './postgres-budget.js';
import type { ExactClock } from './exact-clock.js';
import { toSourceFault } from './to-source-fault.js';

/** Short against the 30 s in which Exact accepts an old token and allows a new one. */
const rememberedMs = 5_000;

export interface ExactClientsOptions {
  readonly database: Database;
  /** For budgets: work that holds all connections of `database` must not keep others from asking whether they may call (F23). */
  readonly reserved: Database;
  readonly cipher: TokenCipher;
  readonly transport: Transport;
  readonly clock: ExactClock;
  /** From 0 to 1: spreads the tries after an outage of Exact. */
  readonly random: () => number;
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly baseUrls: Readonly<Partial<Record<Region, string>>>;
  readonly onReauthRequired: (connectionId: string, reason: ReauthReason) => Promise<void>;
  readonly observe?: (call: CallObservation) => void;
  /** How the watch over a token in doubt waits; real time when left out. */
  readonly wait?: ((ms: number) => Promise<void>) | undefined;
}

/** Exact clients by connection: one token keeper and one budget per country, shared by all its connections. */
export class ExactClients {
  private readonly tokens: DrizzleTokenStore;
  private readonly keepers = new Map<Region, TokenKeeper>();
  private readonly clients = new Map<string, ExactClient>();
  private readonly budgets = new Map<Region, PostgresBudget>();
  private readonly ledger: BudgetLedger;

  constructor(private readonly options: ExactClientsOptions) {
    this.tokens = new DrizzleTokenStore(options.database, options.cipher);
    this.ledger = new BudgetLedger(options.reserved);
  }

  get clock(): ExactClock {
    return this.options.clock;
  }

  of(connectionId: string, regionName: string): ExactClient {
    const known = this.clients.get(connectionId);
    if (known) return known;
    const region = regionOf(regionName);
    const client = this.make(region, this.rememberedToken(connectionId, region));
    this.clients.set(connectionId, client);
    return client;
  }

  /** Asks the store before every call: what it reads is what the consent opens that is stored now, not one before it (F81). */
  ofStoredConsent(connectionId: string, regionName: string): ExactClient {
    const region = regionOf(regionName);
    return this.make(region, () => this.keeperOf(region).accessToken(connectionId));
  }

  private make(region: Region, accessToken: (method: HttpMethod) => Promise<string>): ExactClient {
    const { clock, transport, observe } = this.options;
    return createExactClient({
      baseUrl: this.baseUrl(region),
      transport,
      accessToken,
      budget: this.budgetOf(region),
      now: clock.now,
      userAgent: 'koppel',
      timeZone: regionTimeZone(region),
      ...(observe && { observe }),
    });
  }

  private budgetOf(region: Region): PostgresBudget {
    const { clock, clientId, random } = this.options;
    const known = this.budgets.get(region);
    const budget =
      known ?? new PostgresBudget({ ledger: this.ledger, clientId, region, now: clock.now, random });
    this.budgets.set(region, budget);
    return budget;
  }

  /** What Exact or the network did, in the words of the sync context; any other failure is thrown on. */
  async faultOf(connectionId: string, error: unknown): Promise<SourceFault> {
    // Only the age of a refused token matters.
    const isRefused = error instanceof ExactError && error.kind === 'unauthorised';
    const tokenIssuedAt = isRefused ? await this.tokens.issuedAt(connectionId) : null;
    return toSourceFault(error, { clock: this.options.clock, tokenIssuedAt });
  }

  /** Refreshes a consent that nobody used for long, unless Exact answers nobody at the moment: then it throws ExactError `circuit-open`. */
  async keepAlive(connectionId: string, regionName: string): Promise<void> {
    const region = regionOf(regionName);
    await this.budgetOf(region).check({ division: NO_DIVISION, endpoint: 'token', class: 'upkeep' });
    await this.keeperOf(region).keepAlive(connectionId);
  }

  keeperOf(regionName: string): TokenKeeper {
    const region = regionOf(regionName);
    const known = this.keepers.get(region);
    if (known) return known;
    const { transport, clientId, clientSecret, clock, onReauthRequired, wait } = this.options;
    const keeper = createTokenKeeper({
      store: openedTokens(this.tokens),
      transport,
      baseUrl: this.baseUrl(region),
      clientId,
      clientSecret: clientSecret.reveal(),
      now: clock.now,
      onReauthRequired,
      ...(wait && { wait }),
    });
    this.keepers.set(region, keeper);
    return keeper;
  }

  /**
   * Reading asks the store once in a few seconds rather than at every call, and notices a disconnect that much later. Writing asks it
   * every time: nothing is written with a consent that was taken away (F82).
   */
  private rememberedToken(connectionId: string, region: Region): (method: HttpMethod) => Promise<string> {
    let remembered: { readonly token: string; readonly until: number } | undefined;
    return async (method) => {
      const now = this.options.clock.now().getTime();
      if (method === 'GET' && remembered && now < remembered.until) return remembered.token;
      const token = await this.keeperOf(region).accessToken(connectionId);
      remembered = { token, until: now + rememberedMs };
      return token;
    };
  }

  private baseUrl(region: Region): string {
    return this.options.baseUrls[region] ?? regionBaseUrl(region);
  }
}

function regionOf(name: string): Region {
  const region = REGIONS.find((each) => each === name);
  if (!region) throw new Error(`unknown region ${name}`);
  return region;
}
