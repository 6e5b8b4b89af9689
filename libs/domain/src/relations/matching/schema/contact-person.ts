import type { MatchSchema } from './match-schema.js';

/**
 * Contact persons of relations. `relation` is the name of the company that a person belongs to: with its mailbox and phone it
 * is one family, because colleagues share all three. Colleagues of one family share the surname too, so another given name,
 * another initial and another date of birth are always asked about.
 */
export const contactPersonSchema: MatchSchema = {
  name: 'contact-person',
  version: 2,
  id: 'id',
  source: 'administration',
  fields: [
    { name: 'given', columns: ['firstName'], kind: 'name' },
    { name: 'initials', columns: ['initials'], kind: 'name' },
    { name: 'surname', columns: ['middleName', 'lastName'], kind: 'name' },
    { name: 'born', columns: ['birthDate'], kind: 'date' },
    { name: 'email', columns: ['email'], kind: 'email' },
    { name: 'phone', columns: ['phone'], kind: 'phone' },
    { name: 'mobile', columns: ['mobile'], kind: 'phone' },
    { name: 'relation', columns: ['relation'], kind: 'words' },
  ],
  keys: [
    ['email'],
    ['mobile'],
    ['born', 'surname:4'],
    ['phone', 'surname:sound'],
    ['phone', 'given'],
    ['given', 'surname:sound'],
    ['initials:1', 'surname:sound'],
    ['relation:sorted', 'surname:4'],
    ['relation:rarest', 'given'],
    ['relation:rarest', 'surname:sound'],
  ],
  families: [
    ['given', 'initials'],
    ['email', 'phone', 'relation'],
  ],
  swaps: [['given', 'surname']],
  never: [
    { fields: ['given'], below: 3, initials: 'initials' },
    { fields: ['surname'], below: 2 },
    { fields: ['born'], below: 3 },
  ],
};
