import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { EndpointShape } from './endpoint.js';
import { endpoints } from './endpoints.js';
import { line } from './values.js';

/** What no text column of Postgres takes, or only as something else. */
const unstorable = ['a\u0000b', 'a\ud800b', '\udc00'];

interface Leaf {
  readonly at: string;
  readonly schema: z.ZodString;
}

/** Every text that a schema takes, with where it stands. */
function textsIn(schema: z.core.$ZodType | undefined, at: string): readonly Leaf[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return textsIn(schema.unwrap(), at);
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([key, each]) => textsIn(each as z.ZodType, `${at}/${key}`));
  if (schema instanceof z.ZodArray) return textsIn(schema.element, `${at}/*`);
  if (schema instanceof z.ZodRecord) return textsIn(schema.valueType, `${at}/*`);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((each) => textsIn(each, at));
  return schema instanceof z.ZodString ? [{ at, schema }] : [];
}

const textsOf = ({ method, path, query, body, params }: EndpointShape): readonly Leaf[] =>
  Object.entries({ query, body, params }).flatMap(([part, schema]) =>
    textsIn(schema, `${method} ${path} ${part}`),
  );

describe('text that a caller sends', () => {
  const texts = endpoints.flatMap(textsOf);

  it.each(['search', 'actor', 'reason', 'password', 'name'])(
    'is found by this spec where it is a %s',
    (word) => {
      expect(texts.some(({ at }) => at.endsWith(`/${word}`))).toBe(true);
    },
  );

  it('never holds what the database cannot', () => {
    const taking = texts.filter(({ schema }) => unstorable.some((text) => schema.safeParse(text).success));
    expect(taking.map(({ at }) => at)).toEqual([]);
  });

  it('holds whole characters outside the basic plane', () => {
    expect(line(20).parse('Bouw 🏗 & co')).toBe('Bouw 🏗 & co');
  });
});
