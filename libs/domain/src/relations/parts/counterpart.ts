import type { PartFields, SourcePart } from './source-part.js';
import { squeezed } from './part-units.js';

/** Address types that relations share; a visiting address is part of the account itself, goods go where a company says. */
const sharedAddressTypes: ReadonlySet<string> = new Set(['postal', 'invoice']);
/** Mailboxes of nobody in particular: two persons may have them. */
const generalMailbox =
  /^(info|administratie|admin|boekhouding|crediteuren|debiteuren|facturen|factuur|finance|financien|kantoor|mail|office|post|receptie|sales|service|verkoop|contact|inkoop|planning)@/;

/** Whether changes of the part are shared at all: every bank account and person who is not anonymous, and an account's main postal or invoice address. */
export function isShared({ kind, fields }: Pick<SourcePart, 'kind' | 'fields'>): boolean {
  if (fields['isAnonymised'] === true) return false;
  return kind !== 'address' || (fields['isMain'] === true && sharedAddressTypes.has(String(fields['type'])));
}

/**
 * The part of another account that is the same thing: the main address of the same type, or the same person. A person is the same by
 * full name or by a personal e-mail address, and only when nobody else of either account has it too: in doubt there is none.
 */
export function counterpartOf(
  part: SourcePart,
  accounts: { readonly own: readonly SourcePart[]; readonly other: readonly SourcePart[] },
): SourcePart | undefined {
  const ofKind = (parts: readonly SourcePart[]) => parts.filter(({ kind }) => kind === part.kind);
  if (part.kind === 'address')
    return ofKind(accounts.other).find(
      (each) => isShared(each) && each.fields['type'] === part.fields['type'],
    );
  if (part.kind !== 'contact') return undefined;
  const known = part.base ?? part.fields;
  const own = ofKind(accounts.own).filter((each) => each.exactId !== part.exactId);
  const other = ofKind(accounts.other);
  return (
    onlyOne(known, nameKey, { own, other }) ??
    onlyOne(known, personalEmail, { own, other }) ??
    onlyOne(part.fields, nameKey, { own, other })
  );
}

type Key = (fields: PartFields) => string;

/** Who a person is by full name; empty when that is not known. */
export const nameKey: Key = (fields) =>
  squeezed(fields['lastName']) === '' || squeezed(fields['firstName']) === ''
    ? ''
    : ['firstName', 'middleName', 'lastName'].map((name) => squeezed(fields[name]).toLowerCase()).join(' ');

/** A mailbox of one person; empty for one that more may have. */
export const personalEmail: Key = (fields) => {
  const email = squeezed(fields['email']).toLowerCase();
  return generalMailbox.test(email) ? '' : email;
};

function onlyOne(
  fields: PartFields,
  keyOf: Key,
  among: { readonly own: readonly SourcePart[]; readonly other: readonly SourcePart[] },
): SourcePart | undefined {
  const key = keyOf(fields);
  if (key === '') return undefined;
  const has = (part: SourcePart) => keyOf(part.base ?? part.fields) === key || keyOf(part.fields) === key;
  const [found, ...more] = among.other.filter(has);
  return more.length === 0 && !among.own.some(has) ? found : undefined;
}
