import { asId, type ConnectionId, type Deps, type TenantId } from '@koppel/domain/kernel';
import { hashOf, inSystem, type Database, type FullTransaction, type TokenCipher } from '@koppel/persistence';
import {
  addTenant,
  addUser,
  findUserByEmail,
  saveMembership,
  saveTenantFeature,
  type MemberRole,
} from '@koppel/persistence/tenancy';
import { openCoupling } from '@koppel/domain/coupling';
import type { Chance } from '../deps.js';
import { hashPassword } from '../session/passwords.js';
import { seedSingleCoupling } from './seed-single-coupling.js';

export const demoPassword = 'koppel-demo';
const helpdesk = 'Hanna (helpdesk)';
const demoTenant = asId<TenantId>('01900000-0000-7000-8000-000000000001');
export const singleTenant = asId<TenantId>('01900000-0000-7000-8000-000000000002');

interface Person {
  readonly email: string;
  readonly name: string;
  readonly tenantId: TenantId | undefined;
  readonly role: MemberRole | undefined;
}

const people: readonly Person[] = [
  { email: 'admin@koppel.demo', name: 'Anneke van Dijk', tenantId: demoTenant, role: 'admin' },
  { email: 'review@koppel.demo', name: 'Ruben de Boer', tenantId: demoTenant, role: 'reviewer' },
  { email: 'view@koppel.demo', name: 'Vera Jansen', tenantId: demoTenant, role: 'viewer' },
  { email: 'helpdesk@koppel.demo', name: helpdesk, tenantId: undefined, role: undefined },
];
const singlePerson: Person = {
  email: 'enkel@koppel.demo',
  name: 'Emma Bakker',
  tenantId: singleTenant,
  role: 'admin',
};
/** The first company of the sandbox's world. */
const singleAdministration = { division: 3_412_001, name: 'Bakker Bouw B.V.', code: '050' };

export interface SeedParts {
  readonly database: Database;
  readonly deps: Deps<FullTransaction>;
  readonly chance: Chance;
  readonly cipher: TokenCipher;
  readonly clientId: string;
}

/**
 * The demo's organisation and people (SEED_DEMO=1). With `single` also an organisation that was coupled to one
 * administration before; its old tokens are spent, so it has to reconnect. What is there already stays as it is.
 */
export async function seedDemo(parts: SeedParts, kind: 'demo' | 'single'): Promise<void> {
  await addOrganisation(parts, { id: demoTenant, name: 'Bouwgroep Van Dijk', people });
  await openCoupling(parts.deps, { tenantId: demoTenant });
  if (kind !== 'single') return;
  await addOrganisation(parts, { id: singleTenant, name: 'Bakker Bouw', people: [singlePerson] });
  await seedSingleCoupling(parts.deps, {
    tenantId: singleTenant,
    ...singleAdministration,
    authorisedByName: singlePerson.name,
    clientId: parts.clientId,
    seal: (connectionId) => spentTokens(parts, connectionId),
  });
}

interface Organisation {
  readonly id: TenantId;
  readonly name: string;
  readonly people: readonly Person[];
}

/** Does nothing when it is there already. */
async function addOrganisation({ database, chance }: SeedParts, organisation: Organisation): Promise<void> {
  const first = organisation.people[0]?.email ?? '';
  if (await inSystem(database, (tx) => findUserByEmail(tx, first))) return;
  const passwordHash = await hashPassword(demoPassword);
  await inSystem(database, async (tx) => {
    const createdAt = chance.now();
    await addTenant(tx, { id: organisation.id, name: organisation.name, createdAt });
    await saveTenantFeature(tx, organisation.id, { at: createdAt, by: helpdesk });
    for (const { email, name, role, tenantId } of organisation.people) {
      const user = { id: chance.newId(), email, name, passwordHash, locale: 'nl' as const, createdAt };
      const userId = await addUser(tx, { ...user, isOperator: role === undefined });
      if (role && tenantId) await saveMembership(tx, { tenantId, userId, role });
    }
  });
}

function spentTokens({ cipher, chance }: SeedParts, connectionId: ConnectionId) {
  const place = { tenantId: singleTenant, connectionId };
  const token = chance.newSecret();
  const refresh = cipher.encrypt(token, { ...place, field: 'refresh-token' });
  return {
    accessTokenCiphertext: cipher.encrypt(token, { ...place, field: 'access-token' }).ciphertext,
    refreshTokenCiphertext: refresh.ciphertext,
    keyId: refresh.keyId,
    refreshTokenHash: hashOf(token),
    accessIssuedAt: new Date(0),
  };
}
