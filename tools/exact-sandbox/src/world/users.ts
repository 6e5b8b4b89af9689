/** Somebody who can log in at the sandbox. */
export interface SandboxUser {
  readonly number: number;
  readonly username: string;
  readonly password: string;
  readonly firstName: string;
  readonly middleName: string;
  readonly lastName: string;
  readonly fullName: string;
  /** Whether the user may open every division, also the closed one. */
  readonly seesAll: boolean;
  /** Services that this user has no right to read (lower case): reads give an empty list, writes 403. */
  readonly missingRights: readonly string[];
}

/** The users of every world. */
export const SANDBOX_USERS: readonly SandboxUser[] = [
  user(0, 'anna@bouwgroep-demo.nl', ['Anna', 'van', 'Dijk'], false, []),
  user(1, 'accountant@demo.nl', ['Ruben', '', 'Accountant'], true, []),
  user(2, 'beperkt@demo.nl', ['Bep', '', 'Beperkt'], false, ['crm/accounts']),
];

function user(
  number: number,
  username: string,
  names: readonly [string, string, string],
  seesAll: boolean,
  missingRights: readonly string[],
): SandboxUser {
  const [firstName, middleName, lastName] = names;
  const fullName = names.filter((part) => part !== '').join(' ');
  return {
    number,
    username,
    password: 'demo',
    firstName,
    middleName,
    lastName,
    fullName,
    seesAll,
    missingRights,
  };
}
