import type { Knex } from 'knex';

/** Spread evenly over this number of days up to today. */
const DAYS = 100;
const USERS = 10_000;
const AT_ONCE = 100_000;

/**
 * Fills product's database with this number of purchases of one item each, and with their sales. The server makes the rows.
 * The newest are in progress, the others mostly delivered. Few products and users have most of them.
 */
export async function growPurchases(db: Knex, purchases: number): Promise<void> {
  await db.raw(
    `CREATE TEMPORARY TABLE shelf AS SELECT ROW_NUMBER() OVER (ORDER BY id) - 1 AS number, id, name, price_minor FROM products`,
  );
  await db.raw('ALTER TABLE shelf ADD PRIMARY KEY (number)');
  const [[{ products }]] = (await db.raw('SELECT COUNT(*) AS products FROM shelf')) as [[{ products: number }]];
  await db.raw(
    `CREATE TEMPORARY TABLE drawn (
      number INT NOT NULL PRIMARY KEY, id BINARY(16) NOT NULL, user_id BINARY(16) NOT NULL, shelf INT NOT NULL,
      quantity INT NOT NULL, status VARCHAR(10) NOT NULL, at DATETIME(3) NOT NULL
    ) ENGINE=InnoDB`,
  );
  const startMs = Date.now() - DAYS * 86_400_000;
  for (let first = 0; first < purchases; first += AT_ONCE) {
    await db.raw('DELETE FROM drawn');
    await draw(db, { first, count: Math.min(AT_ONCE, purchases - first), purchases, products, startMs });
    await db.transaction(insertDrawn);
  }
}

type Draw = { first: number; count: number; purchases: number; products: number; startMs: number };

/** Makes ids in the layout of UUIDv7: 48 bits of milliseconds, then unique bits. */
async function draw(db: Knex, { first, count, purchases, products, startMs }: Draw): Promise<void> {
  const everyMs = (DAYS * 86_400_000) / purchases;
  await db.raw(
    `INSERT INTO drawn
     SELECT n, CONCAT(UNHEX(LPAD(HEX(ms), 12, '0')), UNHEX(SUBSTR(SHA2(n, 256), 1, 20))), UNHEX(SUBSTR(SHA2(FLOOR(POW(RAND(1), 2) * ${USERS}), 256), 1, 32)),
       FLOOR(POW(RAND(2), 2) * ?), 1 + FLOOR(RAND(3) * 3),
       CASE WHEN ? - n <= 200 THEN 'requested' WHEN ? - n <= 3000 THEN 'paid' WHEN ? - n <= 8000 THEN 'shipped'
         WHEN n % 25 = 0 THEN 'declined' WHEN n % 33 = 0 THEN 'cancelled' ELSE 'delivered' END,
       FROM_UNIXTIME(ms / 1000)
     FROM (SELECT n, FLOOR(? + n * ?) AS ms FROM (${numbers(first, count)}) AS counted) AS timed`,
    [products, purchases, purchases, purchases, startMs, everyMs],
  );
}

function numbers(first: number, count: number): string {
  const digit = Array.from({ length: 10 }, (_, value) => `SELECT ${value} AS d`).join(' UNION ALL ');
  const places = String(AT_ONCE).length - 1;
  const sum = Array.from({ length: places }, (_, place) => `${10 ** place} * d${place}.d`).join(' + ');
  const joined = Array.from({ length: places }, (_, place) => `(${digit}) AS d${place}`).join(' CROSS JOIN ');
  return `SELECT ${first} + ${sum} AS n FROM ${joined} HAVING n < ${first + count}`;
}

async function insertDrawn(trx: Knex.Transaction): Promise<void> {
  await trx.raw(
    `INSERT INTO purchases (id, user_id, status, total_minor, currency, decline_reason, idempotency_key, request_hash, created_at, updated_at)
     SELECT drawn.id, user_id, status, quantity * price_minor, 'EUR', IF(status = 'declined', 'INSUFFICIENT_FUNDS', NULL),
       drawn.id, REPEAT('x', 32), at, at
     FROM drawn JOIN shelf ON shelf.number = drawn.shelf ORDER BY drawn.number`,
  );
  await trx.raw(
    `INSERT INTO purchase_items (purchase_id, position, product_id, name, quantity, unit_price_minor)
     SELECT drawn.id, 0, shelf.id, name, quantity, price_minor
     FROM drawn JOIN shelf ON shelf.number = drawn.shelf ORDER BY drawn.number`,
  );
  await trx.raw(
    `INSERT INTO stock_movements (id, product_id, delta, reason, stock_after, purchase_id, created_at)
     SELECT drawn.id, shelf.id, -quantity, 'sale', 1, drawn.id, at
     FROM drawn JOIN shelf ON shelf.number = drawn.shelf ORDER BY drawn.number`,
  );
}
