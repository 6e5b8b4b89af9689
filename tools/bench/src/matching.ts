import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeGroups } from './dutch-groups/write-groups.js';
import { csvTable, numbers, withDatabase, type Database } from './matching/duckdb.js';
import { incrementalRows, learningRows, type Row } from './matching/engine-rows.js';
import { matchWithDuckDb } from './matching/duckdb-peer.js';
import { dutchFile, labelledSets, type LabelledSet } from './matching/labelled-sets.js';
import { benchNames, namesFile } from './matching/name-bench.js';
import { comparePairwise, type Pairwise } from './matching/pairwise.js';
import { runMatch, type MatchRun } from './matching/run-match.js';
import { median } from './median.js';

interface DutchGoal {
  readonly name: string;
  readonly f1AtLeast: number;
  readonly reference: string;
  readonly secondsAtMost?: number;
  readonly peakMbAtMost?: number;
  readonly runs: number;
}

const seed = 20_261_127;
const sizes: readonly (DutchGoal & { rows: number; hasUnlisted?: boolean })[] = [
  { rows: 10_000, name: 'generated 10,000', f1AtLeast: 0.97, reference: '-', runs: 3 },
  {
    rows: 10_000,
    hasUnlisted: true,
    name: 'generated 10,000, unusual words',
    f1AtLeast: 0.97,
    reference: '-',
    runs: 1,
  },
  {
    rows: 100_000,
    name: 'generated 100,000',
    f1AtLeast: 0.97,
    reference: 'Splink .759, 20 s',
    runs: 1,
    secondsAtMost: 5,
  },
  {
    rows: 1_000_000,
    name: 'generated 1,000,000',
    f1AtLeast: 0.95,
    reference: 'Splink .760, 113-151 s, 4.5 GB',
    runs: 1,
    secondsAtMost: 60,
    peakMbAtMost: 4_096,
  },
];

/** The peer joins all candidates in memory; beyond this it is left out. */
const peerRowsMax = 100_000;

/** Goals that can be measured by themselves, of the engine alone. */
const alone: ReadonlyMap<string, (rowsMax: number, seed: number) => Row[]> = new Map([
  ['G10', incrementalRows],
  ['G13', learningRows],
]);

/**
 * `npm run bench:matching [rows [goal]]`: the goals of matching that a file can show, beside a peer in SQL; or one goal that
 * the engine shows alone, G10 or G13. Generated sets have at most `rows` rows (all three sizes without it). Returns whether
 * every goal is met.
 */
export async function benchMatching(
  log: (line: string) => void,
  rowsMax = Number(process.argv[3] ?? Infinity),
  goal = process.argv[4],
): Promise<boolean> {
  if (Number.isNaN(rowsMax)) throw new RangeError(`"${process.argv[3]}" is no number of rows`);
  if (goal === undefined) return benchAll(log, rowsMax);
  const rowsOf = alone.get(goal);
  if (!rowsOf) throw new RangeError(`"${goal}" is none of ${[...alone.keys()].join(', ')}`);
  const rows = rowsOf(rowsMax, seed);
  log(tableHead);
  for (const row of rows) log(tableLine(row));
  return rows.every(({ isMet }) => isMet !== false);
}

async function benchAll(log: (line: string) => void, rowsMax: number): Promise<boolean> {
  const folder = mkdtempSync(path.join(tmpdir(), 'koppel-bench-'));
  const rows: Row[] = [];
  const add = (...more: Row[]): void => {
    for (const row of more) log(tableLine(row));
    rows.push(...more);
  };
  try {
    log(tableHead);
    for (const set of labelledSets) {
      if (existsSync(set.file)) add(await benchSet(set, folder));
      else log(`| ${set.goal} | ${set.name} | skipped: ${path.basename(set.file)} is not on this machine |`);
    }
    add(...(await nameRows()));
    if (existsSync(dutchFile)) add(...(await benchDutch(folder, await dutchInput(folder), dutchGoal)));
    else log(`| G6 | nl_10k | skipped: ${path.basename(dutchFile)} is not on this machine |`);
    for (const size of sizes.filter(({ rows: count }) => count <= rowsMax)) {
      const { rows: count, hasUnlisted = false } = size;
      const file = path.join(folder, `groups-${count}${hasUnlisted ? '-unlisted' : ''}.csv`);
      await writeGroups(file, { rows: count, seed, hasUnlisted });
      add(...(await benchDutch(folder, file, size)));
    }
    add(...incrementalRows(rowsMax, seed), ...learningRows(rowsMax, seed));
  } finally {
    rmSync(folder, { recursive: true });
  }
  log('G11 and G12 are specs of the matching folder.');
  return rows.every(({ isMet }) => isMet !== false);
}

