import { nullsOf, omitFields, readRow } from '@florin/database';
import { type ProductImage, type ProductRow, productsTable, type StoredProduct } from '../stock/index.ts';

export type { ProductImage, ProductRow };

/** `draft`: not yet shown to buyers. `archived`: no longer sold. */
export const productStatuses = ['active', 'draft', 'archived'] as const;
export type ProductStatus = (typeof productStatuses)[number];

/** A product as the API shows it. `version` counts the edits by staff; sales change `stock` alone. */
export type Product = Omit<StoredProduct, 'furtherCategoryIds' | 'images' | 'tags' | 'attributes' | 'status' | 'isDraft'> & {
  /** All categories. The first is the main one, `categoryId`. */
  categoryIds: string[];
  /** The first is `imageUrl`. */
  images: ProductImage[];
  tags: string[];
  attributes: Readonly<Record<string, string>>;
  status: ProductStatus;
};

const unstated = ['id', 'stock', 'status', 'version', 'createdAt', 'updatedAt'] as const;

/** The fields that staff set. */
export type ProductFields = Omit<Product, (typeof unstated)[number]>;

const noLists: Pick<Product, 'images' | 'tags' | 'attributes'> = { images: [], tags: [], attributes: {} };

/** The default values of the fields that staff set. */
export const blankFields = {
  ...nullsOf(omitFields(productsTable, [...unstated, 'furtherCategoryIds', 'isDraft'])),
  ...noLists,
  description: '',
} satisfies Partial<ProductFields>;

export const productColumns = productsTable.cells.map(({ column }) => column);

export function presentProduct(row: ProductRow): Product {
  return productOf(readRow(productsTable, row));
}

/**
 * Reads a stored product. The release before changes `price_minor`, `image_url`, `category_id` and `status` alone: then a former price
 * that is no longer above the price counts as none, the first image is that of `image_url`, a further category that became the main one
 * is no further one, and a draft that is on sale is none.
 */
export function productOf({ isDraft, status, furtherCategoryIds, ...stored }: StoredProduct): Product {
  const { categoryId, compareAtPriceMinor, priceMinor, tags, attributes } = stored;
  const images = imagesOf(stored);
  return {
    ...stored,
    categoryIds: [categoryId, ...furtherOf({ categoryId, categoryIds: furtherCategoryIds ?? [] })],
    compareAtPriceMinor: compareAtPriceMinor !== null && compareAtPriceMinor > priceMinor ? compareAtPriceMinor : null,
    imageUrl: images[0]?.url ?? null,
    images,
    tags: tags ?? noLists.tags,
    attributes: attributes ?? noLists.attributes,
    status: isDraft && status === 'archived' ? 'draft' : status,
  };
}

/** The inverse of `productOf`. */
export function storedOf({ categoryIds, images, tags, attributes, status, ...product }: Product): StoredProduct {
  const [first, ...others] = images;
  const further = furtherOf({ categoryId: product.categoryId, categoryIds });
  return {
    ...product,
    furtherCategoryIds: further.length === 0 ? null : further,
    imageUrl: first?.url ?? null,
    // Most products have one image without a text: `image_url` says it all.
    images: others.length > 0 || (first !== undefined && first.alt !== '') ? images : null,
    tags: tags.length === 0 ? null : tags,
    attributes: Object.keys(attributes).length === 0 ? null : attributes,
    status: status === 'draft' ? 'archived' : status,
    isDraft: status === 'draft',
  };
}

/** The categories beside the main one. */
export function furtherOf({ categoryId, categoryIds }: Pick<Product, 'categoryId' | 'categoryIds'>): string[] {
  return categoryIds.filter((id) => id !== categoryId);
}

function imagesOf({ imageUrl, images }: Pick<StoredProduct, 'imageUrl' | 'images'>): ProductImage[] {
  const [first, ...others] = images ?? [];
  if (first !== undefined && first.url === imageUrl) return images ?? [];
  return imageUrl === null ? others : [{ url: imageUrl, alt: '' }, ...others];
}

/** The product as buyers and anonymous clients see it. */
export function withoutStaffFields(product: Product): Omit<Product, 'lowStockThreshold'> {
  const { lowStockThreshold: _staffOnly, ...shown } = product;
  return shown;
}
