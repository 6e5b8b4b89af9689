import type { Trouble } from '../issues/index.js';
import { err, ok, type RelationId, type Result } from '../kernel/index.js';
import type { RelationPicture } from './action.js';
import { writeToAll } from './change-values.js';
import { sharedFieldNames, type SharedField } from './fields.js';
import type { Link } from './link.js';
import {
  linkedMember,
  loadAdministrations,
  loadMembers,
  type LinkedMember,
  type Positions,
} from './members.js';
import { takePicture } from './picture.js';
import type { Proposal } from './proposal.js';
import type { Relation } from './relation.js';
import { restoreCreates } from './restore-creates.js';
import { restoreProposals } from './restore-proposals.js';
import { restoreRelation } from './restore-relation.js';
import { isExactly } from './same-value.js';
import { searchTextOf } from './search-text.js';
import type { SourceRelation } from './source-relation.js';
import {
  laterFirst,
  structural,
  type UndoActionError,
  type UndoDesk,
  type Undone,
  type UndoTx,
} from './undo-desk.js';
import { undoRecord } from './undo-record.js';
import { takeBack } from './verdicts.js';

/** Everything that the act touched, as it is now. */
interface Standing {
  readonly relations: readonly Relation[];
  readonly members: readonly LinkedMember[];
  readonly administrations: Positions;
}

/**
 * Takes a merge or an unlinking back: accounts, values, origins, questions. Relations that the act made lead to where their
 * accounts went. Refused while a later merge or unlinking of the same relations stands.
 */
export async function undoMerge(tx: UndoTx, desk: UndoDesk): Promise<Result<Undone, UndoActionError>> {
  const inTheWay = laterFirst(structural(desk.later));
  if (inTheWay) return err(inTheWay);
  const standing = await loadStanding(tx, desk);
  const links = linksBefore(desk, standing.members);
  const members = standing.members.map((member) =>
    linkedMember(
      member,
      links.filter((link) => link.sourceRelationId === member.source.id),
    ),
  );
  const restored = standing.relations.map((relation) => restore(desk, { ...standing, members }, relation));
  const relations = restored.map(({ relation }) => relation);
  await tx.relations.saveMany(relations);
  await tx.links.putMany(links);
  const { before: was, after: said } = desk.action;
  await takeBack(tx, { before: was.verdicts, after: said.verdicts }, { ...desk, actionId: desk.undoId });
  const proposals = await restoreProposals(tx, desk);
  await reopenDoubles(tx, desk, proposals);
  await restoreCreates(tx, desk);
  const sources = members.map(({ source }) => source);
  const before = takePicture({
    relations: standing.relations,
    links: standing.members.flatMap((member) => member.links),
    sources,
  });
  const after = takePicture({ relations, links, proposals, sources });
  await tx.actions.addMany([undoRecord(desk, { before, after })]);
  for (const relation of relations)
    await writeBack(tx, desk, { relation, standing: { ...standing, members } });
  return ok({ actionId: desk.undoId, kept: [...new Set(restored.flatMap(({ kept }) => kept))] });
}

async function loadStanding(tx: UndoTx, { action }: UndoDesk): Promise<Standing> {
  const ids = [
    ...new Set([...action.before.relations, ...action.after.relations].map(({ id }) => id)),
  ].sort();
  const relations = await tx.relations.findManyForUpdate(ids);
  const administrations = await loadAdministrations(tx);
  const members = await loadMembers(tx, ids, { positions: administrations, forUpdate: true });
  return { relations, members: [...members.values()].flat(), administrations };
}

/** Each account's links point where they did; accounts that joined since stay where they are. */
function linksBefore({ action }: UndoDesk, members: readonly LinkedMember[]): Link[] {
  const was = Map.groupBy(action.before.links, (link) => link.sourceRelationId);
  return members.flatMap(({ source, links }) => {
    const earlier = was.get(source.id);
    const [first] = earlier ?? [];
    if (!earlier || !first) return links;
    return links.map((link): Link => {
      const same = earlier.find(({ role }) => role === link.role) ?? first;
      const { relationId, origin, isAlias } = same;
      return { ...link, relationId, origin, isAlias, linkedAt: new Date(same.linkedAt) };
    });
  });
}

