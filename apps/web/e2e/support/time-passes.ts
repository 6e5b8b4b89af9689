import postgres from 'postgres';

/** As if so many hours had gone by since Exact was read last: nobody waits for that in a journey. */
export async function readLongAgo(databaseUrl: string, hours: number): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1 });
  try {
    const read = await sql`
      update administrations set last_synced_at = last_synced_at - make_interval(hours => ${hours})
      where last_synced_at is not null returning id`;
    if (read.length === 0) throw new Error('no administration was read yet');
  } finally {
    await sql.end();
  }
}
