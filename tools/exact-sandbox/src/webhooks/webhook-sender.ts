import type { SandboxClock } from '../clock.js';
import type { ClientRegistration } from '../oauth/clients.js';
import { wallTimeText } from '../odata/amsterdam-time.js';
import type { Random } from '../random.js';
import { endpointOf } from '../schema/endpoints.js';
import type { ChangeNotice, Changes } from '../store/changes.js';
import type { Division } from '../store/division.js';
import { textOf, type Row } from '../store/rows.js';
import type { Switches } from '../switches.js';
import { webhookBody } from './payload.js';
import { postTo } from './post.js';

const VALIDATION_DELAY_MS = 1_000;
const MINUTE_MS = 60_000;
const LOG_MAX = 5_000;

/** One attempt to deliver, for tests. */
export interface WebhookAttempt {
  readonly at: number;
  readonly url: string;
  readonly body: string;
  /** Undefined when nobody answered; `lost` was never sent. */
  readonly status: number | 'lost' | undefined;
}

export interface WebhookSenderDeps {
  readonly clock: SandboxClock;
  readonly random: Random;
  readonly switches: () => Switches;
  readonly clients: ReadonlyMap<string, ClientRegistration>;
  readonly changes: Changes;
  /** `http://host:port` of this sandbox. */
  readonly origin: () => string;
}

/** Validates callbacks and delivers notices: late, out of order, sometimes twice, sometimes never (section 7). */
export class WebhookSender {
  private readonly attempts: WebhookAttempt[] = [];

  constructor(private readonly deps: WebhookSenderDeps) {}

  /** The newest attempts, oldest first. */
  log(): readonly WebhookAttempt[] {
    return this.attempts;
  }

  /** About a second after a subscription Exact posts an empty body, which must be answered 2xx. */
  validate(division: Division, row: Row): void {
    const { clock } = this.deps;
    clock.at(clock.now() + VALIDATION_DELAY_MS, async () => {
      const status = await this.send(textOf(row, 'CallbackURL'), '');
      if (isAccepted(status) && division.tables.WebhookSubscriptions.get(row.$row) === row)
        this.deps.changes.amend({ division, table: 'WebhookSubscriptions' }, row, { $validated: true });
    });
  }

  /** Plans the deliveries of a change to every subscription on its topic. */
  notice({ division, table, key, action }: ChangeNotice): void {
    const { clock, random, switches } = this.deps;
    const at = clock.now();
    for (const row of division.tables.WebhookSubscriptions.where('Topic', table)) {
      const client = this.deps.clients.get(textOf(row, 'ClientID'));
      const path = endpointOf(table)?.path;
      if (!client || path === undefined) continue;
      const body = webhookBody(
        {
          Topic: table,
          ClientId: client.clientId,
          Division: division.code,
          Action: action,
          Key: key,
          ExactOnlineEndpoint: `${this.deps.origin()}/api/v1/${division.code}/${path}(guid'${key}')`,
          EventCreatedOn: wallTimeText(at),
        },
        client.webhookSecret,
      );
      this.plan({ division, row }, body, this.jittered(at));
      if (random.chance(switches().webhookDuplicates)) this.plan({ division, row }, body, this.jittered(at));
    }
  }

  private plan(
    target: { readonly division: Division; readonly row: Row },
    body: string,
    dueAt: number,
  ): void {
    this.deps.clock.at(dueAt, () => this.deliver(target, body, 0));
  }

  private async deliver(
    target: { readonly division: Division; readonly row: Row },
    body: string,
    attempt: number,
  ): Promise<void> {
    const { clock, random, switches } = this.deps;
    const { division, row } = target;
    const isSubscribed = division.tables.WebhookSubscriptions.get(row.$row) === row;
    if (!isSubscribed || row.$validated !== true) return;
    if (attempt === 0 && random.chance(switches().webhookLost)) {
      this.remember({ at: clock.now(), url: textOf(row, 'CallbackURL'), body, status: 'lost' });
      return;
    }
    const status = await this.send(textOf(row, 'CallbackURL'), body);
    const wait = switches().webhookRetries[attempt];
    if (isAccepted(status) || wait === undefined) return;
    clock.at(clock.now() + wait * MINUTE_MS, () => this.deliver(target, body, attempt + 1));
  }

  /** Between half and one and a half times the usual delay, so that notices overtake each other. */
  private jittered(at: number): number {
    return at + this.deps.switches().webhookDelayMs * (0.5 + this.deps.random.next());
  }

  private async send(url: string, body: string): Promise<number | undefined> {
    const at = this.deps.clock.now();
    const status = await postTo(url, body);
    this.remember({ at, url, body, status });
    return status;
  }

  private remember(attempt: WebhookAttempt): void {
    this.attempts.push(attempt);
    if (this.attempts.length > LOG_MAX) this.attempts.shift();
  }
}

function isAccepted(status: number | undefined): boolean {
  return status !== undefined && status >= 200 && status < 300;
}
