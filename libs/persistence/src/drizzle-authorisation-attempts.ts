import { eq, lt } from 'drizzle-orm';
import type { AuthorisationAttempt, AuthorisationAttempts } from '@koppel/domain/coupling';
import { asId, type TenantId } from '@koppel/domain/kernel';
import type { Tx } from './database.js';
import { authorisationAttempts } from './schema/index.js';

/** Consents that were begun, over Postgres. Another tenant's state is not found. */
export class DrizzleAuthorisationAttempts implements AuthorisationAttempts {
  constructor(
    private readonly tx: Tx,
    private readonly tenantId: TenantId,
  ) {}

  async add(attempt: AuthorisationAttempt): Promise<void> {
    await this.tx.insert(authorisationAttempts).values({ ...attempt, tenantId: this.tenantId });
  }

  async findByStateHashForUpdate(stateHash: string): Promise<AuthorisationAttempt | undefined> {
    const [row] = await this.tx
      .select()
      .from(authorisationAttempts)
      .where(eq(authorisationAttempts.stateHash, stateHash))
      .for('update');
    if (!row) return undefined;
    const { tenantId: _, ...attempt } = row;
    return { ...attempt, connectionId: row.connectionId === null ? null : asId(row.connectionId) };
  }

  async save(attempt: AuthorisationAttempt): Promise<void> {
    const { stateHash, ...columns } = attempt;
    await this.tx
      .update(authorisationAttempts)
      .set(columns)
      .where(eq(authorisationAttempts.stateHash, stateHash));
  }

  async removeExpiredBefore(moment: Date): Promise<void> {
    await this.tx.delete(authorisationAttempts).where(lt(authorisationAttempts.expiresAt, moment));
  }
}
