import type { Migration } from '@florin/database';

type Db = Parameters<Exclude<Migration['up'][number], string>>[0];

const BATCH_SIZE = 500;
const WITHOUT_REASON = (state: string) => `CAST(JSON_REMOVE(${state}, '$.reason') AS CHAR)`;

/**
 * What staff write about a user, beside the append-only tables: `id` is the adjustment that the text explains. Rows are deleted when
 * the user is erased.
 */
const table = `CREATE TABLE IF NOT EXISTS personal_texts (
  id BINARY(16) NOT NULL PRIMARY KEY,
  user_id BINARY(16) NOT NULL,
  text VARCHAR(500) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  KEY personal_texts_user (user_id)
) ENGINE=InnoDB`;

/** For the release before, which writes reasons into adjustments and the audit log, and deletes no texts. */
const triggers = [
  `CREATE TRIGGER adjustments_text BEFORE INSERT ON adjustments FOR EACH ROW
    IF NEW.reason <> '' THEN
      IF NOT EXISTS (SELECT 1 FROM erased_users WHERE user_id = NEW.user_id) THEN
        INSERT INTO personal_texts (id, user_id, text) VALUES (NEW.id, NEW.user_id, NEW.reason);
      END IF;
      SET NEW.reason = '';
    END IF`,
  `CREATE TRIGGER audit_log_text BEFORE INSERT ON audit_log FOR EACH ROW
    IF NEW.action = 'wallet.adjust' AND NEW.state_after LIKE '%"reason"%' THEN
      SET NEW.state_after = ${WITHOUT_REASON('NEW.state_after')};
    END IF`,
  `CREATE TRIGGER erased_users_texts AFTER INSERT ON erased_users FOR EACH ROW
    DELETE FROM personal_texts WHERE user_id = NEW.user_id`,
].flatMap((create) => [`DROP TRIGGER IF EXISTS ${/TRIGGER (\w+)/.exec(create)?.[1]}`, create]);

type Columns = Readonly<Record<'of' | 'changed' | 'kept', string>>;

/** Lets an UPDATE pass that takes the reason away and changes nothing else. */
function moveOnly({ of, changed, kept }: Columns): string[] {
  const same = kept.split(' ').map((column) => `NEW.${column} <=> OLD.${column}`);
  return [
    `DROP TRIGGER IF EXISTS ${of}_move_only`,
    `CREATE TRIGGER ${of}_move_only BEFORE UPDATE ON ${of} FOR EACH ROW
      IF NOT (${[changed, ...same].join(' AND ')}) THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '${of}: only a reason moves'; END IF`,
    `DROP TRIGGER IF EXISTS ${of}_no_update`,
  ];
}

/** As the migrations 0003 and 0002 made them. */
const noUpdateOfAdjustments = `CREATE TRIGGER adjustments_no_update BEFORE UPDATE ON adjustments FOR EACH ROW
    IF TRUE THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'adjustments are append-only'; END IF`;
const noUpdateOfAuditLog = `CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log
      FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'audit_log is append-only'`;

const moveAdjustments = inBatches("SELECT id FROM adjustments WHERE id > ? AND reason <> '' ORDER BY id LIMIT ?", [
  `INSERT INTO personal_texts (id, user_id, text, created_at)
     SELECT a.id, a.user_id, a.reason, a.created_at FROM adjustments a
      WHERE a.id IN (?) AND a.reason <> '' AND NOT EXISTS (SELECT 1 FROM erased_users e WHERE e.user_id = a.user_id)`,
  "UPDATE adjustments SET reason = '' WHERE id IN (?)",
]);

const moveAuditEntries = inBatches(
  `SELECT id FROM audit_log WHERE action = 'wallet.adjust' AND id > ? AND state_after LIKE '%"reason"%' ORDER BY id LIMIT ?`,
  [`UPDATE audit_log SET state_after = ${WITHOUT_REASON('state_after')} WHERE id IN (?)`],
);

function inBatches(find: string, steps: readonly string[]): (db: Db) => Promise<void> {
  return async (db) => {
    let after: Buffer | undefined = Buffer.alloc(0);
    while (after !== undefined) {
      const [rows] = (await db.raw(find, [after, BATCH_SIZE])) as unknown as [{ id: Buffer }[]];
      const ids = rows.map(({ id }) => id);
      if (ids.length > 0)
        await db.transaction(async (trx) => {
          for (const step of steps) await trx.raw(step, [ids]);
        });
      after = ids.at(-1);
    }
  };
}

export const personalTexts: Migration = {
  name: '0011-personal-texts',
  reviewed: {
    adjustments_text: 'moves the reason that an older instance inserts; the older instance shows an empty reason',
    audit_log_text: 'takes the reason out of what an older instance inserts; no older instance reads it',
    erased_users_texts: 'deletes rows that older instances do not know',
  },
  up: [
    table,
    ...triggers,
    ...moveOnly({
      of: 'adjustments',
      changed: "NEW.reason = ''",
      kept: 'id wallet_id user_id amount_minor currency transfer_id balance_after_minor adjusted_by idempotency_key request_hash created_at sent_hash',
    }),
    moveAdjustments,
    noUpdateOfAdjustments,
    'DROP TRIGGER adjustments_move_only',
    ...moveOnly({
      of: 'audit_log',
      changed: `OLD.action = 'wallet.adjust' AND NEW.state_after = ${WITHOUT_REASON('OLD.state_after')}`,
      kept: 'id actor_id action subject state_before request_id created_at',
    }),
    moveAuditEntries,
    noUpdateOfAuditLog,
    'DROP TRIGGER audit_log_move_only',
  ],
};
