import { asId, type AdministrationId, type RelationId } from '../kernel/index.js';
import {
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
  type RelationsTx,
  type SharedField,
  type SharedValues,
  type SourcePartsTx,
  type SourceRelationsTx,
  type WriteFacts,
} from '../relations/index.js';
import type { AccountWrite, WriteIntentsTx } from '../sync/index.js';
import { sequentialIds } from './sequential-ids.js';

type Ports = RelationsTx & LinksTx & SourceRelationsTx & SourcePartsTx & WriteIntentsTx;

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
      return { ...intent, dueAt: pace.next(intent.administrationId, callsPerCreate, now) };
    });
    await this.ports.writeIntents.addMany(intents);
    const atOnce = intents.filter(({ dueAt }) => dueAt <= now).map(({ id }) => id);
    return { ...(await this.sumOf(intents)), atOnce };
  }

  private async sumOf(intents: readonly AccountWrite[]): Promise<MissingSum> {
    const byAdministration = Map.groupBy(intents, ({ administrationId }) => administrationId);
    const counts = new Map(
      [...byAdministration].map(([id, own]) => [asId<AdministrationId>(id), own.length]),
    );
    const said = [];
    for (const { administrationId, relationId, roles, patch } of intents) {
      const values = Object.entries(patch).sort(([one], [other]) => (one < other ? -1 : 1));
      said.push([administrationId, relationId, roles, values, await this.partsOf(relationId)]);
    }
    return { counts, digest: JSON.stringify(said) };
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
    const isOpen = new Set(open.map((each) => each.relationId + each.administrationId));
    const intents: AccountWrite[] = [];
    for (const { id, lacking } of found) {
      const [relation] = await this.ports.relations.findMany([id]);
      for (const administration of administrations) {
        if (!relation || !lacking.includes(administration.id) || isOpen.has(id + administration.id)) continue;
        const roles = rolesElsewhere(members.get(id) ?? []);
        const patch = withoutKept(relation.values, administration.writePolicy.localFields);
        intents.push({ ...createIntent({ relation, administration, roles }, facts), patch });
      }
    }
    return intents;
  }
}

function withoutKept(values: SharedValues, kept: readonly SharedField[]): Partial<SharedValues> {
  const told = Object.entries(values).filter(
    ([field]) => field === 'name' || !kept.some((each) => each === field),
  );
  return Object.fromEntries(told);
}
