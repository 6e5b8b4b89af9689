import { relationFields, type RelationSchema } from '@koppel/domain/matching';
import { z } from 'zod';
import { InputError } from './input-error.js';
import { columnsMaxOf } from './relation-rows.js';

const rule = z.string().min(1).max(100);
const rules = z.array(rule).max(20);
const bits = z.number().min(-100).max(100);
const conditions = { when: rules.optional(), unless: rules.optional() };

const relationSchema = z.strictObject({
  engine: z.literal('relation'),
  name: rule,
  version: z.int().min(1),
  id: rule,
  source: rule,
  fields: z
    .array(
      z
        .strictObject({
          name: z.enum(relationFields),
          columns: rules,
          normalise: rules.min(1),
          compare: rule,
        })
        .superRefine(({ name, columns }, context) => {
          const max = columnsMaxOf(name);
          if (columns.length > max) context.addIssue(`"${name}" is read from ${max} columns at most`);
        }),
    )
    .min(1)
    .max(relationFields.length),
  keys: z
    .array(z.strictObject({ rule, field: z.enum(relationFields), as: rule }))
    .min(1)
    .max(60),
  prior: bits,
  evidence: z
    .array(
      z.strictObject({
        name: rule,
        bonus: bits.optional(),
        ...conditions,
        evidence: z
          .array(
            z.strictObject({
              reason: rule,
              bits,
              weigh: rule.optional(),
              share: z.number().min(0).max(1).optional(),
              ...conditions,
            }),
          )
          .max(60),
      }),
    )
    .max(40),
  nameBitsMax: bits,
  bitsPerDoubling: bits,
  sharersBonus: bits,
  vetoes: z
    .array(
      z.strictObject({
        veto: rule,
        asked: z.enum(['with-one-name', 'always']).optional(),
        ...conditions,
      }),
    )
    .max(60),
  contradictionBits: bits,
  proofs: z.array(z.strictObject({ proof: rule, ...conditions })).max(60),
  holds: z.array(z.strictObject({ hold: rule, ...conditions })).max(60),
  bands: z.strictObject({ automaticFrom: bits, askFrom: bits, finalFrom: bits }),
  hopeless: z.literal('other-names-with-few-ties').optional(),
});

/** Whether a file of JSON means to be a schema of relations. */
export function isRelationSchema(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'engine' in json;
}

/** Reads a schema of relations; what is none is an InputError that says where. */
export function readRelationSchema(file: string, json: unknown): RelationSchema {
  const parsed = relationSchema.safeParse(json);
  if (!parsed.success)
    throw new InputError('wrong-schema', `${file} is not a match schema:\n${z.prettifyError(parsed.error)}`);
  return parsed.data as RelationSchema; // optional ones are absent or have a value: JSON knows no undefined
}
