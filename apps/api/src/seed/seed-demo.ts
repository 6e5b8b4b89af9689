import { asId, type TenantId } from '@koppel/domain/kernel';
import { inSystem, type Database } from '@koppel/persistence';
import {
  addTenant,
  addUser,
  findUserByEmail,
  saveMembership,
  saveTenantFeature,
  type MemberRole,
} from '@koppel/persistence/tenancy';
import type { Chance } from '../deps.js';
import { hashPassword } from '../session/passwords.js';

export const demoPassword = 'koppel-demo';
const demoTenant = asId<TenantId>('01900000-0000-7000-8000-000000000001');

interface DemoUser {
  readonly email: string;
  readonly name: string;
  readonly role: MemberRole | undefined;
}

const demoUsers: readonly DemoUser[] = [
  { email: 'admin@koppel.demo', name: 'Anneke van Dijk', role: 'admin' },
  { email: 'review@koppel.demo', name: 'Ruben de Boer', role: 'reviewer' },
  { email: 'view@koppel.demo', name: 'Vera Jansen', role: 'viewer' },
  { email: 'helpdesk@koppel.demo', name: 'Hanna (helpdesk)', role: undefined },
];

/** The demo's organisation and people (SEED_DEMO=1). What is there already stays as it is. */
export async function seedDemo(database: Database, chance: Chance): Promise<void> {
  const isSeeded = await inSystem(database, (tx) => findUserByEmail(tx, demoUsers[0]?.email ?? ''));
  if (isSeeded) return;
  const passwordHash = await hashPassword(demoPassword);
  await inSystem(database, async (tx) => {
    const createdAt = chance.now();
    await addTenant(tx, { id: demoTenant, name: 'Bouwgroep Van Dijk', createdAt });
    await saveTenantFeature(tx, demoTenant, { at: createdAt, by: 'Hanna (helpdesk)' });
    for (const { email, name, role } of demoUsers) {
      const user = { id: chance.newId(), email, name, passwordHash, locale: 'nl' as const, createdAt };
      const userId = await addUser(tx, { ...user, isOperator: role === undefined });
      if (role) await saveMembership(tx, { tenantId: demoTenant, userId, role });
    }
  });
}
