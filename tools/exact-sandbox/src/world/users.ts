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
  user(0, 'anna@bouwgroep-demo.nl', { names: ['Anna', 'van', 'Dijk'] }),
  user(1, 'accountant@demo.nl', { names: ['Ruben', '', 'Accountant'], seesAll: true }),
  user(2, 'beperkt@demo.nl', { names: ['Bep', '', 'Beperkt'], missingRights: ['crm/accounts'] }),
];

interface UserFacts {
  readonly names: readonly [string, string, string];
  readonly seesAll?: boolean;
  readonly missingRights?: readonly string[];
}

function user(number: number, username: string, { names, seesAll, missingRights }: UserFacts): SandboxUser {
  const [firstName, middleName, lastName] = names;
  return {
    number,
    username,
    password: 'demo',
    firstName,
    middleName,
    lastName,
    fullName: names.filter((part) => part !== '').join(' '),
    seesAll: seesAll ?? false,
    missingRights: missingRights ?? [],
  };
}
