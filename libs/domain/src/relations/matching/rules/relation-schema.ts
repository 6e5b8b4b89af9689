import type { RelationSchema } from './relation-schema-type.js';

/** The match schema of relations. Built in, so that two administrations of thirty work as well as fifty of thousands. */
export const relationSchema: RelationSchema = {
  engine: 'relation',
  name: 'relation',
  version: 1,
  id: 'id',
  source: 'administration',
  fields: [
    { name: 'name', columns: ['name', 'kind'], normalise: ['names'], compare: 'names' },
    { name: 'kvk', columns: ['kvk'], normalise: ['kvk-number'], compare: 'number-with-slips' },
    { name: 'branch', columns: [], normalise: ['kvk-branch'], compare: 'exact' },
    { name: 'vat', columns: ['vat'], normalise: ['vat-number'], compare: 'vat-number' },
    { name: 'rsin', columns: [], normalise: ['rsin-number', 'root-of-vat'], compare: 'exact' },
    { name: 'iban', columns: ['iban'], normalise: ['iban'], compare: 'any-in-common' },
    { name: 'email', columns: ['email'], normalise: ['email'], compare: 'exact' },
    { name: 'phone', columns: ['phone'], normalise: ['phone'], compare: 'phone' },
    {
      name: 'domain',
      columns: ['website'],
      normalise: ['website', 'domain-of-email'],
      compare: 'exact',
    },
    {
      name: 'address',
      columns: ['street', 'houseNumber', 'postcode', 'city', 'country'],
      normalise: ['address'],
      compare: 'address',
    },
    { name: 'code', columns: [], normalise: ['text'], compare: 'exact' },
  ],
  keys: [
    { rule: 'value', field: 'kvk', as: 'kvk' },
    { rule: 'value', field: 'rsin', as: 'rsin' },
    { rule: 'vat-root', field: 'vat', as: 'vat' },
    { rule: 'each-value', field: 'iban', as: 'iban' },
    { rule: 'value', field: 'email', as: 'mail' },
    { rule: 'last-eight-digits', field: 'phone', as: 'phone' },
    { rule: 'value', field: 'domain', as: 'dom' },
    { rule: 'value', field: 'address', as: 'addr' },
    { rule: 'all-words', field: 'name', as: 'name' },
    { rule: 'surname-and-place', field: 'name', as: 'sur' },
    { rule: 'longest-word-and-area', field: 'name', as: 'np' },
    { rule: 'first-letters-and-postcode', field: 'name', as: 'pre' },
    // By either place: a typo in the first letters of a record without a city shares no other key.
    { rule: 'consonants-and-city', field: 'name', as: 'cons' },
    { rule: 'consonants-and-postcode', field: 'name', as: 'cons' },
  ],
  prior: -11,
  evidence: [
    {
      name: 'registration',
      bonus: 1.5,
      evidence: [
        { reason: 'kvk-equal', when: ['kvk:equal'], bits: 20 },
        { reason: 'kvk-equal-shared', when: ['kvk:shared'], bits: 0 },
        // A fiscal unity has one VAT number for companies with KvK numbers of their own.
        { reason: 'vat-equal-in-group', when: ['vat:equal|suffix', 'kvk:different'], bits: 4 },
        { reason: 'vat-equal', when: ['vat:equal'], unless: ['kvk:different'], bits: 16 },
        { reason: 'vat-suffix', when: ['vat:suffix'], unless: ['kvk:different'], bits: 9 },
        {
          reason: 'rsin-equal',
          when: ['rsin:equal', 'kvk:different'],
          unless: ['vat:equal|suffix'],
          bits: 4,
        },
        {
          reason: 'rsin-equal',
          when: ['rsin:equal'],
          unless: ['kvk:different', 'vat:equal|suffix'],
          bits: 16,
        },
      ],
    },
    {
      name: 'other registration',
      evidence: [
        { reason: 'kvk-near', when: ['kvk:near'], bits: -4 },
        { reason: 'kvk-different', when: ['kvk:different'], bits: -16 },
        { reason: 'vat-different', when: ['vat:different'], bits: -14 },
        { reason: 'rsin-different', when: ['rsin:different'], unless: ['vat:different'], bits: -14 },
      ],
    },
    {
      name: 'name',
      unless: ['name:unknown'],
      evidence: [
        { reason: 'other-person', when: ['other-person'], bits: -9 },
        { reason: 'name-equal', when: ['name:equal'], weigh: 'words', bits: 0 },
        { reason: 'name-typo', when: ['name:typo'], weigh: 'words', bits: -1 },
        { reason: 'name-initials', when: ['name:initials'], weigh: 'words', bits: -1 },
        // A name with its legal form is written in full, so a word more or less is hardly one that somebody left out.
        {
          reason: 'name-contained',
          when: ['name:contained'],
          unless: ['left-out-word'],
          weigh: 'words',
          share: 0.6,
          bits: -3,
        },
        {
          reason: 'name-contained',
          when: ['name:contained', 'left-out-word'],
          weigh: 'words',
          share: 0.6,
          bits: 0,
        },
        {
          reason: 'name-similar',
          when: ['name:similar'],
          unless: ['other-person'],
          weigh: 'words',
          share: 0.3,
          bits: -3,
        },
        { reason: 'name-different', when: ['name:different'], bits: -9 },
      ],
    },
    {
      name: 'parts of the name',
      unless: ['name:unknown|different'],
      evidence: [
        { reason: 'form-equal', when: ['form:equal'], bits: 1 },
        { reason: 'form-implied', when: ['form:implied'], bits: -2 },
        { reason: 'form-different', when: ['form:different'], bits: -10 },
        { reason: 'form-incompatible', when: ['form:incompatible'], bits: -10 },
        { reason: 'group-different', when: ['group:different'], bits: -8 },
        { reason: 'numeral-different', when: ['numeral:different'], bits: -8 },
        { reason: 'place-same', when: ['place:same'], bits: 2 },
        { reason: 'place-unsure', when: ['place:unsure'], bits: -3 },
        { reason: 'place-elsewhere', when: ['place:elsewhere'], bits: -8 },
        { reason: 'code-equal', when: ['code:equal'], bits: 1 },
      ],
    },
    {
      name: 'shared by many',
      evidence: [
        { reason: 'name-among-sharers', when: ['name:equal|typo', 'crowded'], weigh: 'sharers', bits: 7 },
      ],
    },
    {
      name: 'account',
      evidence: [{ reason: 'iban-equal', when: ['iban:equal'], weigh: 'users-of-iban', bits: 12 }],
    },
    {
      name: 'net',
      bonus: 1.5,
      evidence: [
        { reason: 'mail-equal', when: ['email:equal'], weigh: 'users-of-email', bits: 11 },
        { reason: 'domain-equal', when: ['domain:equal'], weigh: 'users-of-domain', bits: 8 },
      ],
    },
    {
      // They depend on each other less than other families: a phone moves along or is somebody's own.
      name: 'site',
      bonus: 2.5,
      evidence: [
        { reason: 'address-same', when: ['address:same'], weigh: 'users-of-address', bits: 12 },
        { reason: 'address-addition', when: ['address:addition'], weigh: 'users-of-address', bits: 8 },
        { reason: 'address-near', when: ['address:near'], bits: 6 },
        { reason: 'address-area', when: ['address:area'], bits: 2 },
        { reason: 'phone-equal', when: ['phone:equal'], weigh: 'users-of-phone', bits: 10 },
      ],
    },
    {
      name: 'contrary',
      evidence: [
        { reason: 'address-elsewhere', when: ['address:elsewhere'], bits: -4 },
        { reason: 'phone-different', when: ['phone:different'], bits: -0.7 },
        { reason: 'domain-different', when: ['domain:different'], unless: ['email:equal'], bits: -1 },
      ],
    },
  ],
  nameBitsMax: 17,
  bitsPerDoubling: 3,
  sharersBonus: 1.5,
  vetoes: [
    { veto: 'veto-kvk', when: ['kvk:different'], asked: 'with-one-name' },
    { veto: 'veto-vat', when: ['vat:different'], asked: 'with-one-name' },
    { veto: 'veto-rsin', when: ['rsin:different'], unless: ['vat:different'], asked: 'with-one-name' },
    { veto: 'veto-own-company', when: ['own-company-beside-another'], asked: 'always' },
    { veto: 'veto-group', when: ['group:different'] },
    { veto: 'veto-numeral', when: ['numeral:different'] },
    { veto: 'veto-place', when: ['place:elsewhere'] },
    { veto: 'veto-form', when: ['form:incompatible'] },
    // With one registration number the reading as a person's name was wrong.
    { veto: 'veto-person-company', when: ['person-and-company'], unless: ['kvk:equal', 'vat:equal'] },
    { veto: 'veto-other-person', when: ['other-person'] },
  ],
  contradictionBits: 16,
  proofs: [
    { proof: 'registration', when: ['kvk:equal', 'name:equal|typo|contained|similar'] },
    // A fiscal unity shares its VAT number, so here the names must be the same and not only compatible.
    { proof: 'registration', when: ['vat:equal', 'name:equal|typo'] },
    { proof: 'registration', when: ['rsin:equal', 'name:equal|typo'] },
    { proof: 'none', unless: ['name:equal|typo', 'person-of-mailbox'] },
    { proof: 'none', when: ['household'] },
    { proof: 'name-and-values', when: ['two-ties'] },
    { proof: 'name-and-values', when: ['one-name-with-a-tie'] },
    { proof: 'name-and-address', when: ['only-company-there'] },
    { proof: 'name-and-address', when: ['one-person-there'] },
  ],
  holds: [
    { hold: 'hold-other-address', when: ['address:elsewhere'], unless: ['two-values'] },
    { hold: 'hold-branch', when: ['branch:different'] },
    { hold: 'hold-kvk-near', when: ['kvk:near'] },
    { hold: 'hold-form', when: ['form:different|implied'] },
    { hold: 'hold-place', when: ['place:unsure'] },
    // The companies of a fiscal unity have one VAT number, and names that are nearly one; only a KvK number is a company's own.
    { hold: 'hold-place', when: ['daughter-of-town'], unless: ['kvk:equal'] },
    { hold: 'hold-name', when: ['other-wording'], unless: ['kvk:equal'] },
    { hold: 'hold-name', when: ['name:different'] },
    { hold: 'hold-name', when: ['name:initials'], unless: ['person-of-mailbox'] },
    { hold: 'hold-vat-only', when: ['vat:suffix'] },
  ],
  bands: { automaticFrom: 8, askFrom: 1, finalFrom: 2 },
  hopeless: 'other-names-with-few-ties',
};

/** From this score on (p = .996) a pair of relations may be automatic, if its kind of proof allows it. */
export const { automaticFrom } = relationSchema.bands;
