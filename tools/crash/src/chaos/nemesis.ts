import { setTimeout as delay } from 'node:timers/promises';
import type { FaultPlan } from '@koppel/exact-sandbox';
import type { AttackedPostgres } from './attacked-postgres.js';
import type { AttackedRedis } from './attacked-redis.js';
import type { ChaosProxy } from './chaos-proxy.js';
import { seededRandom } from '../tokens/seeded-random.js';
import type { Herd } from './herd.js';
import { StandingAttacks, type Coupled } from './standing-attacks.js';

export interface Victims extends Coupled {
  readonly apis: Herd;
  readonly workers: Herd;
  readonly postgres: AttackedPostgres;
  /** Absent where the queue is on PostgreSQL, or on a Redis that others may use. */
  readonly redis?: AttackedRedis | undefined;
  readonly toPostgres: ChaosProxy;
  readonly toExact: ChaosProxy;
  readonly toApi: ChaosProxy;
}

type Attack = readonly [weight: number, name: string, run: () => Promise<void> | void];

const calmMs = [300, 2_500] as const;
/** Longer than a lease, so that a paused process wakes up without it. */
const pauseMaxMs = 12_000;
const holdMaxMs = 4_000;
const slowMaxMs = 400;
const faultKinds = [
  '503',
  'slow',
  'cut-answer',
  'html-200',
  'empty-200',
  'malformed-json',
  '429-minute',
] as const;
const slowAnswerMs = 3_000;
const withdrawnMs = [1_000, 15_000] as const;

/**
 * A first coupling takes as long as the machine does. One that is so busy that processes are killed before they have started would never come to
 * an end, and no day after it.
 */
const attacksOnFirstMax = 25;
/** What is attacked after the first coupling does not depend on how long that took. */
const stormSeed = 4;

/** Attacks one thing after another, in an order that the seed gives, until it is told to rest. */
export class Nemesis {
  readonly attacks: Record<string, number> = {};
  readonly standing: StandingAttacks;
  private readonly always: readonly Attack[];
  /** Beside them, once something is coupled. */
  private readonly whenCoupled: readonly Attack[];
  private choices: readonly Attack[];
  private random: () => number;
  private left = 0;
  private raging: Promise<void> | undefined;
  private rest = new AbortController();

  constructor(
    private readonly victims: Victims,
    private readonly seed: number,
    private readonly say: (line: string) => void,
  ) {
    const { postgres, redis, toPostgres, toExact, toApi } = victims;
    this.random = seededRandom(seed);
    this.standing = new StandingAttacks(victims, () => this.random());
    this.whenCoupled = this.attacksOnCoupling();
    this.always = [
      [6, 'kill a worker', () => this.someone('workers').signal('SIGKILL')],
      [3, 'kill an api', () => this.someone('apis').signal('SIGKILL')],
      [2, 'end a worker', () => this.someone('workers').signal('SIGTERM')],
      [1, 'end an api', () => this.someone('apis').signal('SIGTERM')],
      [3, 'pause a worker', () => this.pause('workers')],
      [1, 'pause an api', () => this.pause('apis')],
      [1, 'restart postgres', () => postgres.restart('immediate')],
      [1, 'kill postgres', () => postgres.restart('kill')],
      [3, 'cut postgres', () => void toPostgres.cutAll()],
      [
        2,
        'slow postgres',
        () =>
          this.during(
            holdMaxMs,
            () => toPostgres.slowDown(this.upTo(slowMaxMs) / 10),
            () => toPostgres.slowDown(0),
          ),
      ],
      [
        1,
        'hold postgres',
        () =>
          this.during(
            holdMaxMs,
            () => toPostgres.hold(true),
            () => toPostgres.hold(false),
          ),
      ],
      [3, 'cut exact', () => void toExact.cutAll()],
      [
        2,
        'slow exact',
        () =>
          this.during(
            holdMaxMs,
            () => toExact.slowDown(this.upTo(slowMaxMs)),
            () => toExact.slowDown(0),
          ),
      ],
      [
        1,
        'hold exact',
        () =>
          this.during(
            holdMaxMs,
            () => toExact.hold(true),
            () => toExact.hold(false),
          ),
      ],
      [1, 'cut api', () => void toApi.cutAll()],
      [5, 'fault of exact', () => this.plantFault()],
      ...(redis ? this.attacksOnRedis(redis) : []),
    ];
    this.choices = this.always;
  }

