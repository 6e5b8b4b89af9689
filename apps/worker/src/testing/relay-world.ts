import type { Scheduler } from 'fast-check';
import type { OutboxEntry, OutboxPortion } from '@koppel/persistence';
import { queueOf, type QueueName } from '../queues.js';
import { relayRound, type MessageJob } from '../relay-round.js';
import { toEntry, toldBy, type Row } from './relay-rows.js';

type QueueFault = 'refuses' | 'takes-some' | 'answer-lost' | 'late';

/** One thing that happens to relays, their database or the queue. */
export type Happening =
  | {
      readonly kind: 'transaction';
      readonly messages: readonly { kind: string; isOfResync: boolean; delayMs: number }[];
      readonly isAborted: boolean;
    }
  | { readonly kind: 'round'; readonly relay: number }
  | { readonly kind: 'turns'; readonly count: number }
  | { readonly kind: 'kill'; readonly relay: number }
  | { readonly kind: 'queue'; readonly fault: QueueFault }
  | { readonly kind: 'commit-lost' }
  | { readonly kind: 'time'; readonly ms: number }
  | { readonly kind: 'backup' }
  | { readonly kind: 'restore' };

/** A job that the queue took, and the queue of its message. */
interface TakenJob {
  readonly uid: number;
  readonly queue: QueueName;
  readonly wanted: QueueName;
}

/** A round of a relay, which may be dead without knowing it yet. */
interface Round {
  isDead: boolean;
  hasAnnounced: boolean;
}

const limit = 3;
const relays = 2;
const healingRoundsMax = 500;

/** The outbox, the queue and relays between them, in memory; whose turn it is at each call of either is the scheduler's choice. */
export class RelayWorld {
  rows: readonly Row[] = [];
  readonly aborted = new Set<number>();
  resyncsUnannounced = 0;
  private readonly taken = new Map<string, TakenJob>();
  private readonly locked = new Map<number, Round>();
  private readonly rounds = new Map<number, Round>();
  private readonly working = new Set<Promise<unknown>>();
  private readonly queueFaults: QueueFault[] = [];
  private backup: { rows: readonly Row[]; lastId: number } | undefined;
  private isCommitLost = false;
  private now = 1_000_000;
  private lastId = 0;
  private lastUid = 0;

  constructor(private readonly scheduler: Scheduler) {}

  jobs(): readonly TakenJob[] {
    return [...this.taken.values()];
  }

  async happens(what: Happening): Promise<void> {
    switch (what.kind) {
      case 'transaction':
        return this.write(what.messages, what.isAborted);
      case 'round':
        return this.start(what.relay);
      case 'turns':
        return this.turns(what.count);
      case 'kill':
        return this.kill(what.relay);
      case 'queue':
        return void this.queueFaults.push(what.fault);
      case 'commit-lost':
        this.isCommitLost = true;
        return;
      case 'time':
        this.now += what.ms;
        return;
      case 'backup':
        this.backup = { rows: this.rows, lastId: this.lastId };
        return;
      case 'restore':
        this.restore();
    }
  }

  /** Nothing goes wrong any more: rounds until nothing is left that can be sent. */
  async heal(): Promise<void> {
    this.queueFaults.length = 0;
    this.isCommitLost = false;
    this.now += 3_600_000;
    for (let round = 0; round < healingRoundsMax; round += 1) {
      await this.scheduler.waitFor(Promise.allSettled(this.working));
      if (this.rows.every(({ isSent, kind }) => isSent || kind === 'of-a-newer-program')) return;
      this.start(round % relays);
    }
    throw new Error('the outbox is never empty');
  }

  private write(
    messages: readonly { kind: string; isOfResync: boolean; delayMs: number }[],
    isAborted: boolean,
  ): void {
    const rows = messages.map(({ kind, isOfResync, delayMs }) => ({
      uid: (this.lastUid += 1),
      id: (this.lastId += 1), // an aborted transaction keeps its numbers
      kind,
      isOfResync,
      availableAt: this.now + delayMs,
      isSent: false,
    }));
    if (isAborted) for (const { uid } of rows) this.aborted.add(uid);
    else this.rows = [...this.rows, ...rows];
  }