function restore(
  desk: UndoDesk,
  standing: Standing,
  now: Relation,
): { readonly relation: Relation; readonly kept: readonly SharedField[] } {
  const { before, after, sources } = {
    before: desk.action.before.relations.find(({ id }) => id === now.id),
    after: desk.action.after.relations,
    sources: new Map(desk.action.before.sources.map(({ id, contentHash }) => [id, contentHash])),
  };
  const stamp = { version: now.version + 1, updatedAt: desk.now };
  if (!before)
    return { relation: { ...now, ...stamp, state: 'merged', survivorId: homeOf(desk, standing) }, kept: [] };
  const members = standing.members.filter(({ links }) => links.some((link) => link.relationId === now.id));
  const joint = standing.relations.find(({ id, state }) => state === 'active' && isJoint(id, desk)) ?? now;
  const { values, leading, kept } = restoreRelation({
    before,
    members,
    sources,
    since: {
      joint,
      left: after.find(({ id }) => id === joint.id) ?? before,
      isSurvivor: joint.id === now.id,
      mergedAt: desk.action.at,
    },
  });
  const codes = members.map(({ source }) => source.fields.local.code);
  const { state, survivorId, isIntercompany } = before;
  const searchText = searchTextOf(values, codes);
  return {
    relation: { ...now, ...stamp, values, leading, state, survivorId, isIntercompany, searchText },
    kept,
  };
}

/** The relation that an unlinked account came from: what the undone act made leads there. */
function homeOf({ action }: UndoDesk, standing: Standing): RelationId | null {
  return action.before.relations[0]?.id ?? standing.relations[0]?.id ?? null;
}

/** The relation that people saw and edited since: a merge's survivor, an unlinking's remainder. */
function isJoint(id: RelationId, { action }: UndoDesk): boolean {
  const wasThere = action.before.relations.some((picture: RelationPicture) => picture.id === id);
  const isActive = action.after.relations.some((picture) => picture.id === id && picture.state === 'active');
  return wasThere && isActive;
}

/** Doubles that are a question again are an issue again. */
async function reopenDoubles(tx: UndoTx, desk: UndoDesk, proposals: readonly Proposal[]): Promise<void> {
  const doubles = proposals.filter(
    ({ kind, state, groupKey }) => kind === 'double' && state === 'open' && groupKey !== null,
  );
  if (doubles.length === 0) return;
  const sources = await tx.sourceRelations.findMany(
    doubles.flatMap(({ sourceA, sourceB }) => [sourceA, sourceB]),
  );
  await tx.issues.report(
    doubles.map((double) => troubleOf(double, sources)),
    desk.now,
  );
}

function troubleOf(double: Proposal, sources: readonly SourceRelation[]): Trouble {
  const pair = sources.filter(({ id }) => id === double.sourceA || id === double.sourceB);
  const codes = pair.map(({ fields }) => fields.local.code?.trim() || fields.shared.name);
  return {
    cause: 'double-in-administration',
    causeKey: double.groupKey ?? '',
    administrationId: double.administrationId,
    params: { name: pair[0]?.fields.shared.name ?? '', codes: codes.join(', '), count: codes.length },
  };
}

/** Accounts hear of the values that are theirs again, where the merge had given them others. */
async function writeBack(
  tx: UndoTx,
  desk: UndoDesk,
  { relation, standing }: { readonly relation: Relation; readonly standing: Standing },
): Promise<void> {
  if (relation.state !== 'active') return;
  const joint = standing.relations.find(({ id }) => isJoint(id, desk));
  const fields = sharedFieldNames.filter(
    (field) => joint && !isExactly(joint.values[field], relation.values[field]),
  );
  const members = standing.members.filter(({ links }) =>
    links.some((link) => link.relationId === relation.id),
  );
  const facts = { kind: 'undo', actor: desk.actor, newId: desk.newId, now: desk.now } as const;
  await writeToAll(tx, { relation, members, administrations: standing.administrations }, { fields, facts });
}
