import { bodyText, type HttpReply } from '../http/exchange.js';
import { Refusal } from '../odata/refusal.js';

const HEAD =
  '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" ' +
  'xmlns:d="http://schemas.microsoft.com/ado/2007/08/dataservices" ' +
  'xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata">';

/** Whether a caller gets JSON: only when it asks for it; the default of the API is Atom (specification, section 3.1). */
export function wantsJson(accept: string | undefined): boolean {
  return (accept ?? '').toLowerCase().includes('json');
}

/** `Accept: application/xml` is refused, although the default is XML. */
export function checkAccept(accept: string | undefined): void {
  const asked = (accept ?? '').toLowerCase();
  if (asked.includes('application/xml') && !asked.includes('atom') && !asked.includes('json')) {
    throw new Refusal(415, 'Unsupported media type requested.');
  }
}

/** Writes a JSON answer as the Atom feed that a caller without `Accept: application/json` gets. */
export function toAtom(answer: HttpReply): HttpReply {
  if (!(answer.headers['Content-Type'] ?? '').startsWith('application/json')) return answer;
  const rows = rowsOf(JSON.parse(bodyText(answer)));
  const entries = rows.map(
    (row) =>
      `<entry><content type="application/xml"><m:properties>${properties(row)}</m:properties></content></entry>`,
  );
  const headers = { ...answer.headers, 'Content-Type': 'application/atom+xml;charset=utf-8' };
  return { ...answer, headers, body: `${HEAD}${entries.join('')}</feed>` };
}

function rowsOf(body: unknown): readonly Readonly<Record<string, unknown>>[] {
  const d = isObject(body) ? body.d : undefined;
  const list =
    isObject(d) && Array.isArray(d.results)
      ? (d.results as unknown[])
      : Array.isArray(d)
        ? (d as unknown[])
        : [d];
  return list.filter(isObject);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function properties(row: Readonly<Record<string, unknown>>): string {
  return Object.entries(row)
    .filter(([, value]) => !isObject(value))
    .map(([name, value]) =>
      value === null ? `<d:${name} m:null="true"/>` : `<d:${name}>${escapeXml(plainText(value))}</d:${name}>`,
    )
    .join('');
}

function plainText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function escapeXml(text: string): string {
  const legal = [...text]
    .filter((character) => character >= ' ' || character === '\t' || character === '\n')
    .join('');
  return legal.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
