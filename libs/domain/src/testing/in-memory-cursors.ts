import type { AdministrationId } from '../kernel/index.js';
import type { Cursor, Cursors, DataKind } from '../sync/index.js';

/** Cursors in memory, for specs. */
export class InMemoryCursors implements Cursors {
  private readonly rows = new Map<string, Cursor>();

  async findMany(administrationId: AdministrationId): Promise<Cursor[]> {
    return [...this.rows.values()]
      .filter((cursor) => cursor.administrationId === administrationId)
      .sort((a, b) => (a.kind < b.kind ? -1 : 1));
  }

  async put(cursor: Cursor): Promise<void> {
    this.rows.set(`${cursor.administrationId} ${cursor.kind}`, cursor);
  }

  async remove(administrationId: AdministrationId, kind: DataKind): Promise<void> {
    this.rows.delete(`${administrationId} ${kind}`);
  }
}
