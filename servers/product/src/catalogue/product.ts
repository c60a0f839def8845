import { nullsOf, omitFields, readRow } from '@florin/database';
import { imageIdOf } from '../images/index.ts';
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

const familyFields = ['parentId', 'options', 'optionValues', 'archivedWithParent'] as const;
const unstated = ['id', 'stock', 'status', ...familyFields, 'version', 'createdAt', 'updatedAt'] as const;

/** The fields that staff set. */
export type ProductFields = Omit<Product, (typeof unstated)[number]>;

/** The fields that variants have from their parent. Each variant's row repeats them, for lists, searches and purchases. */
export const sharedFields = [
  'name',
  'description',
  'brand',
  'currency',
  'taxRatePercent',
  'categoryId',
  'categoryIds',
  'tags',
  'attributes',
] as const satisfies readonly (keyof ProductFields)[];
export type SharedField = (typeof sharedFields)[number];

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

type FamilyField = 'parentId' | 'options' | 'optionValues';

/** An image as the API shows it. `imageId`: of an uploaded one. */
export type ShownImage = ProductImage & { imageId?: string };

/** A product as the API shows it. `options`: its options, if it has variants. `parentId`, `optionValues`: of a variant. */
export type ShownProduct = Omit<Product, FamilyField | 'archivedWithParent' | 'lowStockThreshold' | 'images'> & {
  images: ShownImage[];
} & Partial<Pick<Product, 'lowStockThreshold'>> & { [Field in FamilyField]?: NonNullable<Product[Field]> };

/** Shows a product to staff, or to buyers and anonymous clients, who do not see the threshold. */
export function showProduct(product: Product, { isStaff }: { isStaff: boolean }): ShownProduct {
  const { parentId, options, optionValues, archivedWithParent: _internal, lowStockThreshold, ...shown } = product;
  return {
    ...shown,
    images: product.images.map(showImage),
    ...(isStaff ? { lowStockThreshold } : {}),
    ...(parentId === null ? {} : { parentId }),
    ...(options === null ? {} : { options }),
    ...(optionValues === null ? {} : { optionValues }),
  };
}

function showImage(image: ProductImage): ShownImage {
  const imageId = imageIdOf(image.url);
  return imageId === undefined ? image : { imageId, ...image };
}

/** A product of a list; a variant with its parent. */
export type ListedRow = ProductRow & { parent?: ProductRow };

/** Shows a product of a list. A variant is shown as its parent, with its own id, price and stock. */
export function showListed({ parent, ...row }: ListedRow, viewer: { isStaff: boolean }): ShownProduct & { variantId?: string } {
  const product = presentProduct(row);
  if (parent === undefined) return showProduct(product, viewer);
  const { id: variantId, priceMinor, compareAtPriceMinor, currency, stock } = product;
  return { ...showProduct(presentProduct(parent), viewer), variantId, priceMinor, compareAtPriceMinor, currency, stock };
}

/** A variant as its parent shows it: without what they share, except the currency of its price. */
export type ShownVariant = Omit<ShownProduct, Exclude<SharedField, 'currency'> | 'parentId' | 'options'>;

export function showVariant(variant: Product, viewer: { isStaff: boolean }): ShownVariant {
  const hidden: readonly string[] = [...sharedFields.filter((field) => field !== 'currency'), 'parentId', 'options'];
  const shown = Object.entries(showProduct(variant, viewer)).filter(([field]) => !hidden.includes(field));
  return Object.fromEntries(shown) as ShownVariant;
}
