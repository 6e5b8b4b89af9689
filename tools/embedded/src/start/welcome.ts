import path from 'node:path';
import type { Product } from '../product.js';

/** What a person needs to know once Koppel is ready. */
export function welcome(
  product: Product,
  facts: { seconds: number; dataDir: string; isEmbedded: boolean },
): string {
  const nearby = path.relative(process.cwd(), facts.dataDir);
  const dataDir = nearby === '' || nearby.startsWith('..') ? facts.dataDir : nearby;
  const exact = product.sandboxUrl
    ? `sandbox, log in there as anna@bouwgroep-demo.nl / demo  (${product.sandboxUrl})`
    : 'the real one';
  const rows = [
    ['Open', product.url],
    ['Log in', 'admin@koppel.demo / koppel-demo'],
    ['Exact', exact],
    ['Data', facts.isEmbedded ? `${dataDir}/postgres` : 'the database of DATABASE_URL'],
    ['Logs', `${dataDir}/logs`],
  ];
  const lines = rows.map(([label, text]) => `    ${label?.padEnd(8)}${text}`);
  return `\n  Koppel is ready (${facts.seconds.toFixed(1)} s). Ctrl-C stops it.\n\n${lines.join('\n')}\n`;
}
