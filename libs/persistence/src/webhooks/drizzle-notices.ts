import { and, asc, eq, isNotNull, sql } from 'drizzle-orm';
import { asId, type TenantId } from '@koppel/domain/kernel';
import type { NoticePace, Notices, WaitingNotice } from '@koppel/domain/webhooks';
import type { Tx } from '../database.js';
import { notices } from '../schema/index.js';

/** Notices over Postgres. A row that is being taken makes a new notice wait for that, and then start anew. */
export class DrizzleNotices implements Notices {
  constructor(
    private readonly tx: Tx,
    private readonly tenantId: TenantId,
  ) {}

  async add(
    { administrationId, topic, count }: Parameters<Notices['add']>[0],
    { now, dueAt, pauseMs }: NoticePace,
  ): Promise<{ isFirst: boolean; dueAt: Date }> {
    const pause = sql`${pauseMs} * interval '1 millisecond'`;
    const [row] = await this.tx
      .insert(notices)
      .values({
        tenantId: this.tenantId,
        administrationId,
        topic,
        waiting: count,
        received: count,
        lastAt: now,
        dueAt,
      })
      .onConflictDoUpdate({
        target: [notices.tenantId, notices.administrationId, notices.topic],
        set: {
          waiting: sql`${notices.waiting} + excluded.waiting`,
          received: sql`${notices.received} + excluded.received`,
          lastAt: sql`excluded.last_at`,
          dueAt: sql`coalesce(${notices.dueAt}, greatest(excluded.due_at, ${notices.fetchedAt} + ${pause}))`,
        },
      })
      .returning({ waiting: notices.waiting, dueAt: notices.dueAt });
    return { isFirst: row?.waiting === count, dueAt: row?.dueAt ?? dueAt };
  }

  async findWaitingForUpdate(): Promise<WaitingNotice[]> {
    const rows = await this.tx
      .select()
      .from(notices)
      .where(isNotNull(notices.dueAt))
      .orderBy(asc(notices.dueAt), asc(notices.administrationId), asc(notices.topic))
      .for('update');
    return rows.map((row) => ({
      administrationId: asId(row.administrationId),
      topic: row.topic as WaitingNotice['topic'], // our own rows
      waiting: row.waiting,
      dueAt: row.dueAt ?? row.lastAt, // never null: the condition above
    }));
  }

  async take(notice: WaitingNotice, now: Date): Promise<void> {
    await this.tx.update(notices).set({ waiting: 0, dueAt: null, fetchedAt: now }).where(rowOf(notice));
  }

  async postpone(notice: WaitingNotice, dueAt: Date): Promise<void> {
    await this.tx.update(notices).set({ dueAt }).where(rowOf(notice));
  }
}

function rowOf({ administrationId, topic }: WaitingNotice) {
  return and(eq(notices.administrationId, administrationId), eq(notices.topic, topic));
}