  // A relay has one round at a time; that one fails is logged, and the next comes.
  private start(relay: number): void {
    if (this.rounds.has(relay)) return;
    const round: Round = { isDead: false, hasAnnounced: false };
    this.rounds.set(relay, round);
    const work = relayRound(
      {
        dispatch: (portion, send) => this.dispatch(round, portion, send),
        add: (queue, jobs) => this.add(round, queue, jobs),
        onResync: () => (round.hasAnnounced = true),
      },
      limit,
    )
      .catch(onlyExpected)
      .finally(() => {
        this.working.delete(work);
        if (this.rounds.get(relay) === round) this.rounds.delete(relay);
      });
    this.working.add(work);
  }

  private async turns(count: number): Promise<void> {
    for (let turn = 0; turn < count && this.scheduler.count() > 0; turn += 1) await this.scheduler.waitOne();
  }

  /** Its locks are free at once, and another process starts in its place; what it had sent may still arrive. */
  private kill(relay: number): void {
    const round = this.rounds.get(relay);
    if (!round) return;
    round.isDead = true;
    this.unlock(round);
    this.rounds.delete(relay);
  }

  // What was written since is lost by the operator's choice; the queue goes on as it was.
  private restore(): void {
    if (!this.backup) return;
    for (let relay = 0; relay < relays; relay += 1) this.kill(relay);
    this.rows = this.backup.rows;
    this.lastId = this.backup.lastId;
    this.now += 60_000;
  }

  private async dispatch(
    round: Round,
    { limit: atMost, kinds }: OutboxPortion,
    send: (entries: readonly OutboxEntry[]) => Promise<void>,
  ): Promise<number> {
    await this.turn(round, 'select');
    const portion = this.rows
      .filter(
        ({ id, kind, isSent, availableAt }) =>
          kinds.includes(kind) && !isSent && availableAt <= this.now && !this.locked.has(id),
      )
      .sort((one, other) => one.availableAt - other.availableAt || one.id - other.id)
      .slice(0, atMost);
    for (const { id } of portion) this.locked.set(id, round);
    try {
      if (portion.length > 0) await send(portion.map(toEntry));
      await this.turn(round, 'mark and commit');
      if (this.isCommitLost) {
        this.isCommitLost = false;
        throw new Failure('the connection broke at the commit');
      }
      const sent = new Set(portion.map(({ uid }) => uid));
      this.rows = this.rows.map((row) => (sent.has(row.uid) ? { ...row, isSent: true } : row));
      return portion.length;
    } finally {
      this.unlock(round);
    }
  }

  private async add(round: Round, queue: QueueName, jobs: readonly MessageJob[]): Promise<void> {
    await this.turn(round, 'add');
    const fault = this.queueFaults.shift();
    if (fault === 'refuses') throw new Failure('the queue is away');
    if (fault === 'late') {
      void this.scheduler.schedule(Promise.resolve(), 'late jobs').then(() => this.take(round, queue, jobs));
      throw new Failure('the queue did not answer in time');
    }
    this.take(round, queue, fault === 'takes-some' ? jobs.slice(0, 1) : jobs);
    if (fault !== undefined) throw new Failure('the connection to the queue broke');
    await this.turn(round, 'added');
  }

  private take(round: Round, queue: QueueName, jobs: readonly MessageJob[]): void {
    for (const { data, opts } of jobs) {
      if (data.kind !== 'message') throw new Error('the relay made a tick');
      const { uid, isOfResync, message } = toldBy(data.message);
      if (isOfResync && !round.hasAnnounced) this.resyncsUnannounced += 1;
      if (this.taken.has(opts.jobId)) continue;
      this.taken.set(opts.jobId, { uid, queue, wanted: queueOf({ message, isOfResync }) });
    }
  }

  private async turn(round: Round, at: string): Promise<void> {
    await this.scheduler.schedule(Promise.resolve(), at);
    if (round.isDead) throw new Failure('killed');
  }

  private unlock(round: Round): void {
    for (const [id, by] of this.locked) if (by === round) this.locked.delete(id);
  }
}

/** What happens to a round by the design of the simulation. */
class Failure extends Error {}

function onlyExpected(error: unknown): void {
  if (!(error instanceof Failure)) throw error;
}
