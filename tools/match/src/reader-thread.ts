import { TextDecoder } from 'node:util';
import { parentPort, workerData } from 'node:worker_threads';
import { PartReader } from '@koppel/domain/matching';
import { CsvRows, type CsvRow } from './csv-rows.js';
import { InputError } from './input-error.js';
import { asInputError, checkText, checkWidth } from './read-table.js';
import type { FromReader, ReaderData, ToReader } from './reader-messages.js';
import { relationReader } from './relation-rows.js';

/** A reader that has met more texts than this is followed by a new one, so that no thread remembers a whole file. */
const textsMax = 500_000;

const { file, header, thread, threads } = workerData as ReaderData; // given by read-in-threads.ts
const readRow = relationReader(header);
let reader = new PartReader();
let number = thread;

parentPort?.on('message', (piece: ToReader) => {
  const message = answer(piece);
  const moved =
    message.kind === 'part'
      ? [
          message.part.records.rows.buffer,
          message.part.records.names.buffer,
          message.part.keys.counts.buffer,
          message.part.keys.hashes.buffer,
          message.lines.buffer,
        ]
      : [];
  parentPort?.postMessage(message, moved);
});

function answer(piece: ToReader): FromReader {
  try {
    return readPiece(piece);
  } catch (error) {
    const refusal = asInputError(error, file);
    if (!(refusal instanceof InputError)) throw error;
    return { kind: 'refused', cause: refusal.kind, message: refusal.message };
  }
}

function readPiece(piece: ToReader): FromReader {
  if (reader.texts > textsMax) {
    reader = new PartReader();
    number += threads;
  }
  const rows = rowsOf(piece);
  for (const { cells } of rows) reader.add(readRow(cells));
  const lines = Int32Array.from(rows, ({ line }) => line);
  return { kind: 'part', part: reader.take(), reader: number, lines };
}

/** How much is decoded at once: a longer text needs fresh memory, and one letter of another script makes all of it wide. */
const bytesPerText = 1 << 15;
const newline = 0x0a;
/** Only the file itself may begin with a byte order mark. */
const laterDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function rowsOf({ bytes, firstLine, hasHeader }: ToReader): readonly CsvRow[] {
  const csv = new CsvRows(firstLine);
  let decoder = hasHeader ? new TextDecoder('utf-8', { fatal: true }) : laterDecoder;
  const rows: CsvRow[] = [];
  for (let start = 0; start < bytes.length;) {
    const end = endOfLine(bytes, start + bytesPerText);
    rows.push(...csv.push(checkText(decoder.decode(bytes.subarray(start, end)))));
    decoder = laterDecoder;
    start = end;
  }
  rows.push(...csv.end());
  return checkWidth(header.length, hasHeader ? rows.slice(1) : rows);
}

function endOfLine(bytes: Uint8Array, from: number): number {
  const at = bytes.indexOf(newline, from);
  return at < 0 ? bytes.length : at + 1;
}
