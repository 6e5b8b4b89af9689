import type { AdministrationsTx } from '../../administrations/index.js';
import type { IssuesTx } from '../../issues/index.js';
import type { OutboxTx, SourceRelationId } from '../../kernel/index.js';
import type { PartWrite, WriteIntentsTx } from '../../sync/index.js';
import type { ErasureTx } from '../erasure.port.js';
import type { LinksTx } from '../links.port.js';
import { loadAdministrations, loadMembers, type LinkedMember, type Positions } from '../members.js';
import type { Relation } from '../relation.js';
import type { RelationsTx } from '../relations.port.js';
import type { SourceRelationsTx } from '../source-relations.port.js';
import { isSharing } from '../write-planner.js';
import { counterpartOf } from './counterpart.js';
import type { OtherSide } from './judge-part.js';
import { patchOf, type PartUnit } from './part-units.js';
import {
  expectedFields,
  expectedOfNew,
  findOpenPartWrites,
  refusedOfNew,
  type PlannedPartWrite,
} from './plan-part-writes.js';
import type { PartFields, SourcePart } from './source-part.js';
import type { SourcePartsTx } from './source-parts.port.js';

export type ComparePartsTx = SourcePartsTx &
  SourceRelationsTx &
  RelationsTx &
  LinksTx &
  AdministrationsTx &
  ErasureTx &
  WriteIntentsTx &
  IssuesTx &
  OutboxTx;

/** A relation with the parts of all its accounts. */
export interface PartsOfRelation {
  readonly relation: Relation;
  readonly members: readonly LinkedMember[];
  readonly parts: ReadonlyMap<SourceRelationId, readonly SourcePart[]>;
  /** Writes to parts that wait or are under way. */
  readonly open: readonly PartWrite[];
  /** The last create of an address of each type for each account, whatever came of it. */
  readonly lastCreates: readonly PartWrite[];
  readonly administrations: Positions;
}

/** The relation of a part's account, with all that it shares; undefined when the account belongs to none. */
export async function partsOfRelation(
  tx: ComparePartsTx,
  part: SourcePart,
): Promise<PartsOfRelation | undefined> {
  const found = await partsOfRelations(tx, [part]);
  return part.sourceRelationId === null ? undefined : found.get(part.sourceRelationId);
}

/** The relations of the parts' accounts under lock, with all that they share, by each of their accounts. */
export async function partsOfRelations(
  tx: ComparePartsTx,
  of: readonly SourcePart[],
): Promise<Map<SourceRelationId, PartsOfRelation>> {
  const accounts = of.flatMap(({ sourceRelationId }) => sourceRelationId ?? []);
  const links = await tx.links.findOfSources([...new Set(accounts)]);
  const relations = await tx.relations.findManyForUpdate([
    ...new Set(links.map(({ relationId }) => relationId)),
  ]);
  if (relations.length === 0) return new Map();
  const administrations = await loadAdministrations(tx);
  const ids = relations.map(({ id }) => id);
  const members = await loadMembers(tx, ids, { positions: administrations });
  const all = [...members.values()].flat();
  const found = await tx.sourceParts.findOfAccounts(all.map(({ source }) => source.id));
  const byAccount = Map.groupBy(found, ({ sourceRelationId }) => sourceRelationId);
  const open = Map.groupBy(await findOpenPartWrites(tx, all), ({ sourceRelationId }) => sourceRelationId);
  const isAboutAddress = of.some(({ kind }) => kind === 'address');
  const lastCreates = isAboutAddress ? await tx.writeIntents.findLastAddressCreatesOf(ids) : [];
  const byMember = relations.flatMap((relation) => {
    const own = members.get(relation.id) ?? [];
    const parts = new Map(own.map(({ source }) => [source.id, byAccount.get(source.id) ?? []]));
    const waiting = own.flatMap(({ source }) => open.get(source.id) ?? []);
    const one = { relation, members: own, parts, administrations, open: waiting, lastCreates };
    return own.map(({ source }) => [source.id, one] as const);
  });
  return new Map(byMember);
}

/** The other accounts that share, each with its part that is the same thing. */
export function othersOf(part: SourcePart, found: PartsOfRelation): OtherSide[] {
  const own = partsOf(found, part.sourceRelationId);
  return found.members
    .filter((member) => member.source.id !== part.sourceRelationId && sharesPart(member, part))
    .map((member) => {
      const other = counterpartOf(part, { own, other: partsOf(found, member.source.id) });
      const expected = other
        ? expectedFields(other, found.open)
        : expectedOfNew({ member, part }, found.open);
      const refused = other ? {} : refusedOfNew({ member, part }, found.lastCreates);
      return { member, part: other, expected, refused };
    });
}

/** Whether the account takes part in sharing parts of this kind: an administration may keep its addresses to itself. */
export function sharesPart(member: LinkedMember, { kind }: Pick<SourcePart, 'kind'>): boolean {
  return isSharing(member) && !(kind === 'address' && member.localFields.includes('address'));
}

function partsOf({ parts }: PartsOfRelation, id: SourceRelationId | null): readonly SourcePart[] {
  return (id !== null && parts.get(id)) || [];
}

/** The write that makes the other side say what the part says in these units. */
export function partWrite(
  part: SourcePart,
  to: {
    readonly found: PartsOfRelation;
    readonly side: OtherSide;
    readonly units: readonly PartUnit[];
  },
): PlannedPartWrite {
  const { side, found } = to;
  const said = to.units.map((unit) => patchOf(unit, part.fields));
  const type = !side.part && part.kind === 'address' ? { type: part.fields['type'] ?? null } : {};
  return {
    member: side.member,
    relationId: found.relation.id,
    kind: part.kind,
    part: side.part ?? null,
    expected: side.expected,
    patch: Object.assign({}, ...said, type) as PartFields,
  };
}
