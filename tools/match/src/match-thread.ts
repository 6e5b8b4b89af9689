import { TextDecoder } from 'node:util';
import { parentPort, workerData } from 'node:worker_threads';
import {
  PairComparer,
  PartReader,
  relationRulesOf,
  type PairPart,
  type ReadPart,
} from '@koppel/domain/matching';
import { CsvRows, type CsvRow } from './csv-rows.js';
import { InputError } from './input-error.js';
import { asInputError, checkText, checkWidth } from './read-table.js';
import { relationReader } from './relation-rows.js';
import type { FromThread, ThreadData, ToThread } from './thread-messages.js';

/** A reader that has met more texts than this is followed by a new one, so that no thread remembers a whole file. */
const textsMax = 500_000;

const { file, header, schema, thread, threads } = workerData as ThreadData; // given by match-threads.ts
const readRow = relationReader(header, schema);
const rules = relationRulesOf(schema);
let reader = new PartReader(rules);
let number = thread;

parentPort?.on('message', (message: ToThread) => {
  if (message.kind === 'piece') send(answer(message));
  else compare(message);
});

/** Takes portion after portion until none is left. */
function compare({ work, next }: Extract<ToThread, { kind: 'compare' }>): void {
  reader = new PartReader(rules); // what it remembers of the file is not needed any more
  const comparer = new PairComparer(work);
  const portions = work.portions.length - 1;
  for (let portion = take(next); portion < portions; portion = take(next))
    send({ kind: 'pairs', part: comparer.compare(portion) });
  send({ kind: 'compared' });
}

function take(next: Int32Array): number {
  return Atomics.add(next, 0, 1);
}

function send(message: FromThread): void {
  parentPort?.postMessage(message, arraysOf(message));
}

// They are moved, not copied.
function arraysOf(message: FromThread): ArrayBuffer[] {
  if (message.kind === 'part') return [...arraysOfRead(message.part), message.lines.buffer];
  return message.kind === 'pairs' ? arraysOfPairs(message.part) : [];
}

function arraysOfRead({ records: { rows, names, texts }, keys }: ReadPart): ArrayBuffer[] {
  const { bytes, lengths, hashes } = texts;
  return [rows, names, bytes, lengths, hashes, keys.counts, keys.hashes].map(({ buffer }) => buffer);
}

function arraysOfPairs({ pairs, scores, flags, left }: PairPart): ArrayBuffer[] {
  return [pairs, scores, flags, left].map(({ buffer }) => buffer);
}

type Piece = Extract<ToThread, { kind: 'piece' }>;

function answer(piece: Piece): FromThread {
  try {
    return readPiece(piece);
  } catch (error) {
    const refusal = asInputError(error, file);
    if (!(refusal instanceof InputError)) throw error;
    return { kind: 'refused', cause: refusal.kind, message: refusal.message };
  }
}

function readPiece(piece: Piece): FromThread {
  if (reader.texts > textsMax) {
    reader = new PartReader(rules);
    number += threads;
  }
  const lines: number[] = [];
  for (const rows of rowsOf(piece)) {
    for (const { cells, line } of rows) {
      reader.add(readRow(cells));
      lines.push(line);
    }
  }
  return { kind: 'part', part: reader.take(), reader: number, lines: Int32Array.from(lines) };
}

/** How much is decoded at once: a longer text needs fresh memory, and one letter of another script makes all of it wide. */
const bytesPerText = 1 << 15;
const newline = 0x0a;
/** Only the file itself may begin with a byte order mark. */
const laterDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A few rows at a time: those of a whole piece would outlive the young generation, and be copied for it. */
function* rowsOf({ bytes, firstLine, hasHeader }: Piece): Generator<readonly CsvRow[]> {
  const csv = new CsvRows(firstLine);
  let decoder = hasHeader ? new TextDecoder('utf-8', { fatal: true }) : laterDecoder;
  let isHeaderNext = hasHeader;
  const withoutHeader = (rows: readonly CsvRow[]): readonly CsvRow[] => {
    const skipped = isHeaderNext && rows.length > 0 ? 1 : 0;
    if (skipped > 0) isHeaderNext = false;
    return checkWidth(header.length, rows.slice(skipped));
  };
  for (let start = 0; start < bytes.length;) {
    const end = endOfLine(bytes, start + bytesPerText);
    yield withoutHeader(csv.push(checkText(decoder.decode(bytes.subarray(start, end)))));
    decoder = laterDecoder;
    start = end;
  }
  yield withoutHeader(csv.end());
}

function endOfLine(bytes: Uint8Array, from: number): number {
  const at = bytes.indexOf(newline, from);
  return at < 0 ? bytes.length : at + 1;
}