const namesF1 = 0.88;
const dutchGoal: DutchGoal = { name: 'nl_10k', f1AtLeast: 0.97, reference: 'prototype .984', runs: 3 };

async function benchSet(set: LabelledSet, folder: string): Promise<Row> {
  const out = path.join(folder, 'clusters.csv');
  const run = await runMatch(['--in', set.file, '--out', out, '--schema', set.schema]);
  const quality = await withDatabase(async (database) => {
    await database.run(
      `create table truth as select ${set.id} as id, ${set.entity} as entity from ${csvTable(set.file)}`,
    );
    await database.run(`create table found as select id, cluster from ${csvTable(out)}`);
    return comparePairwise(database);
  });
  const { goal, name, f1AtLeast, reference } = set;
  return { goal, name, quality, run, reference, must: `F1 ≥ ${f1AtLeast}`, isMet: quality.f1 >= f1AtLeast };
}

async function nameRows(): Promise<Row[]> {
  if (!existsSync(namesFile)) return [];
  const quality = await benchNames();
  const reference = 'nomenklatura logic-v2 .865';
  const isMet = quality.f1 >= namesF1;
  return [{ goal: 'G5', name: 'name_bench, companies', quality, reference, must: `F1 ≥ ${namesF1}`, isMet }];
}

/** The foreign file under the names of our columns. */
async function dutchInput(folder: string): Promise<string> {
  const file = path.join(folder, 'nl_10k.csv');
  await withDatabase((database) =>
    database.run(`copy (select * exclude (admin, housenr, entity_id), admin as administration, housenr as "houseNumber",
      entity_id as entity from ${csvTable(dutchFile)}) to '${file}' (header, delimiter ',')`),
  );
  return file;
}

async function benchDutch(folder: string, file: string, goal: DutchGoal): Promise<Row[]> {
  const out = { final: path.join(folder, 'final.csv'), auto: path.join(folder, 'auto.csv') };
  const runs: MatchRun[] = [];
  for (let run = 0; run < goal.runs; run++) runs.push(await runMatch(['--in', file, '--out', out.final]));
  await runMatch(['--in', file, '--out', out.auto, '--band', 'auto']);
  return withDatabase(async (database) => {
    await database.run(`create table relations as select * from ${csvTable(file)}`);
    await database.run(`create table truth as select id, entity from relations`);
    const final = await qualityOf(database, out.final);
    const auto = await qualityOf(database, out.auto);
    const rows = [
      finalRow(goal, final, middleRun(runs)),
      autoRow(goal, auto),
      ...(await trapRows(database, goal)),
    ];
    const { count = 0 } = await numbers(database, 'select count(*) as count from relations');
    return count <= peerRowsMax ? [...rows, await peerRow(database, goal)] : rows;
  });
}

async function qualityOf(database: Database, clusters: string): Promise<Pairwise> {
  await database.run(`create or replace table found as select id, cluster from ${csvTable(clusters)}`);
  return comparePairwise(database);
}

function finalRow(goal: DutchGoal, quality: Pairwise, run: MatchRun): Row {
  const { name, f1AtLeast, secondsAtMost = Infinity, peakMbAtMost = Infinity, reference } = goal;
  const must = [
    `F1 ≥ ${f1AtLeast}`,
    ...(secondsAtMost < Infinity ? [`≤ ${secondsAtMost} s`] : []),
    ...(peakMbAtMost < Infinity ? [`≤ ${peakMbAtMost} MB`] : []),
  ].join(', ');
  const isMet = quality.f1 >= f1AtLeast && run.seconds <= secondsAtMost && run.peakMb <= peakMbAtMost;
  return { goal: 'G6, G9', name: `${name}, final`, quality, run, reference, must, isMet };
}

