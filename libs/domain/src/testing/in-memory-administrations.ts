import type { Administration, Administrations } from '../administrations/index.js';
import { invariant, type AdministrationId } from '../kernel/index.js';

/** Administrations in memory, for specs. */
export class InMemoryAdministrations implements Administrations {
  private readonly rows = new Map<AdministrationId, Administration>();

  constructor(administrations: readonly Administration[] = []) {
    for (const one of administrations) this.rows.set(one.id, one);
  }

  async findMany(): Promise<Administration[]> {
    return [...this.rows.values()].sort((a, b) => a.position - b.position || a.division - b.division);
  }

  findManyForUpdate(): Promise<Administration[]> {
    return this.findMany();
  }

  async findById(id: AdministrationId): Promise<Administration | undefined> {
    return this.rows.get(id);
  }

  async findByIdForUpdate(id: AdministrationId): Promise<Administration | undefined> {
    return this.rows.get(id);
  }

  async add(administration: Administration): Promise<void> {
    invariant(!this.rows.has(administration.id), 'an administration is added once');
    this.rows.set(administration.id, administration);
  }

  async save(administration: Administration): Promise<'saved' | 'code-taken'> {
    const present = this.rows.get(administration.id);
    invariant(present, 'only a known administration is saved');
    const { code, id } = administration;
    const isTaken =
      code !== null && [...this.rows.values()].some((one) => one.id !== id && one.code === code);
    if (isTaken) return 'code-taken';
    this.rows.set(id, { ...administration, version: present.version + 1 });
    return 'saved';
  }
}
