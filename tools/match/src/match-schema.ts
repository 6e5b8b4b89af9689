import { readFile } from 'node:fs/promises';
import {
  checkNever,
  WrongSchema,
  type MatchSchema,
  type NeverRule,
  type RelationSchema,
} from '@koppel/domain/matching';
import { z } from 'zod';
import { InputError } from './input-error.js';
import { asInputError } from './read-table.js';
import { isRelationSchema, readRelationSchema } from './relation-schema-file.js';

const name = z.string().regex(/^[A-Za-z][\w-]*$/, 'a word of letters, digits, - and _');
const part = z
  .string()
  .regex(
    /^[A-Za-z][\w-]*(:(\d{1,2}|last\d{1,2}|sound|year|monthday|sorted|rarest|rare2|words|digits))?$/,
    'a field, or a field and how it is shortened ("surname:sound")',
  );

const field = z.strictObject({
  name,
  columns: z.array(z.string().min(1)).min(1).max(20),
  kind: z.enum(['name', 'words', 'date', 'code', 'number', 'category', 'phone', 'email', 'website']),
});

const never = z.strictObject({
  fields: z.array(name).min(1).max(5),
  below: z.int().min(1),
  initials: name.optional(),
});

const matchSchema = z
  .strictObject({
    name: z.string().min(1),
    version: z.int().min(1),
    id: z.string().min(1),
    source: z.string().min(1).optional(),
    fields: z.array(field).min(1).max(50),
    keys: z.array(z.array(part).min(1).max(5)).min(1).max(60).optional(),
    families: z.array(z.array(name).min(2)).optional(),
    swaps: z.array(z.tuple([name, name])).optional(),
    never: z.array(never).min(1).max(20).optional(),
    perSource: z.enum(['any', 'one']).optional(),
  })
  .superRefine((schema, context) => {
    const names = schema.fields.map((own) => own.name);
    const twice = names.find((own, at) => names.indexOf(own) < at);
    if (twice !== undefined) context.addIssue(`the field "${twice}" is there twice`);
    const used = [
      ...(schema.keys ?? []).flat(),
      ...(schema.families ?? []).flat(),
      ...(schema.swaps ?? []).flat(),
    ];
    const unknown = used.map((own) => own.split(':')[0] ?? '').find((own) => !names.includes(own));
    if (unknown !== undefined) context.addIssue(`"${unknown}" is none of the fields`);
  });

/** Reads a match schema from a file of JSON; what is no match schema is an InputError that says where. */
export async function readMatchSchema(file: string): Promise<MatchSchema | RelationSchema> {
  const json = await readJson(file);
  if (isRelationSchema(json)) return readRelationSchema(file, json);
  const parsed = matchSchema.safeParse(json);
  if (!parsed.success)
    throw new InputError('wrong-schema', `${file} is not a match schema:\n${z.prettifyError(parsed.error)}`);
  const { source, keys, families, swaps, never, perSource, ...required } = parsed.data;
  const schema = {
    ...required,
    ...(source === undefined ? {} : { source }),
    ...(keys === undefined ? {} : { keys }),
    ...(families === undefined ? {} : { families }),
    ...(swaps === undefined ? {} : { swaps }),
    ...(never === undefined ? {} : { never: never.map(toRule) }),
    ...(perSource === undefined ? {} : { perSource }),
  };
  checkRules(file, schema);
  return schema;
}

const toRule = ({ initials, ...rule }: z.infer<typeof never>): NeverRule =>
  initials === undefined ? rule : { ...rule, initials };

function checkRules(file: string, schema: MatchSchema): void {
  try {
    checkNever(schema);
  } catch (error) {
    if (!(error instanceof WrongSchema)) throw error;
    throw new InputError('wrong-schema', `${file} is not a match schema:\n${error.message}`, {
      cause: error,
    });
  }
}

async function readJson(file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw asInputError(error, file);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new InputError('wrong-schema', `${file} is not JSON: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
