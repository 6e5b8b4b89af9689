import { HerdMember, type Breed } from './herd-member.js';

/** Equal processes that are started again whenever they end. */
export class Herd {
  private readonly members: readonly HerdMember[];

  constructor(breed: Breed, count: number) {
    this.members = Array.from({ length: count }, (_, index) => new HerdMember(breed, index + 1));
  }

  get size(): number {
    return this.members.length;
  }

  /** Ports of those who listen at this moment. */
  get ports(): number[] {
    return this.members.map(({ port }) => port).filter((port) => port > 0);
  }

  /** Whether every one lives and has said so. */
  get isComplete(): boolean {
    return this.members.every(({ isReady }) => isReady);
  }

  /** Ends that were nobody's doing. */
  get deaths(): string[] {
    return this.members.flatMap(({ deaths }) => deaths);
  }

  /** Resolves when every one of the first generation says that it is ready. */
  async start(): Promise<void> {
    for (const member of this.members) await member.start();
  }

  member(index: number): HerdMember {
    const member = this.members[index];
    if (!member) throw new Error(`a herd of ${this.members.length} has no number ${index}`);
    return member;
  }

  async stop(): Promise<void> {
    await Promise.all(this.members.map((member) => member.stop()));
  }
}
