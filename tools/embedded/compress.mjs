// Compresses the built portal once, beside its files, so that the api never spends time on it.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** What is text; fonts are compressed already. The page itself is made anew for every answer. */
const worthwhile = /\.(js|css|svg)$/;
/** Below this a header costs more than it saves. */
const bytesMin = 1_024;

const variants = [
  [
    '.br',
    (bytes) =>
      promisify(brotliCompress)(bytes, {
        params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
      }),
  ],
  ['.gz', (bytes) => promisify(gzip)(bytes, { level: 9 })],
];

/** Writes `<file>.br` and `<file>.gz` beside every text file of the folder, where that is smaller. */
export async function compressFolder(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && worthwhile.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
  await Promise.all(files.map(compressFile));
}

async function compressFile(file) {
  const bytes = await readFile(file);
  if (bytes.length < bytesMin) return;
  for (const [suffix, compress] of variants) {
    const smaller = await compress(bytes);
    if (smaller.length < bytes.length) await writeFile(`${file}${suffix}`, smaller);
  }
}
