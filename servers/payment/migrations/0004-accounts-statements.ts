import type { Migration } from '@florin/database';
import type { Knex } from 'knex';

const ascii = 'CHARACTER SET ascii COLLATE ascii_bin';

/**
 * Who posts holds the newest row, shared, to the end of the transaction; see ledger/end-period.ts. `closed_at`: nothing is posted to
 * it any more. `summed_at`: its snapshot is there.
 */
const periods = [
  `CREATE TABLE ledger_periods (
    number BIGINT NOT NULL PRIMARY KEY,
    opened_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    closed_at DATETIME(3) NULL,
    summed_at DATETIME(3) NULL,
    CONSTRAINT ledger_periods_number CHECK (number >= 0),
    CONSTRAINT ledger_periods_summed CHECK (summed_at IS NULL OR closed_at IS NOT NULL)
  ) ENGINE=InnoDB`,
  'INSERT INTO ledger_periods (number) VALUES (0)',
];

/** What each account came to when a period had ended: all of its entries of that period and of those before it. */
const snapshots = `CREATE TABLE ledger_snapshots (
  period_number BIGINT NOT NULL,
  account VARCHAR(32) ${ascii} NOT NULL,
  currency CHAR(3) ${ascii} NOT NULL,
  debit_minor DECIMAL(38, 0) NOT NULL,
  credit_minor DECIMAL(38, 0) NOT NULL,
  entries BIGINT NOT NULL,
  PRIMARY KEY (period_number, account, currency),
  CONSTRAINT ledger_snapshots_period FOREIGN KEY (period_number) REFERENCES ledger_periods (number),
  CONSTRAINT ledger_snapshots_sums CHECK (debit_minor >= 0 AND credit_minor >= 0 AND entries >= 0)
) ENGINE=InnoDB`;

const periodOfTransfers = [
  'ALTER TABLE transfers ADD COLUMN period_number BIGINT NOT NULL DEFAULT 0, ADD KEY transfers_period (period_number)',
  // In the database, since an instance of the release before this one posts beside it.
  `CREATE TRIGGER transfers_period BEFORE INSERT ON transfers FOR EACH ROW
   BEGIN
     DECLARE newest BIGINT;
     DECLARE closed DATETIME(3);
     DECLARE looks INT DEFAULT 0;
     REPEAT
       SELECT number, closed_at INTO newest, closed FROM ledger_periods ORDER BY number DESC LIMIT 1 LOCK IN SHARE MODE;
       SET looks = looks + 1;
     UNTIL closed IS NULL OR looks = 100 END REPEAT;
     IF closed IS NOT NULL THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the newest ledger period is closed'; END IF;
     SET NEW.period_number = newest;
   END`,
];

/** `type`: of the transfer, so that a statement of one type is a range of an index. */
const typeOfEntries = `ALTER TABLE ledger_entries
  ADD COLUMN type VARCHAR(32) ${ascii} NULL,
  ADD KEY ledger_entries_wallet_type (wallet_id, type, sequence)`;

/** A wallet's entries never go back in time, though the clock may: whatever is asked by time is a range of their sequence. */
const booking = `CREATE TRIGGER ledger_entries_booking BEFORE INSERT ON ledger_entries FOR EACH ROW
  BEGIN
    IF NEW.type IS NULL THEN
      SET NEW.type = (SELECT t.type FROM transfers t WHERE t.id = NEW.transfer_id);
    END IF;
    IF NEW.sequence > 1 THEN
      SET NEW.created_at = GREATEST(NEW.created_at, COALESCE(
        (SELECT e.created_at FROM ledger_entries e WHERE e.wallet_id = NEW.wallet_id AND e.sequence = NEW.sequence - 1),
        NEW.created_at));
    END IF;
  END`;

const refusal = `SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'ledger_entries is append-only'`;

/** While the types of what was posted before are filled in, nothing else of it may change. */
const onlyTypes = [
  `CREATE TRIGGER ledger_entries_only_typed BEFORE UPDATE ON ledger_entries FOR EACH ROW
   IF OLD.type IS NOT NULL OR NOT (NEW.transfer_id = OLD.transfer_id AND NEW.line = OLD.line AND NEW.account = OLD.account
      AND NEW.wallet_id <=> OLD.wallet_id AND NEW.amount_minor = OLD.amount_minor AND NEW.currency = OLD.currency
      AND NEW.sequence <=> OLD.sequence AND NEW.balance_after_minor <=> OLD.balance_after_minor
      AND NEW.created_at = OLD.created_at) THEN ${refusal}; END IF`,
  'DROP TRIGGER ledger_entries_no_update',
];
const nothingAgain = [
  `CREATE TRIGGER ledger_entries_no_update BEFORE UPDATE ON ledger_entries FOR EACH ROW ${refusal}`,
  'DROP TRIGGER ledger_entries_only_typed',
];

const PAGE = 5_000;

/** In pages, so that no transaction holds many rows of a ledger that goes on moving. */
async function fillTypes(db: Knex): Promise<void> {
  let after: Buffer = Buffer.alloc(16);
  for (;;) {
    const page: { transfer_id: Buffer }[] = await db('ledger_entries')
      .where('transfer_id', '>', after)
      .orderBy('transfer_id')
      .orderBy('line')
      .limit(PAGE)
      .select('transfer_id');
    const last = page.at(-1)?.transfer_id;
    if (last === undefined) return;
    await db.raw(
      `UPDATE ledger_entries e JOIN transfers t ON t.id = e.transfer_id SET e.type = t.type
        WHERE e.transfer_id > ? AND e.transfer_id <= ? AND e.type IS NULL`,
      [after, last],
    );
    after = last;
  }
}

/** For staff's list. What changes with each purchase is in neither. */
const lists = 'ALTER TABLE wallets ADD KEY wallets_status (status, id), ADD KEY wallets_currency (currency, id)';

export const accountsStatements: Migration = {
  name: '0004-accounts-statements',
  reviewed: {
    transfers_period: 'fills in a column that the release before does not know',
    ledger_entries_booking: 'fills in a column that the release before does not know; it relies on no order of times',
  },
  up: [...periods, snapshots, ...periodOfTransfers, typeOfEntries, booking, ...onlyTypes, fillTypes, ...nothingAgain, lists],
};
