import { openConnection } from '@florin/database';
import { type ServiceName, serviceNames } from '../platform/service-names.ts';

type Size = { purchases: number };

const USERS = 2_500;
const PRODUCTS = 100;
const OPENING = 1_000_000_000;
const PRICE = 10;
const STOCK = 100_000_000;

/**
 * Fills migrated databases with consistent purchases, in a few large statements. Each user made one purchase after the
 * other. The purchases of every tenth user, which are those of every tenth product, were declined and gave their stock back.
 */
export async function fillDatabases(urls: Record<ServiceName, string>, { purchases }: Size): Promise<void> {
  await Promise.all(serviceNames.map((service) => fillDatabase(urls[service], statements[service] ?? [], { purchases })));
}

async function fillDatabase(url: string, inserts: readonly string[], { purchases }: Size): Promise<void> {
  const connection = await openConnection(url, { idleTimeoutS: 60, silenceTimeoutMs: 0 });
  try {
    await connection.query('CREATE TEMPORARY TABLE numbers (n INT NOT NULL PRIMARY KEY)');
    await connection.query(`INSERT INTO numbers SELECT n FROM (${sixDigits}) AS counted WHERE n < ?`, [purchases]);
    for (const statement of inserts) await connection.query(statement);
  } finally {
    await connection.end();
  }
}

const digit = Array.from({ length: 10 }, (_, value) => `SELECT ${value} AS d`).join(' UNION ALL ');
const places = [1, 10, 100, 1_000, 10_000, 100_000];
const sixDigits = `SELECT ${places.map((place) => `p${place}.d * ${place}`).join(' + ')} AS n
  FROM ${places.map((place) => `(${digit}) AS p${place}`).join(' CROSS JOIN ')}`;

const user = id('01', 'n');
const wallet = id('02', 'n');
const product = id('03', 'n');
const buyer = id('01', `n % ${USERS}`);
const buyersWallet = id('02', `n % ${USERS}`);
const bought = id('03', `n % ${PRODUCTS}`);
const purchase = id('04', 'n');
const charge = id('06', 'n');
const isDeclined = 'n % 10 = 9';
/** How many purchases the buyer, or the product, had before this one. */
const buyersEarlier = `FLOOR(n / ${USERS})`;
const productsEarlier = `FLOOR(n / ${PRODUCTS})`;
const charges = `IF(n % 10 = 9, 0, (SELECT COUNT(*) FROM payments WHERE user_id = ${user}))`;

