import type { Coupling, Couplings, StepLogEntry } from '../coupling/index.js';
import { invariant } from '../kernel/index.js';

/** The coupling in memory, for specs. */
export class InMemoryCouplings implements Couplings {
  private readonly rows = new Map<'the one', Coupling>();
  private readonly log: StepLogEntry[] = [];

  constructor(coupling?: Coupling) {
    if (coupling) this.rows.set('the one', coupling);
  }

  async find(): Promise<Coupling | undefined> {
    return this.rows.get('the one');
  }

  findForUpdate(): Promise<Coupling | undefined> {
    return this.find();
  }

  async add(coupling: Coupling): Promise<void> {
    if (!this.rows.has('the one')) this.rows.set('the one', coupling);
  }

  async save(coupling: Coupling): Promise<void> {
    const present = this.rows.get('the one');
    invariant(present, 'only a known coupling is saved');
    this.rows.set('the one', { ...coupling, version: present.version + 1 });
  }

  async addStepLog(entry: StepLogEntry): Promise<void> {
    this.log.push(entry);
  }

  async findStepLog(): Promise<StepLogEntry[]> {
    return this.log.toSorted((a, b) => a.at.getTime() - b.at.getTime());
  }
}
