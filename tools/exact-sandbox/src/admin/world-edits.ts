import type { SandboxClock } from '../clock.js';
import { RULES } from '../rules/all-rules.js';
import type { Values, WriteContext } from '../rules/write-context.js';
import { Refusal } from '../odata/refusal.js';
import { endpointOf } from '../schema/endpoints.js';
import type { Changes } from '../store/changes.js';
import type { Division, TableName } from '../store/division.js';
import type { Row, Value } from '../store/rows.js';
import type { World } from '../world/world.js';

/** The person at Exact's own screens: the accountant, so that edits are never taken for the app's. */
const EDITOR = 1;

export type EditProblem = {
  readonly kind: 'unknown-record' | 'unknown-division' | 'unknown-entity' | 'refused';
  readonly message?: string;
};

export type EditResult<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: EditProblem };

export interface RecordPlace {
  readonly division: number;
  /** `Accounts` or `crm/Accounts`. */
  readonly entity: string;
}

interface Target {
  readonly division: Division;
  readonly table: TableName;
  readonly context: WriteContext;
}

/** Changes to the world as a person makes them in Exact's screens: no flags, no rights, everything moves along. */
export class WorldEdits {
  constructor(
    private readonly world: World,
    private readonly clock: SandboxClock,
    private readonly changes: Changes,
  ) {}

  /**
   * Changes properties of a record. Values stand as the API would take them: dates as `YYYY-MM-DD`, references as
   * GUIDs of the same division.
   */
  edit(
    at: RecordPlace & { readonly id: string },
    fields: Readonly<Record<string, unknown>>,
  ): EditResult<{ readonly id: string }> {
    return this.onRecord(at, ({ division, table, context }, row) => {
      RULES[table]?.update(context, row, toValues(division, table, fields));
      return { id: division.tables[table].guid(row.$row) };
    });
  }

  /** Makes a record; `party` says who an account truly is (a number from `truth`). */
  create(
    at: RecordPlace,
    fields: Readonly<Record<string, unknown>>,
    party?: number,
  ): EditResult<{ readonly id: string }> {
    return this.onTable(at, ({ division, table, context }) => {
      const row = RULES[table]?.create(context, toValues(division, table, fields), []);
      if (!row) throw new Refusal(405, `${table} cannot be written`);
      if (party !== undefined) context.changes.amend(table, row, { $party: party });
      return { id: division.tables[table].guid(row.$row) };
    });
  }

  delete(at: RecordPlace & { readonly id: string }): EditResult<{ readonly id: string }> {
    return this.onRecord(at, ({ table, context }, row) => {
      RULES[table]?.remove(context, row);
      return { id: at.id };
    });
  }

  /** Moves a division to another database: every row version is made anew and DivisionMoveDate is set. */
  moveDivision(code: number): EditResult<{ readonly movedAt: number }> {
    const division = this.world.division(code);
    if (!division) return { ok: false, error: { kind: 'unknown-division' } };
    this.changes.move(division, this.world.newDatabase());
    return { ok: true, value: { movedAt: division.movedAt ?? this.clock.now() } };
  }

  private onRecord<T>(
    at: RecordPlace & { readonly id: string },
    work: (target: Target, row: Row) => T,
  ): EditResult<T> {
    const target = this.locate(at);
    if (!target.ok) return target;
    const row = target.value.division.tables[target.value.table].find(at.id);
    if (!row) return { ok: false, error: { kind: 'unknown-record' } };
    return tryEdit(() => work(target.value, row));
  }

  private onTable<T>(at: RecordPlace, work: (target: Target) => T): EditResult<T> {
    const target = this.locate(at);
    return target.ok ? tryEdit(() => work(target.value)) : target;
  }

  private locate({ division: code, entity }: RecordPlace): EditResult<Target> {
    const division = this.world.division(code);
    if (!division) return { ok: false, error: { kind: 'unknown-division' } };
    const name = entity.slice(entity.lastIndexOf('/') + 1);
    const table = division.tableNames().find((known) => known === name);
    if (!table || !RULES[table]) return { ok: false, error: { kind: 'unknown-entity' } };
    const context: WriteContext = {
      division,
      user: EDITOR,
      clientId: '',
      language: 'nl',
      now: this.clock.now(),
      changes: this.changes.by(EDITOR, division),
    };
    return { ok: true, value: { division, table, context } };
  }
}

function tryEdit<T>(work: () => T): EditResult<T> {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, error: { kind: 'refused', message: error.message } };
    throw error;
  }
}

/** Any property may be set here; GUIDs of the division become references and calendar dates milliseconds. */
function toValues(division: Division, table: TableName, fields: Readonly<Record<string, unknown>>): Values {
  const entity = endpointOf(table)?.entity;
  const values: Record<string, Value> = {};
  for (const [name, value] of Object.entries(fields)) {
    const type = entity?.fieldByName.get(name)?.type;
    if (!entity || !type) throw new Refusal(400, `no property ${name} on ${table}`);
    const target = name === entity.owner ? 'Accounts' : entity.references?.[name];
    if (type === 'guid' && target !== undefined && target !== 'Users') {
      const row = typeof value === 'string' ? division.tables[target].find(value) : undefined;
      values[name === entity.owner ? '$account' : name] = row?.$row ?? null;
    } else if (type === 'date' && typeof value === 'string')
      values[name] = Date.parse(`${value.slice(0, 10)}T00:00Z`);
    else values[name] = plain(value);
  }
  return values;
}

function plain(value: unknown): Value {
  const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isPlain ? value : null;
}
