import type { Migration } from '@florin/database';

type Db = Parameters<Exclude<Migration['up'][number], string>>[0];

/** Each category with itself (distance 0) and with each category above it. */
const table = `CREATE TABLE IF NOT EXISTS category_ancestors (
  ancestor_id BINARY(16) NOT NULL,
  descendant_id BINARY(16) NOT NULL,
  distance TINYINT UNSIGNED NOT NULL,
  PRIMARY KEY (ancestor_id, descendant_id),
  KEY category_ancestors_descendant (descendant_id, distance)
) ENGINE=InnoDB`;

/** Triggers, because instances of the release before create, move and delete categories and do not know the table. */
const triggers = [
  `CREATE TRIGGER categories_insert_ancestors AFTER INSERT ON categories FOR EACH ROW
    INSERT INTO category_ancestors (ancestor_id, descendant_id, distance)
      SELECT ancestor_id, NEW.id, distance + 1 FROM category_ancestors WHERE descendant_id = NEW.parent_id
      UNION ALL SELECT NEW.id, NEW.id, 0`,
  `CREATE TRIGGER categories_update_ancestors AFTER UPDATE ON categories FOR EACH ROW
    IF NOT (NEW.parent_id <=> OLD.parent_id) THEN
      DELETE above FROM category_ancestors above
        JOIN category_ancestors below ON below.descendant_id = above.descendant_id AND below.ancestor_id = NEW.id
       WHERE above.distance > below.distance;
      INSERT INTO category_ancestors (ancestor_id, descendant_id, distance)
        SELECT above.ancestor_id, below.descendant_id, above.distance + below.distance + 1
          FROM category_ancestors above JOIN category_ancestors below ON below.ancestor_id = NEW.id
         WHERE above.descendant_id = NEW.parent_id;
    END IF`,
  `CREATE TRIGGER categories_delete_ancestors AFTER DELETE ON categories FOR EACH ROW
    DELETE FROM category_ancestors WHERE descendant_id = OLD.id`,
].flatMap((create) => [`DROP TRIGGER IF EXISTS ${/TRIGGER (\w+)/.exec(create)?.[1]}`, create]);

/** The levels that a tree of the release before may have, and more. */
const LEVELS = 10;

/** Every change of the tree locks this row, in all releases. */
const lockTree = 'SELECT id FROM category_tree WHERE id = 1 FOR UPDATE';

async function fillAncestors(db: Db): Promise<void> {
  await db.transaction(async (trx) => {
    await trx.raw(lockTree);
    await trx.raw('DELETE FROM category_ancestors');
    await trx.raw('INSERT INTO category_ancestors (ancestor_id, descendant_id, distance) SELECT id, id, 0 FROM categories');
    for (let distance = 0; distance < LEVELS; distance++)
      await trx.raw(
        `INSERT INTO category_ancestors (ancestor_id, descendant_id, distance)
         SELECT a.ancestor_id, c.id, a.distance + 1
           FROM category_ancestors a JOIN categories c ON c.parent_id = a.descendant_id WHERE a.distance = ?`,
        [distance],
      );
  });
}

type Named = { id: Buffer; parent_id: Buffer | null; name: string; name_key: string };

/** Leaves room for the number in the 200 characters of a name. */
const MAX_STEM = 190;

/** Adds a number to each name that an older category with the same parent has: Tea, Tea (2). Each change has an audit entry. */
async function renameDuplicates(db: Db): Promise<void> {
  await db.transaction(async (trx) => {
    await trx.raw(lockTree);
    const [rows] = (await trx.raw(
      'SELECT id, parent_id, name, LOWER(name) AS name_key FROM categories ORDER BY created_at, id',
    )) as unknown as [Named[]];
    const placeOf = ({ parent_id }: Named, key: string): string => `${parent_id?.toString('hex')} ${key}`;
    const taken = new Set(rows.map((row) => placeOf(row, row.name_key)));
    const seen = new Set<string>();
    for (const row of rows) {
      const place = placeOf(row, row.name_key);
      if (!seen.has(place)) {
        seen.add(place);
        continue;
      }
      const [stem, key] = [row.name, row.name_key].map((text) => Array.from(text).slice(0, MAX_STEM).join(''));
      let number = 2;
      while (taken.has(placeOf(row, `${key} (${number})`))) number++;
      taken.add(placeOf(row, `${key} (${number})`));
      await rename(trx, row, `${stem} (${number})`);
    }
  });
}

/** An id of version 7. */
const newId = `UNHEX(CONCAT(LPAD(HEX(FLOOR(UNIX_TIMESTAMP(NOW(3)) * 1000)), 12, '0'), '7', SUBSTR(HEX(RANDOM_BYTES(2)), 2), '8',
  SUBSTR(HEX(RANDOM_BYTES(8)), 2)))`;

async function rename(trx: Db, { id, name }: Named, newName: string): Promise<void> {
  await trx.raw('UPDATE categories SET name = ?, version = version + 1, updated_at = NOW(3) WHERE id = ?', [newName, id]);
  const subject = id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  await trx.raw(
    `INSERT INTO audit_log (id, actor_id, action, subject, state_before, state_after) VALUES (${newId}, NULL, 'category.edit', ?, ?, ?)`,
    [subject, JSON.stringify({ name }), JSON.stringify({ name: newName, ranBy: 'migration 0015-category-tree' })],
  );
}

/**
 * The ancestors of each category, so that the subcategories of one are a range of an index, and names that are unique among the
 * subcategories of one parent. Names are compared without case: accents, kana and emoji stay different, which the collation of
 * `name` ignores. `parent_key` stands for `parent_id`, because UNIQUE lets NULL repeat.
 *
 * An instance of the release before answers 500 if it is told to use a name twice. The change of `categories` comes last, so that a
 * migration that was cut off can run again.
 */
export const categoryTree: Migration = {
  name: '0015-category-tree',
  reviewed: {
    categories_insert_ancestors: 'writes a table that older instances do not know',
    categories_update_ancestors: 'writes a table that older instances do not know',
    categories_delete_ancestors: 'writes a table that older instances do not know',
  },
  up: [
    table,
    ...triggers,
    fillAncestors,
    renameDuplicates,
    `ALTER TABLE categories
        ADD COLUMN parent_key BINARY(16) AS (COALESCE(parent_id, X'00000000000000000000000000000000')) STORED,
        ADD COLUMN name_key VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin AS (LOWER(name)) STORED,
        ADD UNIQUE KEY categories_name_of_parent (parent_key, name_key),
        ADD KEY categories_name (name, id)`,
  ],
};
