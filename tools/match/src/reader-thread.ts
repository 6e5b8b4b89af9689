import { TextDecoder } from 'node:util';
import { parentPort, workerData } from 'node:worker_threads';
import { PartReader } from '@koppel/domain/matching';
import { CsvRows, type CsvRow } from './csv-rows.js';
import { InputError } from './input-error.js';
import { asInputError, checkWidth, toText } from './read-table.js';
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

function rowsOf({ bytes, firstLine, hasHeader }: ToReader): readonly CsvRow[] {
  const csv = new CsvRows(firstLine);
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: !hasHeader });
  const rows = [...csv.push(toText(decoder, bytes)), ...csv.push(toText(decoder, null)), ...csv.end()];
  return checkWidth(header.length, hasHeader ? rows.slice(1) : rows);
}
