import type { Connection } from 'mysql2/promise';
import { connectToServer } from './open-database.ts';

/**
 * Ends the statement that runs on a connection, by a second connection. The server would otherwise finish it, also after the
 * connection was closed. Does nothing if none runs.
 *
 * @param url the address with which the connection was opened: a database user may end the statements of the same user
 */
export async function killStatement(connection: Connection, url: string): Promise<void> {
  const other = await connectToServer(url);
  try {
    await other.query(`KILL QUERY ${Number(connection.threadId)}`);
  } finally {
    other.destroy();
  }
}
