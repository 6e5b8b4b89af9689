import type { Body, editRelationEndpoint, SharedValues } from '@koppel/contracts';

export type EditedValues = Body<typeof editRelationEndpoint>['values'];

const plainFields = ['name', 'tradeName', 'kvk', 'vat', 'rsin', 'email', 'phone', 'website'] as const;
const addressFields = ['line1', 'line2', 'line3', 'postcode', 'city', 'state', 'country'] as const;

export type FormValues = Record<(typeof plainFields)[number] | (typeof addressFields)[number], string>;

/** Shared values as boxes of a form: empty for what is not there. */
export function formValuesOf(values: SharedValues): FormValues {
  const plain = plainFields.map((field) => [field, values[field] ?? '']);
  const address = addressFields.map((field) => [field, values.address?.[field] ?? '']);
  return Object.fromEntries([...plain, ...address]) as FormValues;
}

/** Only what was changed; an emptied box clears the value, and an address is sent whole. */
export function changedValues(before: SharedValues, form: FormValues): EditedValues {
  const was = formValuesOf(before);
  const changed = plainFields.filter((field) => form[field].trim() !== was[field]);
  const plain = Object.fromEntries(changed.map((field) => [field, orNull(form[field])]));
  if (addressFields.every((field) => form[field].trim() === was[field])) return plain;
  const isCleared = addressFields.every((field) => form[field].trim() === '');
  const [line1, line2, line3, postcode, city, state, country] = addressFields.map((field) =>
    orNull(form[field]),
  );
  const address = {
    line1: line1 ?? null,
    line2: line2 ?? null,
    line3: line3 ?? null,
    postcode: postcode ?? null,
    city: city ?? null,
    state: state ?? null,
    country: country ?? null,
  };
  return { ...plain, address: isCleared ? null : address };
}

const orNull = (text: string) => (text.trim() === '' ? null : text.trim());
