import { column, defineTable, type RowOf, type StoredRowOf } from '@florin/database';

/** A picture of a product. `alt` describes it for those who do not see it; it may be empty. */
export type ProductImage = { url: string; alt: string };

/** The chosen value of each option, by its name: `{"Size": "M"}`. */
export type OptionValues = Readonly<Record<string, string>>;

export const productsTable = defineTable(
  'products',
  {
    id: column.id(),
    sku: column.text('varchar(64)').orNull(),
    name: column.text('varchar(200)'),
    slug: column.text('varchar(100)').orNull(),
    description: column.text('text'),
    brand: column.text('varchar(100)').orNull(),
    barcode: column.text('varchar(14)').orNull(),
    priceMinor: column.money(),
    compareAtPriceMinor: column.money().orNull(),
    currency: column.text('char(3)'),
    taxRatePercent: column.decimal('decimal(5,2)').orNull(),
    categoryId: column.id(),
    /** Categories beside the main one, in their order; null if there are none. */
    furtherCategoryIds: column.json<string[]>('varchar(800)').orNull(),
    imageUrl: column.text('varchar(2000)').orNull(),
    images: column.json<ProductImage[]>('text').orNull(),
    tags: column.json<string[]>('text').orNull(),
    attributes: column.json<Readonly<Record<string, string>>>('text').orNull(),
    weightGrams: column.integer('int unsigned').orNull(),
    stock: column.integer('bigint'),
    lowStockThreshold: column.integer('bigint').orNull(),
    status: column.text<'active' | 'archived'>('varchar(10)'),
    isDraft: column.boolean(),
    /** The product with the options, if the product is a variant. */
    parentId: column.id().orNull(),
    /** The names of the options, if the product has variants. Such a product has no stock and is not sold. */
    options: column.json<string[]>('varchar(400)').orNull(),
    /** A value for each option of the parent, if the product is a variant. */
    optionValues: column.json<OptionValues>('varchar(640)').orNull(),
    /** Whether a variant that is not on sale comes back with its parent. */
    archivedWithParent: column.boolean(),
    version: column.integer('int unsigned').byDatabase(),
    createdAt: column.timeText(),
    updatedAt: column.timeText(),
  },
  { unread: ['in_stock', 'is_low_stock', 'search_version', 'is_search_stale'] },
);

/** A product as the database has it. */
export type StoredProduct = RowOf<typeof productsTable>;
export type ProductRow = StoredRowOf<typeof productsTable>;
