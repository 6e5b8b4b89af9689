import { seededRandom } from '../random.js';
import { Database } from '../store/database.js';
import { Division, RECORD_KINDS } from '../store/division.js';
import { GuidCodec } from '../store/guid-codec.js';
import type { Row } from '../store/rows.js';
import { planDivisions, type WorldOptions } from './divisions.js';
import { fillEntries } from './fill-entries.js';
import { fillMasters } from './fill-masters.js';
import { PartyMaker } from './party-maker.js';
import { populate } from './populate.js';
import { addStandingRelations } from './standing-relations.js';
import { SANDBOX_USERS, type SandboxUser } from './users.js';

/** The day on which every world stands, so that the same seed gives the same dates. */
export const WORLD_DAY = Date.UTC(2026, 0, 5);

const DEFAULT_SEED = 20_260_105;
/** Per relation. */
const CONTACTS_MAX = 2;
const DEFAULT_CONTACTS = 0.7;
/** Well above 1, as in Exact's grown databases. */
const DEFAULT_ROW_VERSION_BASE = 4_817_000_000n;
const DIVISIONS_PER_DATABASE = 8;
const DATABASE_DISTANCE = 900_000_000n;

/** Everything that the sandbox knows: administrations, users, and who the relations truly are. */
export class World {
  readonly users: readonly SandboxUser[] = SANDBOX_USERS;
  readonly guids: GuidCodec;
  readonly seed: number;
  readonly divisions: readonly Division[];
  private readonly byCode = new Map<number, Division>();
  private readonly openToDemoUser = new Set<number>();
  private readonly userGuids = new Map<number, string>();
  private databases = 0;

  constructor(private readonly options: WorldOptions = {}) {
    this.seed = options.seed ?? DEFAULT_SEED;
    this.guids = new GuidCodec(this.seed);
    this.divisions = this.build();
    for (const division of this.divisions) this.byCode.set(division.code, division);
  }

  division(code: number): Division | undefined {
    return this.byCode.get(code);
  }

  /** The divisions that a user may open in Exact, whatever an app was granted. */
  divisionsOf(user: number): readonly Division[] {
    const seesAll = this.users[user]?.seesAll === true;
    return this.divisions.filter(({ code }) => seesAll || this.openToDemoUser.has(code));
  }

  userGuid(user: number): string {
    const known = this.userGuids.get(user);
    if (known !== undefined) return known;
    const guid = this.guids.encode(RECORD_KINDS.Users, 0, user);
    this.userGuids.set(user, guid);
    return guid;
  }

  /** Who an account truly is: a number that equals another's exactly when both stand for the same party. */
  truth(): ReadonlyMap<string, number> {
    const truth = new Map<string, number>();
    for (const { tables } of this.divisions) {
      for (const row of tables.Accounts.all()) truth.set(tables.Accounts.guid(row.$row), partyOf(row));
    }
    return truth;
  }

  /** A fresh database for a division that is moved. */
  newDatabase(): Database {
    const base = this.options.rowVersionBase ?? DEFAULT_ROW_VERSION_BASE;
    this.databases += 1;
    // Each next database starts lower: a watermark kept from the old one would find nothing.
    return new Database(base - (BigInt(this.databases) * (DATABASE_DISTANCE / 4n)) / 4n);
  }

  private build(): readonly Division[] {
    const random = seededRandom(this.seed, 'world');
    const planned = planDivisions(this.options, random, WORLD_DAY);
    const base = this.options.rowVersionBase ?? DEFAULT_ROW_VERSION_BASE;
    const users = {
      guid: (user: number) => this.userGuid(user),
      fullName: (user: number) => this.users[user]?.fullName ?? '',
    };
    const databases = new Map<number, Database>();
    const sites = planned.map(({ profile, relations, isOpenToDemoUser, isArchived }, ordinal) => {
      const shard = Math.floor(ordinal / DIVISIONS_PER_DATABASE);
      const database = databases.get(shard) ?? new Database(base + BigInt(shard) * DATABASE_DISTANCE);
      databases.set(shard, database);
      const division = new Division({ ordinal, profile, database, guids: this.guids, users });
      if (isOpenToDemoUser) this.openToDemoUser.add(profile.code);
      if (isArchived) division.status = 2;
      return { division, relations };
    });
    const divisions = sites.map(({ division }) => division);
    const parties = new PartyMaker(seededRandom(this.seed, 'parties'));
    for (const { division } of sites) {
      fillMasters(division, seededRandom(this.seed, `masters ${division.code}`));
      addStandingRelations(division, divisions, WORLD_DAY);
    }
    const contacts = this.options.contacts ?? DEFAULT_CONTACTS;
    if (!(contacts >= 0 && contacts <= CONTACTS_MAX))
      throw new RangeError(`contacts: from 0 to ${CONTACTS_MAX} per relation, not ${contacts}`);
    populate(sites, parties, { today: WORLD_DAY, contacts, random });
    for (const division of divisions)
      fillEntries(division, seededRandom(this.seed, `entries ${division.code}`), WORLD_DAY);
    return divisions;
  }
}

/** The true party of an account row. */
export function partyOf(row: Row): number {
  return typeof row.$party === 'number' ? row.$party : -1;
}
