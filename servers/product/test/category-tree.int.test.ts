import { AppError } from '@florin/app-response';
import { idBytes, idText, type Migration, migrateDatabase, newId, query, runTransaction } from '@florin/database';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { migrations } from '../migrations/index.ts';
import { MAX_LEVELS } from '../src/catalogue/category-tree.ts';
import { createCategory } from '../src/catalogue/create-category.ts';
import { deleteCategory } from '../src/catalogue/delete-category.ts';
import { editCategory } from '../src/catalogue/edit-category.ts';
import { catalogueInvariants } from '../src/catalogue/invariants.ts';
import { readDescendants } from '../src/catalogue/read-categories.ts';

const by = newId();
const ifMatch = '*';

describe('the tree of categories', () => {
  let database: TestDatabase;
  before(async () => {
    database = await createTestDatabase(migrations);
  });
  after(() => database.drop());

  const make = async (name: string, parentId: string | null = null): Promise<string> =>
    (await runTransaction(database.db, (trx) => createCategory(trx, { name: `${name} ${newId()}`, parentId }))).id;
  const move = (id: string, parentId: string | null): Promise<unknown> =>
    runTransaction(database.db, (trx) => editCategory(trx, { id, ifMatch, by, changes: { parentId } }));
  const broken = async (): Promise<unknown[]> => {
    const rules = catalogueInvariants.flatMap((rule) => ('sql' in rule ? [rule] : []));
    return (await Promise.all(rules.map((rule) => query(database.db, rule.sql('TRUE'))))).flat();
  };
  const codeOf = (error: unknown): string => (error instanceof AppError ? error.code : String(error));

  it('is the same after any moves as a tree in memory', async () => {
    const ids = await Promise.all(Array.from({ length: 14 }, (_, index) => make(`c${index}`)));
    const parents = new Map<string, string | null>(ids.map((id) => [id, null]));
    const above = (id: string | null): string[] => (id === null ? [] : [id, ...above(parents.get(id) ?? null)]);
    const levelsBelow = (id: string): number => Math.max(...ids.map((each) => above(each).indexOf(id) + 1));
    const expected = (id: string, parentId: string | null): string => {
      if (parentId === null) return 'moved';
      if (above(parentId).includes(id)) return 'CATEGORY_CYCLE';
      return above(parentId).length + levelsBelow(id) > MAX_LEVELS ? 'CATEGORY_TOO_DEEP' : 'moved';
    };
    const index = fc.nat(ids.length - 1);
    // Mostly under the category before, so that chains grow beyond the maximum of levels.
    const step = fc.tuple(index, fc.oneof({ weight: 6, arbitrary: fc.constant('before') }, index, fc.constant(null)));
    const steps = fc.sample(step, { numRuns: 150, seed: 7 });
    const outcomes = new Set<string>();
    for (const [at, to] of [...ids.map((_, at) => [at, 'before'] as const), ...steps]) {
      const id = ids[at] ?? '';
      const parentId = to === null ? null : (ids[to === 'before' ? (at + ids.length - 1) % ids.length : to] ?? '');
      const wanted = expected(id, parentId);
      const outcome = await move(id, parentId).then(() => 'moved', codeOf);
      expect(outcome).to.equal(wanted);
      outcomes.add(outcome);
      if (outcome === 'moved') parents.set(id, parentId);
    }
    expect([...outcomes]).to.have.members(['moved', 'CATEGORY_CYCLE', 'CATEGORY_TOO_DEEP']);
    for (const id of ids) {
      const below = (await readDescendants(database.db, id, { max: 100 })).map(idText);
      expect(below).to.have.members(ids.filter((each) => above(each).includes(id)));
    }
    expect(await broken()).to.deep.equal([]);
  });

  it('has no cycle after concurrent moves that are valid by themselves', async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, (_, index) => make(`Circle ${index}`)));
    const outcomes = await Promise.all(
      ids.map((id, index) => move(id, ids[(index + 1) % ids.length] ?? '').then(() => 'moved', codeOf)),
    );
    expect(outcomes.toSorted()).to.deep.equal(['CATEGORY_CYCLE', ...Array.from({ length: 4 }, () => 'moved')]);
    expect(await broken()).to.deep.equal([]);
  });

  it('follows categories that the release before creates, moves and deletes', async () => {
    const { db } = database;
    const [top, leaf, other] = [newId(), newId(), newId()];
    const insert = (id: string, name: string, parent: string | null): Promise<unknown> =>
      db('categories').insert({
        ...{ id: idBytes(id), name, description: '', parent_id: parent && idBytes(parent) },
        ...{ created_at: new Date(), updated_at: new Date() },
      });
    await insert(top, 'Top', null);
    await insert(leaf, 'Leaf', top);
    await insert(other, 'Other', null);
    await db('categories')
      .where({ id: idBytes(top) })
      .update({ parent_id: idBytes(other) });
    expect((await readDescendants(db, other, { max: 9 })).map(idText)).to.have.members([other, top, leaf]);
    expect(await readDescendants(db, other, { max: 1 }), 'one more than the maximum').to.have.length(2);
    await db('categories')
      .where({ id: idBytes(leaf) })
      .delete();
    expect((await readDescendants(db, other, { max: 9 })).map(idText)).to.have.members([other, top]);
    expect(await broken()).to.deep.equal([]);
  });

  it('reports ancestors that are missing, wrong or too many', async () => {
    const [top, leaf] = [await make('Top'), await make('Leaf')];
    const other = await make('Other');
    await move(leaf, top);
    for (const damage of [
      `DELETE FROM category_ancestors WHERE descendant_id = X'${idBytes(leaf).toString('hex')}' AND distance = 1`,
      `DELETE FROM category_ancestors WHERE descendant_id = X'${idBytes(leaf).toString('hex')}' AND distance = 0`,
      `UPDATE category_ancestors SET ancestor_id = X'${idBytes(other).toString('hex')}' WHERE descendant_id = X'${idBytes(leaf).toString('hex')}' AND distance = 1`,
      `UPDATE category_ancestors SET distance = 2 WHERE descendant_id = X'${idBytes(leaf).toString('hex')}' AND distance = 1`,
    ]) {
      const trx = await database.db.transaction();
      await trx.raw(damage);
      const [rule] = catalogueInvariants;
      const found = await query(trx, rule && 'sql' in rule ? rule.sql('TRUE') : '');
      await trx.rollback();
      expect(found, damage).to.have.length(1);
    }
  });

  it('deletes a category with its ancestors, and none that has subcategories', async () => {
    const top = await make('Top');
    const leaf = await make('Leaf', top);
    const remove = (id: string): Promise<unknown> =>
      runTransaction(database.db, (trx) => deleteCategory(trx, { id, ifMatch, by })).then(() => 'deleted', codeOf);
    expect(await remove(top)).to.equal('CATEGORY_IN_USE');
    expect(await remove(leaf)).to.equal('deleted');
    expect(await remove(top)).to.equal('deleted');
    const left = await database.db('category_ancestors').whereIn('descendant_id', [top, leaf].map(idBytes));
    expect(left).to.deep.equal([]);
  });
});

