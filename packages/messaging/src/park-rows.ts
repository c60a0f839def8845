import { idText } from '@florin/database';
import type { Logger } from '@florin/runtime';
import type { Connection, ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import type { OutboxRow } from './read-outbox.ts';

/**
 * Maximum number of parked keys. Beyond it the fault is unlikely to lie in single rows, and the relay waits as for an
 * unavailable broker.
 */
const MAX_PARKED_KEYS = 1_000;
const MAX_REASON_LENGTH = 1_000;

export type Parking = {
  /**
   * Parks the rows that follow a parked row of the same key.
   *
   * @returns the other rows; undefined if a key was released meanwhile: its rows are in the outbox again, so read the outbox
   *   anew
   */
  parkFollowers(rows: readonly OutboxRow[]): Promise<readonly OutboxRow[] | undefined>;
  /** Parks a row that the broker refuses. Later rows of its key will be parked behind it. */
  parkRefused(row: OutboxRow, reason: string): Promise<void>;
};

/**
 * Moves rows from the outbox to `parked_outbox`, for the active relay. Only the active relay parks rows, so it caches the parked
 * keys. Operators may release a key at any time; the relay notices when it locks the key to park more rows.
 *
 * A row is parked if `parked_outbox` has a row with a lower id of the same topic and key. Ids are kept, so that released rows
 * precede later ones.
 */
export async function openParking(connection: Connection, logger: Logger): Promise<Parking> {
  let firstParked = await readFirstParked(connection);
  const isFollower = (row: OutboxRow): boolean => (firstParked.get(placeOf(row)) ?? Number.POSITIVE_INFINITY) < row.id;
  return {
    async parkFollowers(rows) {
      const followers = firstParked.size === 0 ? [] : rows.filter(isFollower);
      if (followers.length === 0) return rows;
      const others = rows.filter((row) => !isFollower(row));
      const areParked = await inTransaction(connection, async () => {
        if (!(await areStillParked(connection, followers))) return false;
        await moveRows(connection, followers, null);
        return true;
      });
      firstParked = await readFirstParked(connection);
      return areParked ? others : undefined;
    },
    async parkRefused(row, reason) {
      if (firstParked.size >= MAX_PARKED_KEYS)
        throw new Error(
          `${MAX_PARKED_KEYS} keys are parked and the broker refuses more (${reason}): it is no fault of single rows`,
        );
      const eventId = await inTransaction(connection, async () => {
        const id = await readEventId(connection, row);
        await moveRows(connection, [row], reason.slice(0, MAX_REASON_LENGTH));
        return id;
      });
      firstParked = await readFirstParked(connection);
      const { topic, bytes } = row;
      logger.error('an event is parked: the broker refuses it, and later ones of its key wait', {
        eventId,
        topic,
        bytes,
        reason,
      });
    },
  };
}

type FirstParked = ReadonlyMap<string, number>;

async function readFirstParked(connection: Connection): Promise<FirstParked> {
  const [keys] = await connection.query<(RowDataPacket & { topic: string; message_key: Buffer; first_id: number })[]>(
    'SELECT topic, message_key, MIN(id) AS first_id FROM parked_outbox GROUP BY topic, message_key',
  );
  return new Map(keys.map((key) => [placeOf(key), key.first_id]));
}

/** Locks the first parked row of each key, so that no operator releases the key while rows are parked behind it. */
async function areStillParked(connection: Connection, followers: readonly OutboxRow[]): Promise<boolean> {
  const firsts = new Map(followers.toReversed().map((row) => [placeOf(row), row]));
  for (const { topic, message_key, id } of firsts.values()) {
    const [[first]] = await connection.query<(RowDataPacket & { id: number })[]>(
      'SELECT id FROM parked_outbox WHERE topic = ? AND message_key = ? ORDER BY id LIMIT 1 FOR UPDATE',
      [topic, message_key],
    );
    if (first === undefined || first.id > id) return false;
  }
  return true;
}

/** Moves rows inside the server, because a payload may be larger than a statement. */
async function moveRows(connection: Connection, rows: readonly OutboxRow[], reason: string | null): Promise<void> {
  const ids = rows.map(({ id }) => id);
  const [{ affectedRows: moved }] = await connection.query<ResultSetHeader>(
    `INSERT INTO parked_outbox (id, event_id, topic, message_key, type, payload, created_at, reason)
     SELECT id, event_id, topic, message_key, type, payload, created_at, ? FROM outbox WHERE id IN (?) ORDER BY id`,
    [reason, ids],
  );
  await connection.query('DELETE FROM outbox WHERE id IN (?) ORDER BY id LIMIT ?', [ids, ids.length]);
  if (moved !== ids.length) throw new Error(`${moved} of ${ids.length} outbox rows could be parked: somebody else deletes them`);
}

async function readEventId(connection: Connection, { id }: OutboxRow): Promise<string> {
  const [[row]] = await connection.query<(RowDataPacket & { event_id: Buffer })[]>('SELECT event_id FROM outbox WHERE id = ?', [
    id,
  ]);
  return row === undefined ? '' : idText(row.event_id);
}

/** Has no rollback: an error closes the connection of the relay. */
async function inTransaction<T>(connection: Connection, work: () => Promise<T>): Promise<T> {
  await connection.beginTransaction();
  const result = await work();
  await connection.commit();
  return result;
}

function placeOf({ topic, message_key }: { topic: string; message_key: Buffer }): string {
  return `${topic} ${message_key.toString('latin1')}`;
}
