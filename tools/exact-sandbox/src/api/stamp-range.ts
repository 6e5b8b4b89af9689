import type { Expression } from '../odata/filter-parser.js';
import { querySyntax, Refusal } from '../odata/refusal.js';
import type { Database } from '../store/database.js';

/** The row versions that a sync read asks for, as offsets in the division's database. */
export interface StampRange {
  readonly after: number;
  readonly upTo: number;
  readonly entityType: number | undefined;
}

const EVERYTHING: StampRange = {
  after: Number.NEGATIVE_INFINITY,
  upTo: Number.POSITIVE_INFINITY,
  entityType: undefined,
};

/**
 * Reads the filter of a sync resource: "only the timestamp field is allowed as parameter"; sync/Deleted also takes
 * `EntityType eq n` (specification, sections 3.4 and 5.3).
 */
export function stampRange(
  filter: Expression | undefined,
  database: Database,
  isDeleted: boolean,
): StampRange {
  if (!filter) return EVERYTHING;
  if (filter.kind === 'and') {
    const left = stampRange(filter.left, database, isDeleted);
    const right = stampRange(filter.right, database, isDeleted);
    return {
      after: Math.max(left.after, right.after),
      upTo: Math.min(left.upTo, right.upTo),
      entityType: left.entityType ?? right.entityType,
    };
  }
  if (filter.kind !== 'compare' || filter.left.kind !== 'field' || filter.right.kind !== 'literal')
    throw unsupported();
  const { operator, left, right } = filter;
  if (isDeleted && left.name === 'EntityType' && operator === 'eq' && right.type === 'num') {
    return { ...EVERYTHING, entityType: Number(right.value) };
  }
  if (left.name !== 'Timestamp') throw unsupported();
  if (right.type !== 'i64' && !(right.type === 'num' && Number.isInteger(right.value))) throw querySyntax();
  const stamp = database.offsetOf(BigInt(String(right.value)));
  return { ...EVERYTHING, ...bounds(operator, stamp) };
}

function bounds(operator: string, stamp: number): Partial<StampRange> {
  switch (operator) {
    case 'gt':
      return { after: stamp };
    case 'ge':
      return { after: stamp - 1 };
    case 'lt':
      return { upTo: stamp - 1 };
    case 'le':
      return { upTo: stamp };
    case 'eq':
      return { after: stamp - 1, upTo: stamp };
    default:
      throw unsupported();
  }
}

function unsupported(): Refusal {
  return new Refusal(400, 'This $filter parameter is not supported for this resource.');
}