describe('the migration of the tree of categories', () => {
  const before: readonly Migration[] = migrations.slice(
    0,
    migrations.findIndex(({ name }) => name === '0015-category-tree'),
  );

  it('numbers names that siblings share, with an audit entry, and fills in the ancestors', async () => {
    const database = await createTestDatabase([...before]);
    const { db } = database;
    const [top, second, third, child, again, lone] = Array.from({ length: 6 }, () => newId()) as [
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    const rows: [string, string, string | null][] = [
      [top, 'Tea', null],
      [second, 'TEA', null],
      [third, 'Tea (2)', null],
      [child, 'Tea', top],
      [again, 'tea', top],
      [lone, 'Téa', top],
    ];
    for (const [index, [id, name, parent]] of rows.entries())
      await db.raw(
        'INSERT INTO categories (id, name, description, parent_id, created_at, updated_at) VALUES (?, ?, ?, ?, NOW(3) + INTERVAL ? SECOND, NOW(3))',
        [idBytes(id), name, '', parent === null ? null : idBytes(parent), index],
      );
    await migrateDatabase(db, migrations);
    const found = await query<{ id: Buffer; name: string; version: number }>(db, 'SELECT id, name, version FROM categories');
    expect(Object.fromEntries(found.map(({ id, name, version }) => [idText(id), `${name} v${version}`]))).to.deep.equal({
      [top]: 'Tea v1',
      [second]: 'TEA (3) v2',
      [third]: 'Tea (2) v1',
      [child]: 'Tea v1',
      [again]: 'tea (2) v2',
      [lone]: 'Téa v1',
    });
    const log = await query<{ subject: string; state_before: string; state_after: string }>(
      db,
      "SELECT subject, state_before, state_after FROM audit_log WHERE action = 'category.edit'",
    );
    expect(log.map(({ subject }) => subject)).to.have.members([second, again]);
    expect(log.find(({ subject }) => subject === again)).to.deep.include({
      state_before: '{"name":"tea"}',
      state_after: '{"name":"tea (2)","ranBy":"migration 0015-category-tree"}',
    });
    expect((await readDescendants(db, top, { max: 9 })).map(idText)).to.have.members([top, child, again, lone]);
    await database.drop();
  });
});