  /** Once something is coupled, that may be attacked too; before, there is an end to it. */
  rage({ isCoupled }: { readonly isCoupled: boolean }): void {
    this.choices = isCoupled ? [...this.always, ...this.whenCoupled] : this.always;
    this.random = seededRandom(isCoupled ? this.seed + stormSeed : this.seed);
    this.left = isCoupled ? Number.POSITIVE_INFINITY : attacksOnFirstMax;
    this.rest = new AbortController();
    this.raging ??= this.attackOn();
  }

  /** No attack begins any more; resolves when the last one is over and everything is healed. */
  async calm(): Promise<void> {
    this.rest.abort();
    await this.raging;
    this.raging = undefined;
    this.victims.sandbox.faults.clear();
    for (const proxy of [this.victims.toPostgres, this.victims.toExact, this.victims.toApi]) proxy.heal();
  }

  private async attackOn(): Promise<void> {
    for (; this.left > 0 && !this.rest.signal.aborted; this.left -= 1) {
      this.standing.giveBack();
      const [, name, run] = this.choose();
      this.attacks[name] = (this.attacks[name] ?? 0) + 1;
      this.say(name);
      await run();
      await this.wait(calmMs[0] + this.upTo(calmMs[1] - calmMs[0]));
    }
  }

  private attacksOnRedis(redis: AttackedRedis): readonly Attack[] {
    const pause = () => redis.pause(true);
    return [
      [3, 'kill redis', () => redis.restart()],
      [2, 'pause redis', () => this.during(pauseMaxMs, pause, () => redis.pause(false))],
    ];
  }

  private attacksOnCoupling(): readonly Attack[] {
    const { standing } = this;
    const [leastMs, mostMs] = withdrawnMs;
    return [
      [3, 'withdraw rights', () => standing.withdrawRights(leastMs + this.upTo(mostMs - leastMs))],
      [1, 'revoke consent', () => standing.revokeConsent()],
      [2, 'move a division', () => standing.moveDivision()],
    ];
  }

  private choose(): Attack {
    const total = this.choices.reduce((sum, [weight]) => sum + weight, 0);
    let left = this.random() * total;
    const found = this.choices.find(([weight]) => (left -= weight) < 0);
    return found ?? this.choices[0]!;
  }

  private someone(who: 'apis' | 'workers') {
    const herd = this.victims[who];
    return herd.member(Math.floor(this.random() * herd.size));
  }

  /** The others go on meanwhile, and so does the nemesis. */
  private async pause(who: 'apis' | 'workers'): Promise<void> {
    const victim = this.someone(who);
    victim.signal('SIGSTOP');
    await this.wait(this.upTo(pauseMaxMs));
    victim.signal('SIGCONT');
  }

  private async during(maxMs: number, begin: () => void, end: () => void): Promise<void> {
    begin();
    await this.wait(this.upTo(maxMs));
    end();
  }

  private plantFault(): void {
    const kind = faultKinds[Math.floor(this.random() * faultKinds.length)] ?? '503';
    const plan: FaultPlan = { kind, times: 1, ...(kind === 'slow' && { ms: slowAnswerMs }) };
    this.victims.sandbox.faults.plant(plan);
  }

  private upTo(max: number): number {
    return Math.floor(this.random() * max);
  }

  private async wait(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.rest.signal }).catch(() => undefined);
  }
}
