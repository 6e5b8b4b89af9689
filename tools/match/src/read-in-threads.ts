import { setImmediate } from 'node:timers/promises';
import type { ReadPart } from '@koppel/domain/matching';
import { InputError } from './input-error.js';
import type { MatchThread } from './match-threads.js';
import type { PieceReader, PieceToRead, ReadPiece } from './piece-reader.js';
import { rowPieces } from './row-pieces.js';
import type { IdCheck } from './unique-ids.js';

/** A thread is sent more before it is done, so that it never waits. */
const aheadPerThread = 2;
/** Pieces behind one that is not there yet: more of them would only fill memory. */
const pendingMax = 32;

type ReadingThread = Pick<MatchThread, 'send' | 'receive' | 'unanswered' | 'hasAnswered'>;

/** Where what was read goes; `reader` says whose texts a part builds upon. */
export interface ReadTarget {
  readonly ids: IdCheck;
  readonly onPart: (part: ReadPart, reader: number) => void;
  readonly onRows: (rows: number) => void;
}

/** Who read a piece, or is reading it. */
type Pending = { readonly by: ReadingThread } | { readonly read: ReadPiece } | { readonly error: InputError };

/**
 * Reads and normalises the relations of a CSV file in threads, and in this one while they are busy, and hands them over in
 * the order of the file: which thread reads what makes no difference. The first thing that is wrong is an InputError.
 */
export async function readInThreads(
  { threads, here }: { readonly threads: readonly ReadingThread[]; readonly here: PieceReader },
  file: string,
  { ids, onPart, onRows }: ReadTarget,
): Promise<void> {
  const pending: Pending[] = [];
  const collect = async (oldest: Pending): Promise<void> => {
    const { part, reader, lines } = await readOf(oldest);
    pending.shift();
    lines.forEach((line, r) => ids.add(part.records.ids[r] ?? '', line));
    onPart(part, reader);
    onRows(ids.size);
  };
  let hasHeader = true;
  for await (const rows of rowPieces(file)) {
    const piece = { ...rows, hasHeader };
    hasHeader = false;
    const by = threads.find((thread) => thread.unanswered < aheadPerThread);
    by?.send({ kind: 'piece', ...piece });
    pending.push(by ? { by } : readHere(here, piece));
    await setImmediate(); // for what the others have sent
    while (pending[0] && (isThere(pending[0]) || pending.length > pendingMax)) await collect(pending[0]);
  }
  while (pending[0]) await collect(pending[0]);
}

function isThere(pending: Pending): boolean {
  return !('by' in pending) || pending.by.hasAnswered;
}

// What is wrong in an earlier piece comes first.
function readHere(here: PieceReader, piece: PieceToRead): Pending {
  try {
    return { read: here.read(piece) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { error };
  }
}

async function readOf(pending: Pending): Promise<ReadPiece> {
  if ('error' in pending) throw pending.error;
  if ('read' in pending) return pending.read;
  const message = await pending.by.receive();
  if (message.kind !== 'part') throw new Error(`a reading thread sent ${message.kind}`);
  return message;
}
