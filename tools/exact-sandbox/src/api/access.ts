import { Refusal } from '../odata/refusal.js';
import type { Grant } from '../oauth/token-machine.js';
import type { Division } from '../store/division.js';
import type { World } from '../world/world.js';

/** A call by a known user of a known app. */
export interface Caller {
  readonly grant: Grant;
}

/** Who may do what, and what was taken away since (specification, section 6.2). */
export class Access {
  private readonly withdrawn = new Set<number>();
  private readonly blocked = new Set<number>();
  private readonly currentDivisions = new Map<number, number>();

  constructor(private readonly world: World) {}

  /** The division of a call, or a 403 with Exact's reason. */
  enter(code: number, { user, divisions }: Grant): Division {
    const division = this.world.division(code);
    if (!division || !this.mayOpen(user, division))
      throw new Refusal(403, 'Forbidden', { Reason: 'NoDivisionAccess' });
    if (divisions && !divisions.has(code)) {
      throw new Refusal(403, 'Forbidden - User division is not within division scope.');
    }
    if (this.blocked.has(code)) throw new Refusal(403, 'Forbidden', { Reason: 'DivisionBlocked' });
    this.currentDivisions.set(user, code);
    return division;
  }

  /** The divisions that a call may list. */
  listed({ user, divisions }: Grant): readonly Division[] {
    const open = this.world.divisionsOf(user).filter((division) => this.mayOpen(user, division));
    return open.filter(({ code }) => divisions?.has(code) ?? true);
  }

  /** The division that the user last opened, here or in Exact's own screens. */
  currentDivision({ user }: Grant): Division | undefined {
    const last = this.currentDivisions.get(user);
    return (last === undefined ? undefined : this.world.division(last)) ?? this.world.divisionsOf(user)[0];
  }

  hasRight(user: number, path: string): boolean {
    const missing = this.world.users[user]?.missingRights ?? [];
    return !missing.includes(path.toLowerCase());
  }

  withdrawRights(code: number): void {
    this.withdrawn.add(code);
  }

  block(code: number): void {
    this.blocked.add(code);
    const division = this.world.division(code);
    if (division) division.blockingStatus = 2;
  }

  /** Undoes what was withdrawn and blocked. */
  restore(): void {
    for (const code of this.blocked) {
      const division = this.world.division(code);
      if (division) division.blockingStatus = 0;
    }
    this.withdrawn.clear();
    this.blocked.clear();
  }

  private mayOpen(user: number, division: Division): boolean {
    return !this.withdrawn.has(division.code) && this.world.divisionsOf(user).includes(division);
  }
}