function autoRow({ name }: DutchGoal, quality: Pairwise): Row {
  const isMet = quality.precision >= 0.999 && quality.recall >= 0.8;
  const must = 'precision ≥ .999, recall ≥ .80';
  return { goal: 'G7', name: `${name}, automatic`, quality, reference: 'Splink precision .83', must, isMet };
}

// The table `found` holds the automatic clusters by now.
async function trapRows(database: Database, { name }: DutchGoal): Promise<Row[]> {
  const counts = await numbers(
    database,
    `with joined as (select r.*, f.cluster from relations r join found f on f.id = r.id),
       pairs as (select x.entity as ex, y.entity as ey, x.tag as tx,
           regexp_replace(coalesce(x.kvk, ''), '[^0-9]', '', 'g') as kx, regexp_replace(coalesce(y.kvk, ''), '[^0-9]', '', 'g') as ky
         from joined x join joined y on x.cluster = y.cluster and x.id < y.id)
     select count(*) filter (length(kx) = 8 and length(ky) = 8 and damerau_levenshtein(kx, ky) > 1
         and kx not in ('00000000', '12345678', '99999999') and ky not in ('00000000', '12345678', '99999999')) as kvk,
       count(*) filter (ex <> ey and tx in ('group', 'serie', 'series', 'franchise', 'fiscal-unity')) as traps,
       (select count(*) from relations) as relations from pairs`,
  );
  const { kvk = 0, traps = 0, relations = 1 } = counts;
  const per10k = (traps / relations) * 10_000;
  const reference = 'Splink 1,400 per 10,000';
  return [
    {
      goal: 'G8',
      name: `${name}: ${kvk} automatic pairs of different KvK`,
      reference: '-',
      must: '0',
      isMet: kvk === 0,
    },
    {
      goal: 'G8',
      name: `${name}: ${per10k.toFixed(2)} groups, series, franchises joined per 10,000`,
      reference,
      must: '≤ 1',
      isMet: per10k <= 1,
    },
  ];
}

async function peerRow(database: Database, { name }: DutchGoal): Promise<Row> {
  const { seconds } = await matchWithDuckDb(database);
  const quality = await comparePairwise(database);
  const run = { seconds, threads: 0, cpuSeconds: 0, peakMb: 0 };
  return { goal: 'peer', name: `${name}, DuckDB SQL`, quality, run, reference: '-', must: '-', isMet: true };
}

function middleRun(runs: readonly MatchRun[]): MatchRun {
  const middle = (of: (run: MatchRun) => number): number => median(runs.map(of));
  return {
    seconds: middle(({ seconds }) => seconds),
    threads: middle(({ threads }) => threads),
    cpuSeconds: middle(({ cpuSeconds }) => cpuSeconds),
    peakMb: middle(({ peakMb }) => peakMb),
  };
}

const tableHead =
  '| goal | data | precision | recall | F1 | threads | seconds (cpu) | peak MB | reference | must | met |\n|---|---|---|---|---|---|---|---|---|---|---|';

function tableLine({ goal, name, quality, run, reference, must, isMet }: Row): string {
  const figures = quality
    ? [quality.precision, quality.recall, quality.f1].map((value) => value.toFixed(4))
    : ['', '', ''];
  const time = run
    ? `${run.seconds.toFixed(1)}${run.cpuSeconds > 0 ? ` (${run.cpuSeconds.toFixed(1)})` : ''}`
    : '';
  const threads = run && run.threads > 0 ? String(run.threads) : '';
  const memory = run && run.peakMb > 0 ? String(run.peakMb) : '';
  const met = must === '-' ? '' : isMet === null ? 'not measured at that size' : isMet ? 'yes' : '**no**';
  return `| ${[goal, name, ...figures, threads, time, memory, reference, must, met].join(' | ')} |`;
}
