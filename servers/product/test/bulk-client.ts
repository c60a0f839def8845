import { newId } from '@florin/database';
import type { Answer } from '@florin/testing';
import type { ProductPlatform } from './product-platform.ts';

export type RowResult = {
  row: number;
  outcome: string;
  sku: string | null;
  productId?: string;
  code?: string;
  errors?: { path: string; message: string }[];
  stock?: { before: number; after: number };
};

export type BulkClient = {
  categoryId: string;
  /** Sends a file as staff. */
  send(file: string | Uint8Array, options?: { type?: string; query?: string; key?: string }): Promise<Answer>;
  /** Sends a file and returns the results of its rows. */
  rows(file: string | Uint8Array, options?: { type?: string; query?: string; key?: string }): Promise<RowResult[]>;
  /** Downloads the export. */
  take(query?: string): Promise<string>;
  /** Reads a product from the database. */
  bySku(sku: string): Promise<Record<string, unknown> | undefined>;
  newSku(): string;
};

export const NDJSON = 'application/x-ndjson';

/** A client for imports and exports, with the token of staff. */
export async function createBulkClient(platform: ProductPlatform): Promise<BulkClient> {
  const { token } = platform.staff;
  const category = await platform.call('POST', '/v1/categories', { token, body: { name: `Tea ${newId()}` } });
  const address = (path: string): string => `http://127.0.0.1:${platform.service.port()}/v1/products/${path}`;

  const send: BulkClient['send'] = async (file, { type = 'text/csv', query = '', key = newId() } = {}) => {
    const response = await fetch(address(`import${query}`), {
      method: 'POST',
      body: typeof file === 'string' ? file : new Uint8Array(file),
      headers: { authorization: `Bearer ${token}`, 'content-type': type, 'idempotency-key': key },
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Answer['body'] };
  };

  return {
    categoryId: String(category.body.data.id),
    send,
    async rows(file, options) {
      const sent = await send(file, options);
      if (sent.body.data === undefined) throw new Error(JSON.stringify(sent.body));
      const rows: RowResult[] = [];
      for (let cursor = ''; ; ) {
        const path = `/v1/product-imports/${sent.body.data.id}/rows?limit=100${cursor && `&cursor=${cursor}`}`;
        const { body } = await platform.call('GET', path, { token });
        rows.push(...(body.data as RowResult[]));
        if (body.page.nextCursor === null) return rows;
        cursor = String(body.page.nextCursor);
      }
    },
    async take(query = '') {
      const response = await fetch(address(`export${query}`), { headers: { authorization: `Bearer ${token}` } });
      // text() would remove a byte order mark.
      return Buffer.from(await response.arrayBuffer()).toString();
    },
    async bySku(sku) {
      const [row] = await platform.database.db('products').where({ sku });
      return row as Record<string, unknown> | undefined;
    },
    newSku: () => `S-${newId().slice(-12)}`,
  };
}