const statements: Partial<Record<ServiceName, string[]>> = {
  auth: [
    `INSERT INTO users (id, email, password_hash, roles, version, created_at)
     SELECT ${user}, CONCAT('user-', n, '@example.com'), 'none', 'buyer', 1, UTC_TIMESTAMP(3) FROM numbers WHERE n < ${USERS}`,
  ],
  payment: [
    `INSERT INTO wallets (id, user_id, currency, balance_minor, spend_limit_minor, version, entry_sequence)
     SELECT ${wallet}, ${user}, 'EUR', ${OPENING}, 1000000, 1, 1 FROM numbers WHERE n < ${USERS}`,
    `INSERT INTO transfers (id, type, amount_minor, currency)
     SELECT ${id('05', 'n')}, 'opening-credit', ${OPENING}, 'EUR' FROM numbers WHERE n < ${USERS}`,
    `INSERT INTO transfers (id, type, amount_minor, currency, purchase_id)
     SELECT ${charge}, 'purchase', ${PRICE}, 'EUR', ${purchase} FROM numbers WHERE NOT ${isDeclined}`,
    `INSERT INTO ledger_entries (transfer_id, line, account, wallet_id, amount_minor, currency, sequence, balance_after_minor)
     SELECT ${id('05', 'n')}, 1, 'wallet', ${wallet}, ${OPENING}, 'EUR', 1, ${OPENING} FROM numbers WHERE n < ${USERS}`,
    `INSERT INTO ledger_entries (transfer_id, line, account, amount_minor, currency)
     SELECT ${id('05', 'n')}, 2, 'opening-credit', -${OPENING}, 'EUR' FROM numbers WHERE n < ${USERS}`,
    `INSERT INTO ledger_entries (transfer_id, line, account, wallet_id, amount_minor, currency, sequence, balance_after_minor)
     SELECT ${charge}, 1, 'wallet', ${buyersWallet}, -${PRICE}, 'EUR', ${buyersEarlier} + 2,
       ${OPENING} - (${buyersEarlier} + 1) * ${PRICE} FROM numbers WHERE NOT ${isDeclined}`,
    `INSERT INTO ledger_entries (transfer_id, line, account, amount_minor, currency)
     SELECT ${charge}, 2, 'sales', ${PRICE}, 'EUR' FROM numbers WHERE NOT ${isDeclined}`,
    `INSERT INTO payments (id, purchase_id, user_id, wallet_id, status, amount_minor, currency, decline_reason, charge_transfer_id, version)
     SELECT ${id('07', 'n')}, ${purchase}, ${buyer}, IF(${isDeclined}, NULL, ${buyersWallet}), IF(${isDeclined}, 'declined', 'charged'),
       ${PRICE}, 'EUR', IF(${isDeclined}, 'INSUFFICIENT_FUNDS', NULL), IF(${isDeclined}, NULL, ${charge}), 1 FROM numbers`,
    `UPDATE wallets JOIN (SELECT ${wallet} AS id, ${charges} AS charges FROM numbers WHERE n < ${USERS}) AS used ON used.id = wallets.id
        SET balance_minor = balance_minor - charges * ${PRICE}, entry_sequence = 1 + charges, version = 1 + charges`,
  ],
  product: [
    `INSERT INTO categories (id, name, description, created_at, updated_at)
     VALUES (REPEAT('c', 16), 'All', '', UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))`,
    `INSERT INTO products (id, category_id, name, description, price_minor, currency, stock, created_at, updated_at)
     SELECT ${product}, REPEAT('c', 16), CONCAT('product ', n), '', ${PRICE}, 'EUR', ${STOCK}, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3)
       FROM numbers WHERE n < ${PRODUCTS}`,
    `INSERT INTO purchases (id, user_id, status, total_minor, currency, decline_reason, idempotency_key, request_hash, created_at, updated_at)
     SELECT ${purchase}, ${buyer}, IF(${isDeclined}, 'declined', 'paid'), ${PRICE}, 'EUR',
       IF(${isDeclined}, 'INSUFFICIENT_FUNDS', NULL), CONCAT('key-', n), REPEAT('h', 32), UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) FROM numbers`,
    `INSERT INTO purchase_items (purchase_id, position, product_id, name, quantity, unit_price_minor)
     SELECT ${purchase}, 0, ${bought}, 'a product', 1, ${PRICE} FROM numbers`,
    `INSERT INTO stock_movements (id, product_id, delta, reason, stock_after, created_at)
     SELECT ${id('08', 'n')}, ${product}, ${STOCK}, 'opening', ${STOCK}, UTC_TIMESTAMP(3) FROM numbers WHERE n < ${PRODUCTS}`,
    `INSERT INTO stock_movements (id, product_id, delta, reason, stock_after, purchase_id, created_at)
     SELECT ${id('09', 'n')}, ${bought}, -1, 'sale', ${STOCK} - 1 - IF(${isDeclined}, 0, ${productsEarlier}), ${purchase}, UTC_TIMESTAMP(3)
       FROM numbers`,
    `INSERT INTO stock_movements (id, product_id, delta, reason, stock_after, purchase_id, created_at)
     SELECT ${id('0a', 'n')}, ${bought}, 1, 'return', ${STOCK}, ${purchase}, UTC_TIMESTAMP(3) FROM numbers WHERE ${isDeclined}`,
    `UPDATE products JOIN (SELECT product_id, SUM(delta) AS moved FROM stock_movements GROUP BY product_id) AS moves
         ON moves.product_id = products.id SET stock = moved`,
    `INSERT INTO purchase_timeline (purchase_id, at, type, service, event_id)
     SELECT ${purchase}, UTC_TIMESTAMP(3), 'purchase-requested', 'product', REPEAT('e', 16) FROM numbers`,
    `INSERT INTO purchase_timeline (purchase_id, at, type, service, event_id)
     SELECT ${purchase}, UTC_TIMESTAMP(3), IF(${isDeclined}, 'purchase-declined', 'purchase-paid'), 'payment', REPEAT('e', 16) FROM numbers`,
    `INSERT INTO buyer_limits (user_id, currency, available_minor, spend_limit_minor, status, version)
     SELECT user_id, 'EUR', ${OPENING} - SUM(IF(status = 'paid', total_minor, 0)), 1000000, 'active', 1 + SUM(status = 'paid')
       FROM purchases GROUP BY user_id`,
  ],
};

/** Ids in the order of the numbers, as those that time orders are. */
function id(kind: string, number: string): string {
  return `UNHEX(CONCAT('${kind}', LPAD(HEX(${number}), 30, '0')))`;
}
