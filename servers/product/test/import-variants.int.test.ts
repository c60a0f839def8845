import { newId } from '@florin/database';
import { expect } from 'chai';
import { type BulkClient, createBulkClient, NDJSON, type RowResult } from './bulk-client.ts';
import { type ProductPlatform, startProduct } from './product-platform.ts';

type Listed = { id: string; sku: string; variants: { sku: string; optionValues: object; priceMinor: number; stock: number }[] };

describe('import and export of variants', () => {
  let platform: ProductPlatform;
  let bulk: BulkClient;
  before(async function () {
    this.timeout(90_000);
    platform = await startProduct();
    bulk = await createBulkClient(platform);
  });
  after(() => platform.stop());

  const header = 'sku,name,priceMinor,categoryId,stock,parentSku,option1,option2';
  const csv = (...rows: string[]): string => [header, ...rows].join('\n');
  const parentRow = (sku: string): string => `${sku},Shirt,1900,${bulk.categoryId},,,Size,Colour`;
  const codes = (rows: readonly RowResult[]): string[] => rows.map(({ outcome, code = '' }) => outcome + (code && ` ${code}`));
  const read = async (id: string | undefined): Promise<Listed> =>
    (await platform.call('GET', `/v1/products/${id}`, { token: platform.staff.token })).body.data;

  it('makes a product with options and its variants, also if the product comes after them', async () => {
    const stem = bulk.newSku();
    const file = csv(`${stem}-M,,,,3,${stem},M,Red`, parentRow(stem), `${stem}-L,,2100,,,${stem},L,Red`);
    const rows = await bulk.rows(file);
    expect(codes(rows)).to.deep.equal(['created', 'created', 'created']);
    const { variants } = await read(rows[1]?.productId);
    expect(variants.map(({ sku, optionValues, priceMinor, stock }) => ({ sku, optionValues, priceMinor, stock }))).to.deep.equal([
      { sku: `${stem}-M`, optionValues: { Size: 'M', Colour: 'Red' }, priceMinor: 1_900, stock: 3 },
      { sku: `${stem}-L`, optionValues: { Size: 'L', Colour: 'Red' }, priceMinor: 2_100, stock: 0 },
    ]);
    expect(codes(await bulk.rows(file))).to.deep.equal(['unchanged', 'unchanged', 'unchanged']);
  });

  it('is tried with dryRun, which writes nothing', async () => {
    const stem = bulk.newSku();
    const file = csv(`${stem}-M,,,,3,${stem},M,Red`, parentRow(stem), `${stem}-L,,,,3,${stem},M,Red`);
    const { results } = (await bulk.send(file, { query: '?dryRun=true' })).body.data;
    expect(codes(results as RowResult[])).to.deep.equal(['created', 'created', 'refused VARIANT_EXISTS']);
    expect(await bulk.bySku(stem)).to.equal(undefined);
  });

  it('matches a variant without a SKU by its option values', async () => {
    const stem = bulk.newSku();
    const file = csv(parentRow(stem), `,,,,2,${stem},M,Red`, `,,,,2,${stem},M,Blue`);
    expect(codes(await bulk.rows(file))).to.deep.equal(['created', 'created', 'created']);
    expect(codes(await bulk.rows(file))).to.deep.equal(['unchanged', 'unchanged', 'unchanged']);
    const counted = await bulk.rows(csv(`,,2500,,7,${stem},M,Blue`), { query: '?stock=count' });
    expect(counted[0]).to.deep.include({ outcome: 'updated', stock: { before: 2, after: 7 } });
  });

  it('rejects the wrong row in the middle with its reason, and takes the others', async () => {
    const stem = bulk.newSku();
    const plain = bulk.newSku();
    await bulk.rows(csv(`${plain},Plain,1,${bulk.categoryId},,,,`));
    const rows = await bulk.rows(
      csv(
        parentRow(stem),
        `${stem}-1,,,,,${stem},M,Red`,
        `${stem}-2,,,,,${stem},M,Red`,
        `${stem}-3,,,,,${stem},M,`,
        `${stem}-4,,,,,${plain},M,Red`,
        `${stem}-5,,,,,${bulk.newSku()},M,Red`,
        `${stem}-6,Another name,,,,${stem},L,Red`,
        `${stem}-7,Shirt,,,,${stem},XL,Red`,
        `${plain},,,,,,Size,`,
        `${bulk.newSku()},Cap,1,${bulk.categoryId},3,,Size,`,
        `${bulk.newSku()},Cap,1,${bulk.categoryId},,,Size,Size`,
        `${stem}-8,,,,,${stem},S,Red`,
      ),
    );
    expect(codes(rows)).to.deep.equal([
      'created',
      'created',
      'refused VARIANT_EXISTS',
      'refused VALIDATION_FAILED',
      'refused PARENT_NOT_FOUND',
      'refused PARENT_NOT_FOUND',
      'refused VALIDATION_FAILED',
      'created',
      'refused PRODUCT_HAS_NO_OPTIONS',
      'refused VARIANT_REQUIRED',
      'refused VALIDATION_FAILED',
      'created',
    ]);
    expect((await read(rows[0]?.productId)).variants).to.have.length(3);
  });

  it('rejects the 101st variant', async () => {
    const stem = bulk.newSku();
    const variants = Array.from({ length: 101 }, (_, index) => `${stem}-${index},,,,,${stem},${index},Red`);
    const rows = await bulk.rows(csv(parentRow(stem), ...variants));
    expect(codes(rows.slice(100))).to.deep.equal(['created', 'refused TOO_MANY_VARIANTS']);
  });

  it('changes the product and its variants in one file', async () => {
    const stem = bulk.newSku();
    const made = await bulk.rows(csv(parentRow(stem), `${stem}-M,,,,1,${stem},M,Red`));
    const file = csv(`${stem}-M,,2500,,,${stem},M,Green`, `${stem},Linen shirt,1900,${bulk.categoryId},,,Size,Colour`);
    expect(codes(await bulk.rows(file))).to.deep.equal(['updated', 'updated']);
    const { body } = await platform.call('GET', `/v1/products/${made[1]?.productId}`);
    expect(body.data).to.deep.include({ name: 'Linen shirt', priceMinor: 2_500, optionValues: { Size: 'M', Colour: 'Green' } });
  });

  for (const [format, type] of [
    ['csv', 'text/csv'],
    ['ndjson', NDJSON],
  ] as const) {
    it(`exports ${format} that changes nothing when it is imported, by id and by SKU`, async () => {
      const stem = bulk.newSku();
      const file = csv(parentRow(stem), `${stem}-M,,,,3,${stem},M,=Red`, `${stem}-L,,2100,,,${stem},"L, long",Red`);
      await bulk.rows(file);
      // A product that became a variant is older than its parent.
      const { id } = await platform.product({ sku: bulk.newSku() });
      const given = await platform.call('POST', `/v1/products/${id}/options`, {
        ...{ token: platform.staff.token, headers: { 'if-match': '*' } },
        body: { options: ['Size'], optionValues: { Size: 'M' } },
      });
      await platform.call('PATCH', `/v1/products/${given.body.data.id}`, {
        ...{ token: platform.staff.token, headers: { 'if-match': '*' } },
        body: { sku: newId() },
      });
      const exported = await bulk.take(`?format=${format}`);
      for (const query of ['?blank=clear', '?ids=ignore', '?stock=count']) {
        const rows = await bulk.rows(exported, { type, query });
        expect(
          rows.filter(({ outcome }) => outcome !== 'unchanged'),
          query,
        ).to.deep.equal([]);
      }
    });
  }

  it('rejects variants whose product comes in a later batch, and takes them when the file is sent again', async () => {
    const stem = bulk.newSku();
    const others = Array.from({ length: 500 }, (_, index) => `${stem}-x${index},Other,1,${bulk.categoryId},,,,`);
    const file = csv(`${stem}-M,,,,,${stem},M,Red`, ...others, parentRow(stem));
    const first = await bulk.rows(file);
    expect(first[0]).to.include({ outcome: 'refused', code: 'PARENT_NOT_FOUND' });
    expect(first[0]?.errors?.[0]?.message).to.include('put its row before the rows of its variants');
    expect(codes(first.slice(-1))).to.deep.equal(['created']);
    expect((await bulk.rows(file))[0]).to.include({ outcome: 'created' });
  });
});
