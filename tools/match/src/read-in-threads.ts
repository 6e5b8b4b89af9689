import type { ReadPart } from '@koppel/domain/matching';
import type { MatchThread } from './match-threads.js';
import { rowPieces } from './row-pieces.js';
import type { IdCheck } from './unique-ids.js';

const aheadPerThread = 2;

/** Where what was read goes; `reader` says whose texts a part builds upon. */
export interface ReadTarget {
  readonly ids: IdCheck;
  readonly onPart: (part: ReadPart, reader: number) => void;
  readonly onRows: (rows: number) => void;
}

/** Reads and normalises the relations of a CSV file in threads, and hands them over in the order of the file. */
export async function readInThreads(
  threads: readonly MatchThread[],
  file: string,
  { ids, onPart, onRows }: ReadTarget,
): Promise<void> {
  const threadFor = (piece: number): MatchThread => threads[piece % threads.length]!;
  const collect = async (at: number): Promise<void> => {
    const message = await threadFor(at).receive();
    if (message.kind !== 'part') throw new Error(`a reading thread sent ${message.kind}`);
    const { part, reader, lines } = message;
    lines.forEach((line, r) => ids.add(part.records.ids[r] ?? '', line));
    onPart(part, reader);
    onRows(ids.size);
  };
  let sent = 0;
  let collected = 0;
  for await (const piece of rowPieces(file)) {
    threadFor(sent).send({ kind: 'piece', ...piece, hasHeader: sent === 0 });
    sent++;
    if (sent - collected >= threads.length * aheadPerThread) await collect(collected++);
  }
  while (collected < sent) await collect(collected++);
}
