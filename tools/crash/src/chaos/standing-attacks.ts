import { setTimeout as delay } from 'node:timers/promises';
import type { Sql } from 'postgres';
import type { Sandbox } from '@koppel/exact-sandbox';
import { coupledUsers } from './households.js';

export interface Coupled {
  readonly sandbox: Sandbox;
  readonly sql: Sql;
}

const lookMaxMs = 2_000;

/**
 * What people do to a coupling in Exact's own screens: rights, the consent itself, and where an administration lives. Each befalls each
 * administration or user once in a run: the refused calls of an hour are counted (F3A), and more of them would be an attack on that.
 */
export class StandingAttacks {
  /** Consents that were revoked: each costs a person a new one, and no refresh token is lost with it. */
  revocations = 0;
  private readonly spared = new Map<string, unknown[]>();
  private givesBackAt = Number.POSITIVE_INFINITY;

  constructor(
    private readonly coupled: Coupled,
    private readonly random: () => number,
  ) {}

  /** F80: the user may not open an administration any more, or Exact itself closed it for a while. */
  withdrawRights(forMs: number): void {
    const division = this.next('rights', this.codes());
    if (division === undefined) return;
    const kind = this.random() < 0.7 ? 'rights-withdrawn' : 'division-blocked';
    this.coupled.sandbox.faults.plant({ kind, division });
    this.givesBackAt = performance.now() + forMs;
  }

  /** Gives rights back whose time has come, whether anybody has missed them or not. */
  giveBack(): void {
    if (performance.now() < this.givesBackAt) return;
    this.givesBackAt = Number.POSITIVE_INFINITY;
    this.coupled.sandbox.faults.clear();
  }

  /** F45: somebody removes the app in Exact. Not while a token is in doubt: then nobody could tell afterwards what cost the consent. */
  async revokeConsent(): Promise<void> {
    if (!(await this.isEveryTokenSure())) return;
    const user = this.next('consent', coupledUsers);
    if (user === undefined) return;
    this.coupled.sandbox.faults.plant({ kind: 'token-revoked', user });
    this.revocations += 1;
    await this.age(user);
  }

  /** Exact moves an administration to another database: all row versions are new, and lower than those that were seen (exact-online.md 5.2). */
  moveDivision(): void {
    const division = this.next('move', this.codes());
    if (division !== undefined) this.coupled.sandbox.edits.moveDivision(division);
  }

  private codes(): number[] {
    return this.coupled.sandbox.world.divisionsOf(0).map(({ code }) => code);
  }

  /** One that this did not befall yet. */
  private next<T>(what: string, all: readonly T[]): T | undefined {
    const spared = (this.spared.get(what) ?? [...all]) as T[]; // each name has one kind of victim
    const [chosen] = spared.splice(Math.floor(this.random() * spared.length), 1);
    this.spared.set(what, spared);
    return chosen;
  }

  /**
   * That a consent is over is told by the next refresh alone, which Exact allows 570 s after the last one (E02): most runs end before. Koppel
   * takes the token for so old that it asks soon; what it asks with is refused then, whatever its age.
   */
  private async age(user: string): Promise<void> {
    const { sql, sandbox } = this.coupled;
    const known = sandbox.world.users.find(({ username }) => username === user);
    if (!known) throw new Error(`no user ${user}`);
    const aged = sql`update connections set access_issued_at = now() - interval '565 s'
      where exact_user_id = ${sandbox.world.userGuid(known.number)} and state = 'active'`;
    await aged.catch(() => undefined); // then it is told later
  }

  private async isEveryTokenSure(): Promise<boolean> {
    const { sql } = this.coupled;
    const look = sql<{ count: number }[]>`
      select count(*)::int as count from connections where state <> 'active' or access_issued_at < now() - interval '9 minutes'`;
    const rows = await Promise.race([look.catch(() => undefined), delay(lookMaxMs, undefined)]);
    return rows?.[0]?.count === 0;
  }
}
