import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connectionOptions } from '@florin/database';
import { type ProductRow, presentProduct } from '@florin/product-server/catalogue';
import { createPool, type RowDataPacket } from 'mysql2/promise';
import type { Statement } from '../capture-statements.ts';

/** The lower bound of a list's cost: the statements of each path on a pool of the service's size, and the rows as JSON. */
export type BareSpec = { databaseUrl: string; answers: readonly { path: string; statements: readonly Statement[] }[] };

const POOL_MAX = 20;

process.on('message', ({ databaseUrl, answers }: BareSpec) => {
  const pool = createPool({ ...connectionOptions(databaseUrl), connectionLimit: POOL_MAX });
  const byPath = new Map(answers.map(({ path, statements }) => [path, statements]));
  const server = createServer((request, response) => {
    void answer(request.url ?? '').then((body) => {
      response.setHeader('content-type', 'application/json');
      response.end(body);
    });
  });
  const answer = async (path: string): Promise<string> => {
    let rows: RowDataPacket[] = [];
    for (const { sql, bindings } of byPath.get(path) ?? [])
      [rows] = await pool.query<RowDataPacket[]>(sql, bindings.map(revived) as unknown[]);
    return JSON.stringify({ data: rows.slice(0, 20).map((row) => presentProduct(row as unknown as ProductRow)) });
  };
  server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
});

/** Restores the Buffers that JSON between processes has turned into objects. */
function revived(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revived);
  const isBytes = typeof value === 'object' && value !== null && 'data' in value;
  return isBytes ? Buffer.from((value as { data: number[] }).data) : value;
}
