import { asId, type AdministrationId, type RelationId } from '../kernel/index.js';
import {
  answerLookMs,
  awaitingAnswer,
  callsPerCreate,
  createIntent,
  isAnonymised,
  loadMembers,
  rolesElsewhere,
  type LinksTx,
  type MeantAs,
  type MeantSum,
  type MissedIn,
  type MissingAccounts,
  type MissingSum,
  type ProposalsTx,
  type RelationsTx,
  type SharedField,
  type SharedValues,
  type SourcePartsTx,
  type SourceRelationsTx,
  type WriteFacts,
} from '../relations/index.js';
import type { AccountWrite, WriteIntentsTx } from '../sync/index.js';
import { sequentialIds } from './sequential-ids.js';

type Ports = RelationsTx & LinksTx & SourceRelationsTx & SourcePartsTx & WriteIntentsTx & ProposalsTx;

/** Accounts that are missing, in memory, for specs. */
export class InMemoryMissingAccounts implements MissingAccounts {
  private readonly newId = sequentialIds(0x80_0000);

  constructor(private readonly ports: Ports) {}

  async sumUp(of: MissedIn): Promise<MissingSum> {
    const facts = { byName: '', purpose: 'plan', now: new Date(0), newId: () => '' } as const;
    return this.sumOf(await this.intents(of, facts));
  }

  async meanAll(of: MissedIn, { byName, purpose, now, pace }: MeantAs): Promise<MeantSum> {
    const intents = (await this.intents(of, { byName, purpose, now, newId: this.newId })).map((intent) => {
      if (intent.failure) return { ...intent, dueAt: new Date(now.getTime() + answerLookMs) };
      return { ...intent, dueAt: pace.next(intent.administrationId, callsPerCreate, now) };
    });
    await this.ports.writeIntents.addMany(intents);
    const atOnce = intents.filter(({ dueAt }) => dueAt <= now).map(({ id }) => id);
    return { ...(await this.sumOf(intents)), atOnce };
  }

  private async sumOf(intents: readonly AccountWrite[]): Promise<MissingSum> {
    const said = [];
    for (const { administrationId, relationId, roles, patch, failure } of intents) {
      const values = Object.entries(patch).sort(([one], [other]) => (one < other ? -1 : 1));
      said.push([administrationId, relationId, roles, values, failure, await this.partsOf(relationId)]);
    }
    const counts = countsOf(intents.filter(({ failure }) => failure === null));
    const waiting = countsOf(intents.filter(({ failure }) => failure !== null));
    return { counts, waiting, digest: JSON.stringify(said) };
  }

  /** What addresses and contact persons of a new account are taken from. */
  private async partsOf(relationId: RelationId): Promise<unknown[]> {
    const members =
      (await loadMembers(this.ports, [relationId], { positions: new Map() })).get(relationId) ?? [];
    const accounts = members.filter(
      ({ source, isLinked, isAlias }) =>
        isLinked && !isAlias && source.state === 'present' && !isAnonymised(source),
    );
    const parts = await this.ports.sourceParts.findOfAccounts(accounts.map(({ source }) => source.id));
    return parts
      .filter(({ kind }) => kind !== 'bank-account')
      .map(({ administrationId, kind, exactId, fields }) => [administrationId, kind, exactId, fields]);
  }

  private async intents({ administrations, today }: MissedIn, facts: WriteFacts): Promise<AccountWrite[]> {
    const administrationIds = administrations.map(({ id }) => id);
    const all = { administrationIds, today, after: null, limit: Infinity, createdSince: null };
    const found = await this.ports.relations.findLacking(all);
    const ids = found.map(({ id }) => id);
    const members = await loadMembers(this.ports, ids, { positions: new Map() });
    const open = await this.ports.writeIntents.findOpenCreatesOf(ids);
    const asked = await this.ports.proposals.findQuestioned(ids);
    const isAsked = new Set(asked.map((place) => place.relationId + place.administrationId));
    const isOpen = new Set(open.map((each) => each.relationId + each.administrationId));
    const intents: AccountWrite[] = [];
    for (const { id, lacking } of found) {
      const [relation] = await this.ports.relations.findMany([id]);
      for (const administration of administrations) {
        if (!relation || !lacking.includes(administration.id) || isOpen.has(id + administration.id)) continue;
        const roles = rolesElsewhere(members.get(id) ?? []);
        const patch = withoutKept(relation.values, administration.writePolicy.localFields);
        const failure = isAsked.has(id + administration.id) ? awaitingAnswer : null;
        intents.push({ ...createIntent({ relation, administration, roles }, facts), patch, failure });
      }
    }
    return intents;
  }
}

function countsOf(intents: readonly AccountWrite[]): Map<AdministrationId, number> {
  const byAdministration = Map.groupBy(intents, ({ administrationId }) => administrationId);
  return new Map([...byAdministration].map(([id, own]) => [asId<AdministrationId>(id), own.length]));
}

function withoutKept(values: SharedValues, kept: readonly SharedField[]): Partial<SharedValues> {
  const told = Object.entries(values).filter(
    ([field]) => field === 'name' || !kept.some((each) => each === field),
  );
  return Object.fromEntries(told);
}
