import { compareBy, type Comparison } from '../compare.js';
import type { NameComparison } from '../compare-names.js';
import { exclusive, type Features } from '../features.js';
import type { MatchRecord } from '../match-record.js';
import { normaliseAddress } from '../normalise-address.js';
import { normaliseVat } from '../normalise-identifiers.js';
import { comparators, notCompared, type CompareTexts } from './comparators.js';
import { namesOf, uniqueIbans } from './lists-of-record.js';
import { normalisers, rulesOfField, type ReadSoFar } from './normalisers.js';
import type { RelationField, RelationFieldRules, RelationSchema } from './relation-schema-type.js';
import { ruleNamed } from './wrong-schema.js';

/** How records are read and compared, field by field. */
export interface FieldRules {
  readonly toFeatures: (record: MatchRecord) => Features;
  readonly compare: (a: Features, b: Features, name: NameComparison) => Comparison;
}

type Fields = ReadonlyMap<RelationField, RelationFieldRules>;

/**
 * Resolves the normalisers and comparators of a schema's fields. A field that it leaves out is empty everywhere; a rule that is
 * none, or none for its field, is a WrongSchema.
 */
export function compileFields({ fields }: RelationSchema): FieldRules {
  const byName: Fields = new Map(fields.map((field) => [field.name, field]));
  for (const field of fields) checkRules(field);
  return { toFeatures: readerOf(byName), compare: comparerOf(byName) };
}

const comparatorOfAccounts = 'any-in-common';

// Names, addresses, VAT numbers and lists have a form of their own, which only their own rules can read.
function checkRules({ name, normalise, compare }: RelationFieldRules): void {
  const own = Object.hasOwn(rulesOfField, name) ? rulesOfField[name as keyof typeof rulesOfField] : undefined;
  const given = `field "${name}"`;
  if (own) {
    const is = { [own.normalise]: true };
    for (const rule of normalise) ruleNamed(is, rule, `${given}.normalise`);
    ruleNamed({ [own.compare]: true }, compare, `${given}.compare`);
    return;
  }
  for (const rule of normalise) ruleNamed(normalisers, rule, `${given}.normalise`);
  if (name === 'iban') ruleNamed({ [comparatorOfAccounts]: true }, compare, `${given}.compare`);
  else ruleNamed(comparators, compare, `${given}.compare`);
}

type ReadText = (text: string | null | undefined, soFar: ReadSoFar) => string | null;

const readsNothing: ReadText = () => null;

// The first rule that gives something.
function textReader(field: RelationFieldRules | undefined): ReadText {
  if (!field) return readsNothing;
  const [first = readsNothing, ...others] = field.normalise.map((rule) =>
    ruleNamed(normalisers, rule, `field "${field.name}".normalise`),
  );
  if (others.length === 0) return first;
  return (text, soFar) => {
    let found = first(text, soFar);
    for (const other of others) found ??= other(text, soFar);
    return found;
  };
}

const noAddress = { addressLine1: null, postcode: null, city: null };

function readerOf(fields: Fields): (record: MatchRecord) => Features {
  const read = (field: RelationField): ReadText => textReader(fields.get(field));
  const [kvk, branch, rsin, iban] = [read('kvk'), read('branch'), read('rsin'), read('iban')];
  const [email, phone, domain, code] = [read('email'), read('phone'), read('domain'), read('code')];
  const [hasName, hasVat, hasAddress] = [fields.has('name'), fields.has('vat'), fields.has('address')];
  return (record) => {
    const address = normaliseAddress(hasAddress ? record : { ...noAddress, country: record.country });
    const { country } = address;
    const vat = hasVat ? normaliseVat(record.vat, country) : null;
    const mail = email(record.email, { country, vat, email: null });
    const soFar = { country, vat, email: mail };
    return {
      id: record.id,
      administrationId: record.administrationId,
      code: code(record.code, soFar) ?? '',
      isOwnCompany: record.isOwnCompany,
      names: hasName ? namesOf(record, address.city) : [],
      kvk: kvk(record.kvk, soFar),
      branch: branch(record.kvk, soFar),
      vat,
      rsin: rsin(record.rsin, soFar),
      ibans: uniqueIbans(record.ibans, (text) => iban(text, soFar)),
      email: mail,
      phone: phone(record.phone, soFar),
      domain: domain(record.website, soFar),
      address,
      addressKey: address.key,
      shared: exclusive,
    };
  };
}

function comparerOf(fields: Fields): FieldRules['compare'] {
  const comparator = (name: RelationField): CompareTexts => {
    const field = fields.get(name);
    return field ? ruleNamed(comparators, field.compare, `field "${name}".compare`) : notCompared;
  };
  const rules = {
    kvk: comparator('kvk'),
    branch: comparator('branch'),
    rsin: comparator('rsin'),
    email: comparator('email'),
    domain: comparator('domain'),
    phone: comparator('phone'),
    code: comparator('code'),
  };
  return (a, b, name) => compareBy(rules, { a, b, name });
}
