import path from 'node:path';
import { parseArgs } from 'node:util';
import { shippedSchemas, type ClusterBand } from '@koppel/domain/matching';
import { InputError } from './input-error.js';

/** What `npm run match` was asked to do; paths are absolute. `schema` may be the name of one that comes with Koppel. */
export interface MatchOptions {
  readonly in: string;
  readonly out: string;
  readonly band: ClusterBand;
  readonly explain?: string;
  readonly schema?: string;
}

export const usage =
  'usage: npm run match -- --in relations.csv --out clusters.csv [--schema FILE|relation|contact-person] [--explain explain.jsonl] [--band auto|final]';

/** Whether the usage is wanted, and no work. */
export function asksForHelp(args: readonly string[]): boolean {
  return args.includes('--help') || args.includes('-h');
}

/** Reads the command line; whatever is not an option of the command is an InputError. */
export function parseOptions(args: readonly string[], folder: string): MatchOptions {
  const values = parse(args);
  const file = (name: 'in' | 'out' | 'explain' | 'schema'): string | undefined => {
    const [value, another] = values[name] ?? [];
    if (another !== undefined) throw wrongUsage(`--${name} is given twice`);
    if (value === '') throw wrongUsage(`--${name} needs a file`);
    const isName = name === 'schema' && shippedSchemas.has(value ?? '');
    return value === undefined || isName ? value : path.resolve(folder, value);
  };
  const input = file('in');
  const output = file('out');
  if (input === undefined || output === undefined)
    throw wrongUsage(`--${input === undefined ? 'in' : 'out'} is missing`);
  const explain = file('explain');
  const schema = file('schema');
  assertDifferent([input, output, explain, schema]);
  return {
    in: input,
    out: output,
    band: toBand(values.band),
    ...(explain === undefined ? {} : { explain }),
    ...(schema === undefined ? {} : { schema }),
  };
}

function parse(args: readonly string[]): Partial<Record<string, string[]>> {
  const many = { type: 'string', multiple: true } as const;
  try {
    const options = { in: many, out: many, explain: many, schema: many, band: many };
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new InputError('wrong-usage', `${(error as Error).message}\n${usage}`, { cause: error });
  }
}

function toBand(given: readonly string[] = ['final']): ClusterBand {
  const [band] = given;
  if (given.length > 1) throw wrongUsage('--band is given twice');
  if (band !== 'auto' && band !== 'final') throw wrongUsage(`--band is auto or final, not "${band ?? ''}"`);
  return band;
}

function assertDifferent(files: readonly (string | undefined)[]): void {
  const given = files.filter((file) => file !== undefined);
  const again = given.find((file, at) => given.indexOf(file) < at);
  if (again !== undefined) throw wrongUsage(`${again} is given for two things`);
}

function wrongUsage(what: string): InputError {
  return new InputError('wrong-usage', `${what}\n${usage}`);
}
