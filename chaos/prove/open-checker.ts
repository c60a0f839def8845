import { connectToServer } from '@florin/database';
import type { RowDataPacket } from 'mysql2/promise';
import type { ServiceName } from '../../ops/platform/service-names.ts';

/** Reads all databases directly, without the services and the proxies. */
export type Checker = {
  /** `{auth}`, `{product}` and `{payment}` are replaced by the names of the databases. */
  rows<T extends object>(sql: string): Promise<T[]>;
  close(): Promise<void>;
};

/** @param databaseUrl URL of the administrator, who can read all of them */
export async function openChecker(databaseUrl: string, prefix: string): Promise<Checker> {
  const connection = await connectToServer(databaseUrl);
  await connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
  return {
    async rows<T extends object>(sql: string): Promise<T[]> {
      const named = sql.replace(/\{(\w+)\}/g, (_, service: ServiceName) => `\`${prefix}_${service}\``);
      const [rows] = await connection.query<RowDataPacket[]>(named);
      return rows as unknown as T[];
    },
    close: () => connection.end(),
  };
}
