import { inSystem, type Database } from '@koppel/persistence';
import { findUserByEmail } from '@koppel/persistence/tenancy';
import { hashPassword, isPassword } from './passwords.js';

/**
 * Who somebody is. Passwords are the only way now; OpenID Connect becomes a second method here that ends in the same
 * user id, and `startSession` does not change.
 */
export interface Identities {
  /** The user's id when address and password fit; undefined otherwise, in the same time. */
  byPassword(email: string, password: string): Promise<string | undefined>;
}

export class PasswordIdentities implements Identities {
  /** Compared when there is no such user, so that the time tells nothing. */
  private readonly nobody = hashPassword('nobody has this password');

  constructor(private readonly database: Database) {}

  async byPassword(email: string, password: string): Promise<string | undefined> {
    const user = await inSystem(this.database, (tx) => findUserByEmail(tx, email));
    const isRight = await isPassword(password, user?.passwordHash ?? (await this.nobody));
    return isRight && user?.passwordHash ? user.id : undefined;
  }
}
